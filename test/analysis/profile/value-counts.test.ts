import * as fc from 'fast-check';
import { knownValue, ValueCounts } from '../../../lib/analysis/profile/value-counts';
import { holds } from '../property';

function countsOf(values: number[]): ValueCounts {
  const counts = new ValueCounts();
  for (const value of values) {
    const seen = counts.tracked.get(`v${value}`);
    if (seen) seen.count += 1;
    else counts.add(`v${value}`, knownValue(`v${value}`, 1));
  }
  return counts;
}

test('a tracked count is exact and no value gets lost, however many there are and however they are merged', () => {
  const values = fc.array(fc.nat(400), { maxLength: 900, size: 'max' });
  holds(
    fc.property(values, values, (a, b) => {
      const merged = countsOf(a);
      merged.merge(countsOf(b));
      const exact = new Map<string, number>();
      for (const value of [...a, ...b]) exact.set(`v${value}`, (exact.get(`v${value}`) ?? 0) + 1);
      let tracked = 0;
      for (const [value, { count }] of merged.tracked) {
        expect(count).toBe(exact.get(value));
        tracked += count;
      }
      expect(tracked + merged.untracked).toBe(a.length + b.length);
      expect(merged.tracked.size).toBeLessThanOrEqual(256);
    }),
  );
});

test('a merge does not change the other side', () => {
  const other = countsOf([1]);
  const counts = countsOf([]);
  counts.merge(other);
  counts.merge(other);
  expect(other.tracked.get('v1')?.count).toBe(1);
  expect(counts.tracked.get('v1')?.count).toBe(2);
});
