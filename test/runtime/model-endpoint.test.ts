import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askEndpoint, type EndpointRequest, shapeOf, shownText } from '../../lib/runtime/model-endpoint';

// Requests to an endpoint, as a server sees them that answers what it is told to.

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

let server: Server;
let answers: Answer[];
let seen: { readonly message: IncomingMessage; readonly body: string }[];
const before = { ...process.env };
const fetched = jest.spyOn(globalThis, 'fetch'); // what is sent is held to the service's model, as what is mocked is
afterAll(() => fetched.mockRestore());

beforeEach(async () => {
  [answers, seen] = [[], []];
  server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk) => chunks.push(chunk));
    message.on('end', () => {
      seen.push({ message, body: Buffer.concat(chunks).toString() });
      const { status = 200, headers = {}, body = '' } = answers.shift() ?? {};
      response.writeHead(status, headers).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
});

afterEach(async () => {
  process.env = { ...before };
  await new Promise((resolve) => server.close(resolve));
});

const REQUEST: EndpointRequest = { endpointName: 'Churn-1', body: '1,2\n3,4', contentType: 'text/csv' };

const ask = (more: Partial<EndpointRequest> = {}, isOver = () => false) => {
  const waits: number[] = [];
  let requests = 0;
  const onRequest = () => {
    requests += 1;
  };
  const wait = async (milliseconds: number) => void waits.push(milliseconds);
  const asked = askEndpoint({ ...REQUEST, ...more }, { isOver, wait, onRequest });
  return { asked, waits, requests: () => requests };
};

test('a request has its headers, and is signed for SageMaker with them', async () => {
  answers.push({
    body: '0.5\n0.6',
    headers: { 'content-type': 'text/csv', 'x-amzn-invoked-production-variant': 'live' },
  });
  const { asked } = ask({ accept: 'text/csv', customAttributes: 'who=us' });
  expect(await asked).toEqual({ body: '0.5\n0.6', contentType: 'text/csv', variant: 'live' });
  const [{ message, body }] = seen;
  expect([message.method, message.url, body]).toEqual(['POST', '/endpoints/Churn-1/invocations', '1,2\n3,4']);
  expect(message.headers).toMatchObject({
    'content-type': 'text/csv',
    accept: 'text/csv',
    'x-amzn-sagemaker-custom-attributes': 'who=us',
    'x-amz-security-token': 'token',
  });
  const { authorization = '' } = message.headers;
  expect(authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/sagemaker\/aws4_request/);
  expect(authorization).toMatch(
    /SignedHeaders=[a-z;-]*content-type;host;[a-z0-9;-]*x-amzn-sagemaker-custom-attributes/,
  );
});

test('a signature is what the algorithm says', async () => {
  await ask({ body: 'ä,1' }).asked;
  const [{ message, body }] = seen;
  const { authorization = '', 'x-amz-date': date = '' } = message.headers as Record<string, string>;
  const [, signedHeaders = ''] = /SignedHeaders=([^,]+)/.exec(authorization) ?? [];
  const lines = signedHeaders.split(';').map((name) => `${name}:${message.headers[name]}\n`);
  const canonical = ['POST', message.url, '', lines.join(''), signedHeaders, sha256(body)].join('\n');
  const scope = [date.slice(0, 8), 'eu-west-1', 'sagemaker', 'aws4_request'];
  const key = scope.reduce((secret: string | Buffer, part) => hmac(secret, part), 'AWS4secret');
  const text = ['AWS4-HMAC-SHA256', date, scope.join('/'), sha256(canonical)].join('\n');
  expect(authorization).toContain(`Signature=${hmac(key, text).toString('hex')}`);
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

test.each([
  ['throttling', { status: 429, headers: { 'x-amzn-errortype': 'ThrottlingException' } }],
  [
    'throttling as other services say it',
    { status: 400, headers: { 'x-amzn-errortype': 'ThrottlingException:http://x' } },
  ],
  ['a model that is started', { status: 429, headers: { 'x-amzn-errortype': 'ModelNotReadyException' } }],
  ['a service that is unwell', { status: 503 }],
  ['what it depends on', { status: 530, headers: { 'x-amzn-errortype': 'InternalDependencyException' } }],
  ['a permission that is new', { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' } }],
  ['a container that failed', { status: 424, body: '{"OriginalStatusCode":500,"OriginalMessage":"out of memory"}' }],
])('%s passes: it is asked again, later each time', async (_, refusal) => {
  answers.push(refusal, refusal, refusal, { body: '1' });
  const { asked, waits, requests } = ask();
  expect((await asked).body).toBe('1');
  expect([waits.length, requests(), seen.length]).toEqual([3, 4, 4]);
  expect(waits.every((wait, index) => wait >= 0 && wait <= 500 * 2 ** (index + 1))).toBe(true);
});

test('of what does not pass, the words of the container are not told: they may quote what it was asked', async () => {
  answers.push({ status: 424, headers: { 'x-amzn-errortype': 'ModelError' }, body: '{"Message":"no number: jane"}' });
  await expect(ask().asked).rejects.toThrow(
    /^ModelNotAnswering: the endpoint Churn-1 did not answer, asked once: ModelError: its container answered with an error; its log says more$/,
  );
  answers.push({
    status: 424,
    body: '{"Message":"Received client error","OriginalMessage":"bad row","OriginalStatusCode":415}',
  });
  await expect(ask().asked).rejects.toThrow('asked once: status 424: its container answered with status 415;');
});

test('what SageMaker itself says is told at greater length', async () => {
  const body = JSON.stringify({ Message: `Endpoint ${'e'.repeat(150)} of account 1 not found.` });
  answers.push({ status: 400, body: `${'x'.repeat(390)}\u202e\u001b[31m${'y'.repeat(50)}` });
  await expect(ask().asked).rejects.toThrow(/asked once: status 400: 'x{390}[ -~]{10}'\.\.\.; its log says more$/);
  answers.push({ status: 400, headers: { 'x-amzn-errortype': 'ValidationError' }, body });
  await expect(ask().asked).rejects.toThrow(/ValidationError: 'Endpoint e{150} of account 1 not found\.'; its log/);
});

test('what never passes is given up', async () => {
  answers.push(...Array(7).fill({ status: 503 }));
  await expect(ask().asked).rejects.toThrow('did not answer, asked 7 times: status 503');
  expect(seen).toHaveLength(7);
});

test('a connection that breaks is asked again, and without time nothing is', async () => {
  const port = process.env.AWS_ENDPOINT_URL;
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:9998';
  const { asked, waits } = ask();
  await expect(asked).rejects.toThrow(/asked 7 times: no answer came/);
  expect(waits).toHaveLength(6);
  process.env.AWS_ENDPOINT_URL = port;
  await expect(ask({}, () => true).asked).rejects.toThrow(/^ModelTooSlow: .*recordCount.*sampleCount/);
  expect(seen).toEqual([]);
});

test('text is shown without what readers would take for something else', () => {
  expect(shownText('ok\n\u202eevil')).toBe("'ok??evil'");
  expect(shownText('a'.repeat(401))).toBe(`'${'a'.repeat(400)}'...`);
  expect(shapeOf('{"Jané": [0.25, "x\n"]}')).toBe(`'{"aaaa": [0.00, "a?"]}'`);
  expect(shapeOf('7'.repeat(101))).toBe(`'${'0'.repeat(100)}'...`);
});
