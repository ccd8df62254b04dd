import { countLackingLabels, labelCoverage, lacksLabels } from '../../lib/outcome/label-coverage';

const NONE = {
  matched: 0,
  predictionsWithoutLabel: 0,
  labelsWithoutPrediction: 9,
  duplicateLabels: 9,
  conflictingLabels: 9,
  duplicatePredictions: 9,
  rowCountMismatches: 0,
};

test.each([
  [{ matched: 3, predictionsWithoutLabel: 1 }, 0.75],
  [{ matched: 2, predictionsWithoutLabel: 1, rowCountMismatches: 1 }, 0.75],
  [{ predictionsWithoutLabel: 4 }, 0],
  [{}, undefined],
])('of predictions that met labels as %j, %j have one', (met, share) => {
  expect(labelCoverage({ ...NONE, ...met })).toBe(share);
});

test('where labels are not compared, none is missing', () => {
  expect(labelCoverage(undefined)).toBeUndefined();
});

test.each([
  [{ status: 'LabelsMissing' as const }, 1],
  [{ status: 'Failed' as const, failureReason: 'LabelsMissing: none of 3 predictions has a label' }, 1],
  [{ status: 'Failed' as const, failureReason: 'AllUnreadable: LabelsMissing: 3' }, 0],
  [{ status: 'Failed' as const }, 0],
  [{ status: 'Completed' as const, failureReason: 'LabelsMissing: of another' }, 0],
  [{ status: 'NoData' as const }, 0],
])('of a window that is judged as one, and came to %j, %d lacks labels', (outcome, count) => {
  expect(countLackingLabels(outcome)).toBe(count);
  expect(lacksLabels(outcome)).toBe(count > 0);
});

test('of variants that are judged apart, those that lack labels are counted, whatever the window came to', () => {
  const counts = { recordCount: 1, violationCount: 0, watchedCount: 0 };
  const lacking = { variant: 'a', status: 'LabelsMissing' as const, ...counts };
  const judged = { variant: 'b', status: 'Analysed' as const, ...counts };
  expect(countLackingLabels({ status: 'Completed', variants: [lacking, judged, lacking] })).toBe(2);
  expect(countLackingLabels({ status: 'LabelsMissing', variants: [judged] })).toBe(0);
});
