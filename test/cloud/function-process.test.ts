import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workshop } from '../../lib/cloud/deployment/workshop';
import type { FunctionProcess } from '../../lib/cloud/function/function-process';

const TIME = new Date('2026-01-05T10:00:00Z');
let folder: string;
let running: FunctionProcess | undefined;
let workshop: Workshop;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fp-'));
  workshop = new Workshop();
});

afterEach(() => {
  running?.stop();
  workshop.close();
  rmSync(folder, { recursive: true });
});

function functionOf(source: string, timeoutSeconds = 10): FunctionProcess {
  const file = join(folder, 'index.mjs');
  writeFileSync(file, source);
  running = workshop.processOf({
    functionName: 'f',
    functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
    file,
    exportName: 'handler',
    environment: { GIVEN: 'yes', TZ: 'UTC' },
    timeoutSeconds,
    memorySize: 128,
  });
  return running;
}

test('a handler sees the virtual time in every form of Date, and the time of the next event with the next event', async () => {
  const f = functionOf(`export const handler = async () => {
    const [value, now, text] = [new Date().toISOString(), Date.now(), Date()];
    return { value, now, text, parsed: new Date('2020-01-01T00:00:00Z').getTime(), utc: Date.UTC(2020, 0, 1),
      instance: new Date() instanceof Date, same: new Date().constructor === Date };
  };`);
  expect(await f.invoke({}, TIME)).toEqual({
    value: '2026-01-05T10:00:00.000Z',
    now: TIME.getTime(),
    text: expect.stringContaining('Mon Jan 05 2026 10:00:00'),
    parsed: Date.UTC(2020, 0, 1),
    utc: Date.UTC(2020, 0, 1),
    instance: true,
    same: true,
  });
  expect(await f.invoke({}, new Date('2026-01-05T11:00:00Z'))).toMatchObject({ value: '2026-01-05T11:00:00.000Z' });
});

test('a process stays warm between events', async () => {
  const f = functionOf('let count = 0; export const handler = async () => ++count;');
  await f.invoke({}, TIME);
  expect(await f.invoke({}, TIME)).toBe(2);
});

test('a handler has the environment of the template and nothing of the parent', async () => {
  process.env.REHEARSAL_PARENT = 'secret';
  const f = functionOf('export const handler = async () => [process.env.GIVEN, process.env.REHEARSAL_PARENT ?? null];');
  expect(await f.invoke({}, TIME)).toEqual(['yes', null]);
});

test.each([
  ['fetch', "await fetch('http://example.com/')"],
  ['fetch of an address', "await fetch('https://192.0.2.1/')"],
  ['net', "await new Promise((resolve, reject) => net.connect(80, '192.0.2.1').on('error', reject))"],
  ['dns.lookup', "await (await import('node:dns')).promises.lookup('example.com')"],
  ['dns by callback', "await new Promise((resolve, reject) => dns.lookup('example.com', (error) => reject(error)))"],
])('fails: %s to anywhere but the stand-in, with a reason', async (_name, call) => {
  const f = functionOf(`import net from 'node:net'; import dns from 'node:dns';
    export const handler = async () => { try { ${call} } catch (error) { throw error.cause ?? error; } };`);
  await expect(f.invoke({}, TIME)).rejects.toThrow(/the rehearsal has no network: .* was refused/);
});

test('an error of the handler keeps its type and message, as Lambda reports them', async () => {
  const f = functionOf("export const handler = async () => { throw new RangeError('too far'); };");
  await expect(f.invoke({}, TIME)).rejects.toMatchObject({ name: 'RangeError', message: 'too far' });
});

test('a handler that takes longer than its timeout fails as timed out, and the next event gets a new process', async () => {
  const f = functionOf('export const handler = async (event) => (event.hang ? new Promise(() => {}) : 1);', 0.3);
  await expect(f.invoke({ hang: true }, TIME)).rejects.toMatchObject({ name: 'Sandbox.Timedout' });
  expect(await f.invoke({}, TIME)).toBe(1);
});

test('a process that ends is a failure that shows what it printed', async () => {
  const f = functionOf("export const handler = async () => { console.error('last words'); process.exit(3); };");
  await expect(f.invoke({}, TIME)).rejects.toMatchObject({
    name: 'Runtime.ExitError',
    message: expect.stringContaining('exit status 3'),
    log: 'last words',
  });
});

test('fails: a bundle without the handler', async () => {
  await expect(functionOf('export const other = 1;').invoke({}, TIME)).rejects.toMatchObject({
    name: 'Runtime.HandlerNotFound',
  });
});
