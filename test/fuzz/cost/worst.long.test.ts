import { byOrdinaryBytes } from './bars';
import { FAMILIES } from './families';
import { costOf } from './measure';
import { referencePerByte } from './search';
import { worstOf } from './worst';

const LARGE = FAMILIES.map((family) => [family.name, family, worstOf(family, true)] as const).filter(
  ([, , worst]) => worst.length > 0,
);

test('there are large payloads that were the worst', () => {
  expect(LARGE.length).toBeGreaterThan(5);
});

test.each(LARGE)(
  '%s: none of the large payloads that were the worst costs more than ordinary bytes, by far',
  async (_, family, worst) => {
    const bar = byOrdinaryBytes(await referencePerByte(family));
    for (const genes of worst) expect([genes, bar.score(await costOf(family, genes)) > 1]).toEqual([genes, false]);
  },
);
