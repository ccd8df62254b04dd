import * as fc from 'fast-check';
import type { MonitorRequest } from '../../lib/engine/serverless/contract';
import { truth } from '../analysis/model-quality/rows';
import { alone, baselineFiles, captured, type Exchange, exchanges, runOf } from './labelled-monitors';
import { MonitorRuns } from './monitor-runs';

// What predictions and labels of three hours come to does not depend on how they lie in objects, nor on when these came.

const runs = new MonitorRuns(1000);
const { s3 } = runs;
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

/** Fixed, so that a run can be repeated; set SEED to look further. fast-check prints the seed with every failure. */
const SEED = Number(process.env.SEED ?? 20260304);

const HOURS = [9, 10, 11].map((hour) => exchanges(150, hour, hour * 1000));
const WIDE = (['ModelQuality', 'ModelBias'] as const).map((kind) => runOf(kind, '13', 3));

/** Labels in the order in which they were written; of every tenth there is one before, which says otherwise, and some are of nobody. */
const labelsOf = (hour: readonly Exchange[]): string[] =>
  hour.flatMap(({ id, label }, index) => [
    ...(index % 10 === 0 ? [truth(id, label === '1' ? '0' : '1')] : []),
    ...(index % 30 === 7 ? [truth(`nobody-${id}`, label), 'no label'] : [truth(id, label)]),
  ]);

let baselines: Awaited<ReturnType<typeof baselineFiles>>;
beforeAll(async () => {
  baselines = await baselineFiles();
});

/** How the lines of an hour lie in objects: where these end, and which come after the runs of the hours. */
interface Division {
  readonly cuts: readonly number[];
  readonly late: readonly boolean[];
}

const WHOLE: Division = { cuts: [], late: [false] };

/** A bucket, and the folder of an hour in it. */
interface Folder {
  readonly bucket: string;
  readonly prefix: string;
}

function put({ bucket, prefix }: Folder, lines: readonly string[], { cuts, late }: Division, wanted: boolean): void {
  const places = [...new Set([0, ...cuts.map((cut) => cut % lines.length), lines.length])].sort((a, b) => a - b);
  for (const [index, end] of places.slice(1).entries()) {
    if (late[index % late.length] !== wanted) continue;
    const key = `${prefix}/30-00-000-${String(index).padStart(4, '0')}.jsonl`;
    s3.set(bucket, key, lines.slice(places[index], end).join(''));
    s3.modified.set(`${bucket}/${key}`, new Date('2026-03-04T09:30:00Z'));
  }
}

/** Records in an order that is drawn, labels in theirs. */
function putAll(division: Division, order: number, isLate: boolean): void {
  for (const [index, hour] of HOURS.entries()) {
    const records = hour.map((_, at) => captured(hour[(at * order) % hour.length]));
    const at = (each: number) => `2026/03/04/${String(each).padStart(2, '0')}`;
    put({ bucket: 'capture', prefix: `data/churn/v/${at(9 + index)}` }, records, division, isLate);
    const labels = labelsOf(hour).map((line) => `${line}\n`);
    put({ bucket: 'labels', prefix: `truth/${at(10 + index)}` }, labels, division, isLate);
  }
}

async function windowsOf(division: Division, order = 1) {
  runs.reset();
  for (const [key, value] of Object.entries(baselines)) s3.set('out', `baseline/${key}`, value);
  putAll(division, order, false);
  for (const due of ['11', '12']) await runs.run(runOf('ModelQuality', due));
  putAll(division, order, true);
  for (const request of WIDE) await runs.run(request);
  return WIDE.map(said);
}

/** Places of what cannot be read are those of objects. */
function said(request: MonitorRequest) {
  const { outcome, labels, unreadable } = runs.reportOf(request);
  const file = request.monitor.kind === 'ModelBias' ? 'analysis.json' : 'statistics.json';
  const { recordCount, violations } = outcome;
  return { recordCount, violations, labels, byReason: unreadable?.byReason, file: runs.fileOf(request, file) };
}

test.each([10, 100])(
  'of records and labels in up to %d objects an hour, in any order, some late, quality and bias are those of one pass, to the last digit',
  async (most) => {
    await windowsOf(WHOLE);
    for (const request of WIDE) await runs.run(alone(request));
    const whole = WIDE.map((request) => said(alone(request)));
    expect(whole.map(({ recordCount }) => recordCount)).toEqual([435, 435]);
    expect(whole[0].labels).toMatchObject({ duplicateLabels: 45, labelsWithoutPrediction: 15 });
    const cuts = fc.array(fc.nat({ max: 1000 }), { minLength: most - 1, maxLength: most - 1 });
    const late = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 });
    const order = fc.constantFrom(1, 7, 11, 149);
    const same = fc.asyncProperty(cuts, late, order, async (drawnCuts, drawnLate, drawnOrder) => {
      expect(await windowsOf({ cuts: drawnCuts, late: drawnLate }, drawnOrder)).toEqual(whole);
    });
    await fc.assert(same, { seed: SEED, numRuns: 4, endOnFailure: true });
  },
  60_000,
);
