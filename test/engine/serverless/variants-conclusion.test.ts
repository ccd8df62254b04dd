import { ofOneAmong, sharedRate, variantsConclusion } from '../../../lib/engine/serverless/handler/variants-conclusion';
import type { Conclusion } from '../../../lib/outcome/execution-report';

test.each([
  [0.001, 2, 0.0005],
  [undefined, 4, 0.00025],
  [0.05, 1, 0.05],
  [1, 3, 1], // no test at all
])('of a rate of %j, each of %d variants is judged by %j', (falseAlarmRate, variants, expected) => {
  expect(sharedRate({ method: 'MassShift', falseAlarmRate }, variants)).toEqual({
    method: 'MassShift',
    falseAlarmRate: expected,
  });
});

const VIOLATION = { feature: 'age', check: 'baseline_drift_check', description: 'd' };
const DISTANCE = { feature: 'age', distance: 0.3, threshold: 0.1, method: 'MassShift' };

test('what one of several finds names it, and chance had as many times to do it', () => {
  const conclusion: Conclusion = {
    status: 'Analysed',
    violations: [{ ...VIOLATION, pValue: 0.0004 }, VIOLATION, { ...VIOLATION, pValue: 0 }],
    distances: [{ ...DISTANCE, pValue: 0.6 }],
    notEvaluated: [{ feature: 'sex', check: 'all', reason: 'why' }],
  };
  expect(ofOneAmong(2, 'green', conclusion)).toEqual({
    status: 'Analysed',
    violations: [
      { ...VIOLATION, variant: 'green', pValue: 0.0008 },
      { ...VIOLATION, variant: 'green' },
      { ...VIOLATION, variant: 'green', pValue: 0 },
    ],
    distances: [{ ...DISTANCE, variant: 'green', pValue: 1 }],
    notEvaluated: [{ feature: 'sex', check: 'all', reason: 'variant green: why' }],
  });
});

const ANALYSED: Conclusion = { status: 'Analysed', recordCount: 7 };
const NO_DATA: Conclusion = { status: 'NoData' };
const LACKING: Conclusion = { status: 'LabelsMissing', recordCount: 3 };
const FAILED: Conclusion = { status: 'Failed', failureReason: 'AllUnreadable: why' };

const together = (...conclusions: Conclusion[]) =>
  variantsConclusion(
    conclusions.map((conclusion, index) => ({ variant: 'ab'[index], conclusion })),
    {},
  );

test.each([
  ['Analysed', ANALYSED, FAILED],
  ['Analysed', LACKING, ANALYSED],
  ['Failed', LACKING, FAILED],
  ['LabelsMissing', NO_DATA, LACKING],
  ['NoData', NO_DATA, NO_DATA],
])('variants come together to %s', (status, one, other) => {
  expect(together(one, other).status).toBe(status);
  expect(together(other, one).status).toBe(status);
});

test.each([
  [NO_DATA, 'variant b has no record in the window'],
  [LACKING, 'variant b has too few labels to be judged'],
  [FAILED, 'variant b was not judged: AllUnreadable: why'],
])('of an analysed variant nothing is left out, of the other all: %j', (other, reason) => {
  expect(together(ANALYSED, other).notEvaluated).toEqual([{ feature: '', check: 'all', reason }]);
});

test('records are those of all, and a failure says whose it is, its code first', () => {
  expect(together(ANALYSED, LACKING)).toMatchObject({ recordCount: 10, failureReason: undefined });
  expect(together(FAILED, { status: 'Failed', failureReason: 'LabelsMissing: none' }).failureReason).toBe(
    'AllUnreadable: variant a: why; LabelsMissing: variant b: none',
  );
});
