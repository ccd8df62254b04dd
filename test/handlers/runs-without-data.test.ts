import type { MonitorRequest } from '../../lib/engine/serverless/contract';
import { captured, exchanges, putBaselines, runOf } from './labelled-monitors';
import { MonitorRuns } from './monitor-runs';

// Runs of one monitor, one after the other, in which nothing is seen.

const HOUR = 3_600_000;
/** Hours of a window. */
const EVERY = 6;
const runs = new MonitorRuns();
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

beforeEach(async () => {
  runs.reset();
  await putBaselines(runs);
});

/** A run, counted from 1 on. */
function runOfWindow(window: number, more: Partial<MonitorRequest> = {}): MonitorRequest {
  const request = runOf('DataQuality', '03', EVERY);
  const scheduledTime = new Date(Date.parse(request.scheduledTime) + window * EVERY * HOUR).toISOString();
  return { ...request, scheduledTime, ...more };
}

/** Which of the runs from one up to another are told to be short of something, and why. */
async function told([from, to]: readonly [number, number], more: Partial<MonitorRequest> = {}) {
  const found: [number, string[]][] = [];
  for (let window = from; window <= to; window++) {
    const request = runOfWindow(window, more);
    await runs.run(request);
    const { health, healthReasons } = runs.reportOf(request).outcome;
    expect(health).toBe(healthReasons.length > 0 ? 1 : 0);
    if (healthReasons.length > 0) found.push([window, healthReasons]);
  }
  return found;
}

/** Captures requests of the last hour of a window. */
function capture(window: number, variant = 'v', count = 200): void {
  const hour = new Date(Date.parse('2026-03-04T02:00:00Z') + window * EVERY * HOUR).toISOString().slice(0, 13);
  const lines = exchanges(count, 8).map((one) => captured(one).replaceAll('2026-03-04T08', hour));
  runs.s3.set('capture', `data/churn/${variant}/${hour.replace(/[-T]/g, '/')}/00-00-000-a.jsonl`, lines.join(''));
}

const FILTER = { filter: { customAttributes: ['never=sent'] } };

test('a place of captured data at which nothing lies is told after a day, with its address, until something comes', async () => {
  const nothing = (hours: string) =>
    `no data for ${hours}, and nothing at all lies at s3://capture/data/churn/, where they should: see whether records are captured, and whether that is the place`;
  expect(await told([1, 6])).toEqual([
    [5, [nothing('30 h')]],
    [6, [nothing('36 h')]],
  ]);
  capture(7);
  expect(await told([7, 8])).toEqual([]);
});

test('an endpoint that falls quiet is not told, however long, unless that is asked for', async () => {
  capture(1);
  expect(await told([1, 6])).toEqual([]);
  const reason = expect.stringMatching(/^no data for 42 h, longer than timeWithoutData allows/);
  expect(await told([7, 8], { limits: { hoursWithoutData: 36 } })).toEqual([[8, [reason]]]);
});

test('a place that is changed to one to which nothing comes is told after a day, with both, whether anything lies there or not, until it is changed back', async () => {
  capture(1);
  expect(await told([1, 2])).toEqual([]);
  const { capture: before } = runOfWindow(1);
  const mistyped = { capture: { ...before, prefix: 'dta' } };
  const reason =
    'no data for 30 h, since they are looked for at s3://capture/dta/churn/, below which nothing at all lies, and no longer at s3://capture/data/churn/: see whether records are captured there now';
  expect(await told([3, 7], mistyped)).toEqual([[7, [reason]]]);
  expect(await told([8, 8])).toEqual([]);
  runs.s3.set('capture', 'dta/churn/v/2026/03/01/00/00-00-000-a.jsonl', '');
  expect((await told([9, 13], mistyped)).map(([window]) => window)).toEqual([13]);
});

test('a filter that has always left out everything is told in the first window, and in each with records', async () => {
  capture(1);
  capture(3);
  const [first, ...others] = await told([1, 3], FILTER);
  expect(first).toEqual([1, [expect.stringMatching(/^the filter .* has left out all 200 records of the window, /)]]);
  expect(others).toEqual([[3, [expect.anything()]]]);
});

test('a filter that leaves out all for a while is not told before three days have passed', async () => {
  capture(1);
  expect(await told([1, 1])).toEqual([]);
  for (let window = 2; window <= 15; window++) capture(window, 'v', 1);
  expect((await told([2, 15], FILTER)).map(([window]) => window)).toEqual([14, 15]);
});

test('a name that none of the variants has is told with those that are there, whether another one is read or not', async () => {
  capture(1, 'blue');
  const reason = (others: string) =>
    `nothing was ever captured of variant gren, which the monitored data name, and records of ${others} came at s3://capture/data/churn/: see how the endpoint calls its variants`;
  expect(await told([1, 1], { variants: { read: ['gren'] } })).toEqual([[1, [reason('blue')]]]);
  capture(2, 'blue');
  capture(2, 'green');
  const [[, reasons]] = await told([2, 2], { variants: { read: ['blue', 'gren'] } });
  expect(reasons).toContain(reason('green'));
});

test('a name that no folder has is not told in a window in which nobody else has records: the endpoint is quiet', async () => {
  capture(1, 'blue');
  expect(await told([3, 3], { variants: { read: ['gren'] } })).toEqual([]);
});

test('a variant that the app knows, and that had no request yet, is not told as a name that is wrong', async () => {
  capture(1, 'blue');
  expect(await told([1, 1], { variants: { read: ['green'], others: ['blue'] } })).toEqual([]);
});

test.each([
  ['was missed', undefined],
  ['failed', 'Failed'],
])('a run that %s in between makes nobody forget that there were data', async (_, status) => {
  capture(1);
  await told([1, 2]);
  const { output } = runOfWindow(2);
  const key = `${output.bucket}/${output.prefix}/2026/03/04/15/report.json`;
  const report = JSON.parse(runs.s3.objects.get(key) ?? '');
  runs.s3.objects.delete(key);
  if (status) runs.s3.objects.set(key, JSON.stringify({ ...report, outcome: { ...report.outcome, status } }));
  expect(await told([3, 3])).toEqual([]);
  expect(runs.reportOf(runOfWindow(3)).withoutData).toMatchObject({ dataBefore: 'Some', hours: EVERY });
});

test('where all runs that are known have failed, nobody knows whether there were data', async () => {
  const failed = runOfWindow(1);
  await runs.conclude({ request: failed, execution: 'e0', error: { Error: 'States.Timeout' } });
  expect(runs.reportOf(failed).outcome.status).toBe('Failed');
  await told([2, 2]);
  expect(runs.reportOf(runOfWindow(2)).withoutData).toMatchObject({ dataBefore: 'Unknown' });
});
