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

test('of a conclusion that says little, nothing is made up', () => {
  expect(ofOneAmong(2, 'green', LACKING)).toEqual({ ...LACKING, notEvaluated: [] });
});

test('what was found of each stands together, and what was read of each beside it', () => {
  const unreadable = { unreadableCount: 1, outsideWindow: 0, byReason: { notJson: 1 }, samples: [] };
  const gap = { feature: 'sex', check: 'all', reason: 'variant a: why' };
  const found = { violations: [{ ...VIOLATION, variant: 'a' }], distances: [{ ...DISTANCE, variant: 'a' }] };
  expect(together({ ...ANALYSED, ...found, notEvaluated: [gap], unreadable }, FAILED)).toEqual({
    ...found,
    status: 'Analysed',
    recordCount: 7,
    notEvaluated: [gap, { feature: '', check: 'all', reason: 'variant b was not judged: AllUnreadable: why' }],
    perVariant: [
      { variant: 'a', status: 'Analysed', recordCount: 7, unreadable },
      { variant: 'b', status: 'Failed', recordCount: 0, failureReason: 'AllUnreadable: why' },
    ],
  });
});

test('records are those of all, and what is known of the window as a whole is kept', () => {
  const unreadable = { unreadableCount: 3, outsideWindow: 0, byReason: {}, samples: [] };
  expect(variantsConclusion([{ variant: 'a', conclusion: ANALYSED }], { unreadable }).unreadable).toBe(unreadable);
  expect(together(ANALYSED, LACKING)).toMatchObject({ recordCount: 10, failureReason: undefined });
});

test.each([
  ['LabelsMissing: none', 'LabelsMissing: variant b: none'],
  ['the run ended: why', 'variant b: the run ended: why'],
])('a failure says whose it is, its code first: %s', (failureReason, words) => {
  expect(together(FAILED, { status: 'Failed', failureReason }).failureReason).toBe(
    `AllUnreadable: variant a: why; ${words}`,
  );
  expect(together({ status: 'Failed', failureReason }, NO_DATA).failureReason).toBe(
    words.replace('variant b', 'variant a'),
  );
});

test('what was looked for in one variant was looked for, and nothing is said where nobody asks', () => {
  const looking = (...lookedFor: 'ConceptDrift'[]): Conclusion => ({ ...ANALYSED, lookedFor });
  expect(together(looking('ConceptDrift'), looking('ConceptDrift')).lookedFor).toEqual(['ConceptDrift']);
  expect(together(looking(), looking('ConceptDrift')).lookedFor).toEqual(['ConceptDrift']);
  expect(together(NO_DATA, looking('ConceptDrift')).lookedFor).toEqual(['ConceptDrift']);
  expect(together(looking(), NO_DATA).lookedFor).toEqual([]);
  expect(together(ANALYSED, NO_DATA).lookedFor).toBeUndefined();
});
