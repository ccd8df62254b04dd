import * as fc from 'fast-check';
import { CategoricalDriftMethod, ComparisonMethod } from '../../../lib';
import { overridesProblem } from '../../../lib/analysis';
import { constraintOverridesConfig } from '../../../lib/baseline/constraint-overrides';
import { holds } from '../property';

test.each([
  [{}, undefined],
  [[], 'withOverrides is a list, allowed is an object'],
  [{ evaluateConstraints: 'true' }, 'withOverrides: evaluateConstraints is a text, allowed is true or false'],
  [
    { datatypeCheckThreshold: 1.5 },
    'withOverrides: datatypeCheckThreshold is 1.5, allowed is a number of 0 to 1; mend the override',
  ],
  [{ comparisonMethod: 'Exact' }, 'withOverrides: comparisonMethod is "Exact", allowed is "Simple" or "Robust"'],
  [{ categoricalDriftMethod: 1 }, 'allowed is "LInfinity" or "ChiSquared"'],
  [{ features: [] }, 'withOverrides: features is a list, allowed is an object'],
  [{ features: { a: { completeness: '0.5' } } }, 'features["a"].completeness is a text, allowed is a number of 0 to 1'],
  [{ features: { a: { completenessTolerance: -0.1 } } }, 'features["a"].completenessTolerance is -0.1'],
  [{ features: { a: { domains: [] } } }, 'features["a"].domains is an empty list, allowed is at least one category'],
  [{ features: { a: { domains: [1] } } }, 'features["a"].domains[0] is a number, allowed is a text'],
  [{ features: { a: { domains: 'x' } } }, 'features["a"].domains is a text, allowed is a list'],
  [{ features: { a: 1, b: 2 } }, 'features["a"] is a number, allowed is an object; withOverrides: features["b"] is '],
  [{ metricThresholds: 1 }, 'withOverrides: metricThresholds is a number, allowed is an object'],
  [{ metricThresholds: { mae: -1 } }, 'metricThresholds["mae"] is -1, allowed is 0 or more'],
  [{ metricThresholds: { r2: 1.1 } }, 'metricThresholds["r2"] is 1.1, allowed is a number of at most 1'],
  [{ metricThresholds: { auc: 1.1 } }, 'metricThresholds["auc"] is 1.1, allowed is a number of 0 to 1'],
  [{ metricThresholds: { mae: 12, mse: 1, rmse: 7, r2: -4, auc: 1 } }, undefined],
])('of %j is told %j', (overrides, problem) => {
  const told = overridesProblem(overrides);
  if (problem === undefined) expect(told).toBeUndefined();
  else expect(told).toContain(problem);
});

test('says of values what synthesis says', () => {
  const number = fc.oneof(
    { weight: 19, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
    { weight: 1, arbitrary: fc.double({ min: -2, max: 2, noNaN: true }) },
  );
  const monitoring = {
    evaluateConstraints: fc.boolean(),
    emitMetrics: fc.boolean(),
    datatypeCheckThreshold: number,
    domainContentThreshold: number,
    performComparison: fc.boolean(),
    comparisonThreshold: number,
    comparisonMethod: fc.constantFrom(...Object.values(ComparisonMethod)),
    categoricalComparisonThreshold: number,
    categoricalDriftMethod: fc.constantFrom(...Object.values(CategoricalDriftMethod)),
  };
  const feature = { ...monitoring, completeness: number, domains: fc.array(fc.string()) };
  const metricThresholds = { mae: number, mse: number, rmse: number, r2: number, auc: number, f05: number };
  const overrides = fc.record(
    {
      ...monitoring,
      features: fc.dictionary(fc.string(), fc.record(feature, { requiredKeys: [] })),
      metricThresholds: fc.record(metricThresholds, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  );
  let refused = 0;
  holds(
    fc.property(overrides, (given) => {
      const synthesized = synthesizedOf(given);
      if (synthesized === undefined) refused += 1;
      expect(overridesProblem(synthesized ?? given) === undefined).toBe(synthesized !== undefined);
    }),
    2000,
  );
  expect(refused).toBeGreaterThan(100);
  expect(refused).toBeLessThan(1900);
});

/** As they travel; undefined where synthesis refuses them. */
function synthesizedOf(given: Parameters<typeof constraintOverridesConfig>[0]): unknown {
  try {
    return JSON.parse(JSON.stringify(constraintOverridesConfig(given)));
  } catch {
    return undefined;
  }
}
