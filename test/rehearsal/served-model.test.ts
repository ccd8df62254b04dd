import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { servedModel } from '../../lib/rehearsal/served-model';

const REQUEST = {
  time: new Date(0),
  endpointName: 'Churn',
  body: '1,2',
  contentType: 'text/csv',
  customAttributes: 'a',
};
const seen: { url?: string; headers: IncomingHttpHeaders; body: string }[] = [];
let status = 200;
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    seen.push({ url: request.url, headers: request.headers, body });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end('[0.5]');
  });
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

test.each(['', '/'])('is asked as its container is, at an address that ends in "%s"', async (end) => {
  expect(await servedModel(`${address()}${end}`)(REQUEST)).toEqual({ body: '[0.5]', contentType: 'application/json' });
  const headers = { 'content-type': 'text/csv', 'x-amzn-sagemaker-custom-attributes': 'a' };
  expect(seen.pop()).toMatchObject({ url: '/invocations', body: '1,2', headers });
});

test('what refuses a request is an error of the model, with its words', async () => {
  status = 500;
  await expect(servedModel(address())(REQUEST)).rejects.toMatchObject({
    code: 'ModelError',
    status: 424,
    message: `${address()}/invocations answered 500: [0.5]`,
  });
  status = 200;
});

test('where nothing answers, no other try will help', async () => {
  await expect(servedModel('http://127.0.0.1:1')(REQUEST)).rejects.toMatchObject({
    code: 'ValidationError',
    message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:1\/invocations does not answer: ./),
  });
});
