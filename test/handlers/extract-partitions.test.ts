import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import * as fc from 'fast-check';
import { createProfiler, statistics, suggestConstraints } from '../../lib/analysis';
import type { MonitorRequest, PlannedItem } from '../../lib/engine/serverless/contract';
import { handler as concludeHandler } from '../../lib/engine/serverless/handler/conclude.lambda';
import { handler as plan } from '../../lib/engine/serverless/handler/plan.lambda';
import { handler as profile } from '../../lib/engine/serverless/handler/profile.lambda';
import { captureLine } from './captured';
import { invoked } from './invocation';
import { MONITOR_REQUEST } from './requests';
import { S3Store } from './s3-store';

// Bird strikes, which people reported: what a window of three hours comes to does not depend on how its records lie in objects, nor on when these came.

const conclude = invoked(concludeHandler);
const s3 = new S3Store(true, 1000);
const cloudWatch = mockClient(CloudWatchClient);
const eventBridge = mockClient(EventBridgeClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

/** Fixed, so that a run can be repeated; set SEED to look further. fast-check prints the seed with every failure. */
const SEED = Number(process.env.SEED ?? 20260304);

/** Rows of a hold-out, fewer than a sketch keeps one by one; and the rows that they are compared with. */
const [HEADER, ...ROWS] = readFileSync(join(__dirname, '../../examples/birdstrikes/training.csv'), 'utf8')
  .trim()
  .split('\n');
const WINDOW = ROWS.slice(0, 1500);
const BASELINE = ROWS.slice(1500);

function baselineFiles() {
  const profiler = createProfiler({ kind: 'dataset' });
  const file = profiler.file('train.csv');
  file.push(Buffer.from(`${[HEADER, ...BASELINE].join('\n')}\n`));
  file.end();
  const made = statistics(profiler.finish());
  return { 'statistics.json': made, 'constraints.json': suggestConstraints(made) };
}

const FILES = baselineFiles();

function request(id: string, due: number, windowHours: number): MonitorRequest {
  const output = { bucket: 'out', prefix: `reports/${id}` };
  const scheduledTime = `2026-03-04T${due}:05:00Z`;
  const extracts = { bucket: 'extracts', prefix: 'extracts/Stack' };
  return {
    ...MONITOR_REQUEST,
    monitor: { ...MONITOR_REQUEST.monitor, id },
    scheduledTime,
    windowHours,
    output,
    extracts,
    featureMetrics: [],
  };
}

async function run(asked: MonitorRequest, execution: string): Promise<void> {
  const made = await plan({ request: asked, execution });
  const lines = made.itemCount ? (s3.objects.get(`${made.bucket}/${made.key}`) ?? '').trim().split('\n') : [];
  for (const line of lines) await profile({ request: asked, execution, item: JSON.parse(line) as PlannedItem });
  await conclude({ request: asked, execution, plan: made });
}

/** An object: the hour in which it lies, its rows, and whether it comes after the runs of the hours. */
interface Part {
  readonly hour: number;
  readonly rows: readonly string[];
  readonly isLate: boolean;
}

function put(parts: readonly Part[], wanted: boolean): void {
  for (const [index, { hour, rows, isLate }] of parts.entries()) {
    if (isLate !== wanted) continue;
    const time = `2026-03-04T${hour}:30:00Z`;
    const key = `data/churn/v/2026/03/04/${hour}/30-00-000-${String(index).padStart(4, '0')}.jsonl`;
    s3.set('capture', key, rows.map((row) => captureLine(row, time)).join(''));
    s3.modified.set(`capture/${key}`, new Date(time));
  }
}

/** What three hours come to, whose parts the runs of the hours have read before, as far as they were there. */
async function windowOf(parts: readonly Part[]) {
  s3.reset();
  for (const [name, content] of Object.entries(FILES)) s3.set('out', `baseline/${name}`, content);
  cloudWatch.reset();
  cloudWatch.on(PutMetricDataCommand).resolves({});
  eventBridge.reset();
  eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
  put(parts, false);
  for (const due of [11, 12, 13]) await run(request('Hourly', due, 1), `h${due}`);
  put(parts, true);
  await run(request('Wide', 13, 3), 'w');
  const folder = 'reports/Wide/2026/03/04/13';
  const { features } = s3.json<{ features: object[] }>('out', `${folder}/statistics.json`);
  const { violations } = s3.json<{ violations: object[] }>('out', `${folder}/constraint_violations.json`);
  const { outcome } = s3.json<{ outcome: { recordCount: number } }>('out', `${folder}/report.json`);
  return { features: rounded(features), violations, recordCount: outcome.recordCount };
}

/** Moments are sums, whose last digits depend on their order; lists of values are in the order in which these came. */
const rounded = (value: object) =>
  JSON.parse(JSON.stringify(value), (_, each) => {
    if (Array.isArray(each)) return each.map((one) => JSON.stringify(one)).sort();
    return typeof each === 'number' ? Number(each.toPrecision(10)) : each;
  });

/** Rows in so many objects at most, each in an hour, some late. */
function divided(cuts: readonly number[], hours: readonly number[], late: readonly boolean[]): Part[] {
  const places = [...new Set([0, ...cuts, WINDOW.length])].sort((a, b) => a - b);
  return places.slice(1).map((end, index) => ({
    hour: 10 + hours[index % hours.length],
    rows: WINDOW.slice(places[index], end),
    isLate: late[index % late.length],
  }));
}

test.each([1, 10, 1000])(
  'of bird strikes in up to %d objects, in any order, some late, statistics and findings are those of one object',
  async (most) => {
    const whole = await windowOf([{ hour: 10, rows: WINDOW, isLate: false }]);
    expect(whole.recordCount).toBe(1500);
    const cuts = fc.array(fc.integer({ min: 1, max: WINDOW.length - 1 }), { minLength: most - 1, maxLength: most - 1 });
    const hours = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 50 });
    const late = fc.array(fc.boolean(), { minLength: 1, maxLength: 50 });
    const same = fc.asyncProperty(cuts, hours, late, async (...drawn) => {
      expect(await windowOf(divided(...drawn))).toEqual(whole);
    });
    await fc.assert(same, { seed: SEED, numRuns: 5, endOnFailure: true });
  },
  120_000,
);
