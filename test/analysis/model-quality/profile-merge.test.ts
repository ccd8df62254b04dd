import * as fc from 'fast-check';
import { type QualityProblem, QualityProfile, type QualityRow } from '../../../lib/analysis/model-quality';
import { holds } from '../property';
import { BINARY, MULTICLASS, metricsOf, REGRESSION } from './rows';

const label = fc.constantFrom('0', '1');
const rowOf: { readonly [type: string]: fc.Arbitrary<QualityRow> } = {
  Regression: fc.record({
    actual: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    predicted: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  }),
  BinaryClassification: fc.record({
    actual: label,
    predicted: label,
    score: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  MulticlassClassification: fc.record({
    actual: fc.constantFrom('a', 'b', 'c', '7'),
    predicted: fc.constantFrom('a', 'b', 'd'),
  }),
};

interface Identified {
  readonly row: QualityRow;
  readonly id: string;
}

function profile(problem: QualityProblem, rows: readonly Identified[]): QualityProfile {
  const result = new QualityProfile(problem);
  for (const { row, id } of rows) result.add(row, id);
  return result;
}

test.each([REGRESSION, BINARY, MULTICLASS])(
  'profiles of parts, merged in any order, equal that of all rows: %j',
  (problem) => {
    const rows = fc.array(fc.record({ row: rowOf[problem.type], id: fc.uuid() }), { minLength: 1, maxLength: 260 });
    holds(
      fc.property(rows, fc.nat(), fc.boolean(), (all, cut, isSwapped) => {
        const at = cut % (all.length + 1);
        const parts = [profile(problem, all.slice(0, at)), profile(problem, all.slice(at))];
        if (isSwapped) parts.reverse();
        parts[0].merge(parts[1]);
        expect(parts[0].itemCount).toBe(all.length);
        expect(metricsOf(parts[0])).toEqual(metricsOf(profile(problem, all)));
      }),
    );
  },
);

test('what one part refuses, the merged profile refuses', () => {
  const [part, all] = [
    new QualityProfile(BINARY),
    profile(BINARY, [{ row: { actual: '1', predicted: '1' }, id: 'a' }]),
  ];
  part.refuse('rows are missing');
  all.merge(part);
  expect(all.refusal()).toBe('rows are missing');
});
