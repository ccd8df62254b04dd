import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workshop, type WorkshopOptions } from '../../lib/cloud/deployment/workshop';
import type { FunctionProcess } from '../../lib/cloud/function/function-process';

const NOW = new Date('2026-01-05T10:00:00Z');
const COUNTS = 'let count = 0; export const handler = async () => ++count;';

let folder: string;
let workshop: Workshop;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ws-'));
});
afterEach(() => {
  workshop.close();
  rmSync(folder, { recursive: true });
});

function open(options: WorkshopOptions): void {
  workshop = new Workshop(options);
}

function processOf(source: string, environment: Record<string, string> = {}, name = 'index'): FunctionProcess {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, source);
  const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:f';
  const props = { functionName: 'f', functionArn, exportName: 'handler', timeoutSeconds: 10, memorySize: 128 };
  return workshop.processOf({ ...props, file, environment });
}

test('a process that is let go ends, and the next of the function is cold', async () => {
  open({});
  const first = processOf(COUNTS);
  expect(await first.invoke({}, NOW)).toBe(1);
  first.release();
  expect(first.isRunning).toBe(false);
  const next = processOf(COUNTS);
  expect(await next.invoke({}, NOW)).toBe(1);
  next.release();
});

test('where functions are kept warm, the next of the same code and environment goes on, wherever its file lies', async () => {
  open({ keepsWarm: true });
  const first = processOf(COUNTS);
  expect(await first.invoke({}, NOW)).toBe(1);
  first.release();
  expect(await processOf(COUNTS, {}, 'elsewhere').invoke({}, NOW)).toBe(2);
});

test.each([
  ['code', `${COUNTS} // changed`, {}],
  ['environment', COUNTS, { LEVEL: 'debug' }],
])('a function of another %s has a process of its own', async (_, source, environment) => {
  open({ keepsWarm: true });
  await processOf(COUNTS).invoke({}, NOW);
  const other = processOf(source, environment);
  expect(await other.invoke({}, NOW)).toBe(1);
  other.stop();
});

test('a process that is let go before its first call has begun never starts', async () => {
  open({ keepsWarm: true });
  const first = processOf(COUNTS);
  const call = first.invoke({}, NOW);
  first.release();
  await expect(call).rejects.toThrow('the process is gone');
  expect(first.isRunning).toBe(false);
});

test('a process that is let go in the midst of a call ends, and none of its state is met again', async () => {
  open({ keepsWarm: true });
  const hangs =
    'let count = 0; export const handler = (event) => { count++; return event.wait ? new Promise(() => undefined) : count; };';
  const first = processOf(hangs);
  await first.invoke({}, NOW);
  const call = first.invoke({ wait: true }, NOW);
  await new Promise((resolve) => setTimeout(resolve, 200));
  first.release();
  await expect(call).rejects.toThrow('the process');
  expect(await processOf(hangs).invoke({}, NOW)).toBe(1);
});
