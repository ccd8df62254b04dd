import { checkWindow, createProfiler, statistics, suggestConstraints } from '../../../lib/analysis';
import { drawnObjects } from '../../../lib/engine/serverless/object-sample';
import { NUMERIC, type Random, random } from '../../analysis/data-quality/detectors/traffic';

const { normal } = NUMERIC;

const OBJECTS = 120;
const RECORDS = 100;
const WINDOWS = 50;

function profileOf(values: readonly number[]) {
  const profiler = createProfiler({ kind: 'dataset' });
  const file = profiler.file('values.csv');
  file.push(new TextEncoder().encode(`value\n${values.map((value) => value.toFixed(4)).join('\n')}\n`));
  file.end();
  return profiler.finish();
}

/** Values of an object: around a mean of its own, which is as far from that of others as is said, in standard deviations of all. */
function objectValues(next: Random, apart: number): number[] {
  const mean = apart * normal(next);
  return Array.from({ length: RECORDS }, () => mean + Math.sqrt(1 - apart ** 2) * normal(next));
}

/** Windows of a hundred in which samples of so many objects seem to have drifted, though nothing has. */
function falseAlarms(count: number, apart: number): number {
  const next = random(count * 1000 + apart * 10);
  const baseline = statistics(profileOf(Array.from({ length: 20_000 }, () => normal(next))));
  const constraints = suggestConstraints(baseline);
  let alarms = 0;
  for (let window = 0; window < WINDOWS; window += 1) {
    const objects = Array.from({ length: OBJECTS }, (_, index) => ({
      bucket: 'b',
      key: `v/${window}/${index}`,
      size: 1,
    }));
    const { drawn } = drawnObjects(objects, { maximumBytes: count, salt: '', variantOf: () => 'v' });
    const profile = profileOf(drawn.flatMap(() => objectValues(next, apart)));
    const drift = { method: 'MassShift' as const };
    const found = checkWindow({ profile, baselineStatistics: baseline, baselineConstraints: constraints, drift });
    if (found.findings.length > 0) alarms += 1;
  }
  return (alarms / WINDOWS) * 100;
}

test('records that are independent of each other alarm no more often in samples of a few objects', () => {
  expect(falseAlarms(2, 0)).toBeLessThanOrEqual(2);
});

test('where objects are half a standard deviation apart, samples of two alarm about nothing, and those of forty do not', () => {
  expect(falseAlarms(2, 0.5)).toBeGreaterThan(20);
  expect(falseAlarms(40, 0.5)).toBeLessThanOrEqual(2);
});
