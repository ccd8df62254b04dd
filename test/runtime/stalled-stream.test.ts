import { createServer, type Server } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { streamObject } from '../../lib/runtime/s3';

// S3 as a server that begins to answer, and then says nothing more: no client is replaced here.

let server: Server;
const asked: number[] = [];

beforeEach(async () => {
  server = createServer((_, answer) => {
    answer.writeHead(200, { 'content-length': '100', etag: '"e"' });
    answer.write('the begin');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const environment = { AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`, AWS_REGION: 'eu-west-1' };
  jest.replaceProperty(process, 'env', {
    ...process.env,
    ...environment,
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
  hurry();
});

afterEach(() => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

/** Connections that wait for silence to end wait for an instant. */
function hurry(): void {
  const { setTimeout } = Socket.prototype;
  jest.spyOn(Socket.prototype, 'setTimeout').mockImplementation(function (this: Socket, milliseconds, ...rest) {
    if (milliseconds > 0) asked.push(milliseconds);
    return setTimeout.call(this, Math.min(milliseconds, 10), ...rest);
  });
}

test('an object that stops to come is given up with its name, long before the function is ended', async () => {
  const chunks: string[] = [];
  const streamed = streamObject({ bucket: 'captured', key: 'a.jsonl' }, (chunk) =>
    chunks.push(`${Buffer.from(chunk)}`),
  );
  await expect(streamed).rejects.toThrow(/^ObjectNotServed: S3 did not serve s3:\/\/captured\/a.jsonl: TimeoutError/);
  expect(chunks).toEqual(['the begin']);
  expect(asked).toContain(60_000);
}, 15_000);
