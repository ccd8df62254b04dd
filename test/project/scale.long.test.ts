import type { BilledMonitor } from '../../lib/cost/billed-monitor';
import { lateListings } from '../../lib/cost/listings';
import { monitorRuns, runCounts } from '../../lib/cost/monitor-runs';
import { RUN_FIGURES, sumOfCounts } from '../../lib/cost/run-figures';
import { type Measured, SHARING, Simulation } from '../../tools/scale/simulation';

const simulation = new Simulation();
afterAll(() => simulation.end());

test('lib/cost/run-figures.json says what runs ask of AWS today (npm run scale -- --write)', async () => {
  expect(RUN_FIGURES).toEqual(await simulation.figures());
}, 240_000);

/** One object of labels comes with those of records, and each of the others finds the records. */
const sizeOf = (
  { objects }: Measured,
  { findsRecords, findsLabels, monitor }: ReturnType<typeof monitorRuns>[number],
) => {
  const [records, labels] = [objects, monitor.reading?.labels ? 1 : 0];
  const found = (findsRecords ? records : 0) + (findsLabels ? labels : 0);
  const sizes = { read: records + labels - found, found };
  const [read, rest] = [sizes.read, sizes.found].map((count) => ({ objects: count, bytes: 0 }));
  return { read, found: rest, items: 1, foundItems: Math.min(1, found) };
};

test('an hour of another size, of monitors that share what one has read, is foretold to the last request', async () => {
  const [records] = SHARING;
  const alone = await simulation.hour([records], 100);
  const together = await simulation.hour(SHARING, 100);
  const labels = { place: 'labels', hours: 1 };
  const monitors: BilledMonitor[] = SHARING.map((kind) => ({
    engine: 'serverless',
    kind,
    hours: 1,
    reading: { data: 'data', section: kind, ...(kind !== records && { labels }) },
  }));
  const foretold = monitorRuns(monitors).flatMap((runs) => {
    const size = sizeOf(alone, runs);
    const late = lateListings(1, size.read.objects + size.found.objects); // of the day's first run, which this is not
    return [runCounts(runs.monitor, size), { s3Puts: -late }];
  });
  expect(sumOfCounts(foretold.map((counts) => [1, counts]))).toEqual(together.counts);
}, 60_000);
