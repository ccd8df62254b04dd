import { byOrdinaryBytes, bySize } from './bars';
import { FAMILIES } from './families';
import { costOf } from './measure';
import { randomOf } from './random';
import { referencePerByte, search } from './search';
import { worstOf } from './worst';

/** Fixed, so that a run can be repeated; set SEED to look further, or `npm run fuzz:cost`. */
const seed = Number(process.env.SEED ?? 20200602);
/** Of each family: some seconds in all. */
const TRIES = 20;

describe.each(FAMILIES.map((family) => [family.name, family] as const))('%s', (_, family) => {
  let perByte: number;
  beforeAll(async () => {
    perByte = await referencePerByte(family);
  });

  // the large ones have a long test, beside this one
  test('none of the payloads that were the worst costs more than an ordinary one of its size, by far: the small ones', async () => {
    for (const genes of worstOf(family, false)) {
      const cost = await costOf(family, genes);
      expect([genes, byOrdinaryBytes(perByte).score(cost) > 1]).toEqual([genes, false]);
    }
  });

  test('a short search finds none that does', async () => {
    const { finding, tried } = await search(family, randomOf(seed), { tries: TRIES, bar: byOrdinaryBytes(perByte) });
    expect(finding).toBeUndefined();
    expect(tried).toBe(TRIES);
  });
});

test('what costs a hundred times as much as ordinary bytes is found, and what takes most of the memory', () => {
  const { score } = byOrdinaryBytes(1e-4);
  const cost = { bytes: 100_000, size: 100_000, milliseconds: 2001, memory: 0 };
  expect(score(cost)).toBeGreaterThan(1);
  expect(score({ ...cost, milliseconds: 1999 })).toBeLessThan(1);
  expect(score({ ...cost, milliseconds: 0, memory: 1.2e9 })).toBeGreaterThan(1);
});

test('of a payload of any size, what takes profile 15 seconds is found, and what takes 512 MiB with what a process has before', () => {
  const { score } = bySize(6);
  const cost = { bytes: 6e6, size: 6e6, milliseconds: 14_999, memory: 411 * 2 ** 20 };
  expect(score(cost)).toBeLessThan(1);
  expect(score({ ...cost, milliseconds: 15_001 })).toBeGreaterThan(1);
  expect(score({ ...cost, memory: 413 * 2 ** 20 })).toBeGreaterThan(1);
});
