import * as fc from 'fast-check';
import { NumberIndex } from '../../../lib/analysis/model-quality/number-index';

/** Fixed, so that a run can be repeated; set SEED to look further. fast-check prints the seed with every failure. */
const SEED = Number(process.env.SEED ?? 20260304);

test('numbers have the places that a map gives to them, in which 0 and -0 are one, and so is what is no number', () => {
  const number = fc.oneof(fc.double(), fc.integer({ min: -50, max: 50 }), fc.constantFrom(0, -0, Number.NaN));
  const same = fc.property(fc.array(number, { maxLength: 600 }), (numbers) => {
    const [index, map] = [new NumberIndex(), new Map<number, number>()];
    for (const each of numbers) {
      expect(index.find(each)).toBe(map.get(each) ?? map.size);
      if (map.has(each)) continue;
      map.set(each, map.size);
      index.add(each);
    }
    expect([...index.all]).toEqual([...map.keys()]);
  });
  fc.assert(same, { seed: SEED, numRuns: 200 });
});

test('what was cleared knows nothing', () => {
  const index = new NumberIndex();
  for (let each = 0; each < 1000; each += 1) index.add(each / 7);
  expect(index.find(3 / 7)).toBe(3);
  index.clear();
  expect([index.size, index.find(3 / 7)]).toEqual([0, 0]);
});
