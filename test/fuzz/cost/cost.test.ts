import { FAMILIES } from './families';
import { costOf } from './measure';
import { randomOf } from './random';
import { isFinding, referencePerByte, search } from './search';
import { WORST } from './worst';

/** Fixed, so that a run can be repeated; set SEED to look further, or `npm run fuzz:cost`. */
const seed = Number(process.env.SEED ?? 20200602);
/** Of each family: some seconds in all. */
const TRIES = 25;

describe.each(FAMILIES.map((family) => [family.name, family] as const))('%s', (name, family) => {
  let perByte: number;
  beforeAll(async () => {
    perByte = await referencePerByte(family);
  });

  test('none of the payloads that were the worst costs more than an ordinary one of its size, by far', async () => {
    for (const genes of WORST[name]) {
      const cost = await costOf(family, genes);
      expect([genes, isFinding(cost, perByte)]).toEqual([genes, false]);
    }
  });

  test('a short search finds none that does', async () => {
    const { finding, tried } = await search(family, randomOf(seed), { tries: TRIES, perByte });
    expect(finding).toBeUndefined();
    expect(tried).toBe(TRIES);
  });
});

test('what costs a hundred times as much as ordinary bytes is found, and what takes most of the memory', () => {
  const cost = { bytes: 100_000, milliseconds: 2001, memory: 0 };
  expect(isFinding(cost, 1e-4)).toBe(true);
  expect(isFinding({ ...cost, milliseconds: 1999 }, 1e-4)).toBe(false);
  expect(isFinding({ ...cost, milliseconds: 0, memory: 1.2e9 }, 1e-4)).toBe(true);
});
