import { healthOf, type JudgedRun } from '../../lib/outcome/health';

const RUN: JudgedRun = { status: 'Completed', evaluated: 'Whole', recordCount: 99, leftOutCount: 0 };
const unreadable = (unreadableCount: number) => ({
  unreadable: { unreadableCount, outsideWindow: 0, byReason: { 'wrong-width': unreadableCount }, samples: [] },
});
const NO_LABELS = {
  matched: 0,
  predictionsWithoutLabel: 0,
  labelsWithoutPrediction: 0,
  duplicateLabels: 0,
  conflictingLabels: 0,
  duplicatePredictions: 0,
  rowCountMismatches: 0,
};

test('a run that read and checked everything is whole', () => {
  expect(healthOf(RUN)).toEqual({ level: 0, reasons: [] });
  expect(healthOf({ ...RUN, status: 'NoData', evaluated: 'None', recordCount: 0 })).toEqual({ level: 0, reasons: [] });
});

test('a failed run is told by its reason', () => {
  const failed: JudgedRun = { ...RUN, status: 'Failed', evaluated: 'None', failureReason: 'AllUnreadable: why' };
  expect(healthOf(failed)).toEqual({ level: 2, reasons: ['AllUnreadable: why'] });
});

test.each([
  [99, 1, undefined, 0],
  [98, 2, undefined, 1],
  [50, 50, 0.5, 0],
  [49, 51, 0.5, 1],
  [99_999, 1, 0, 1],
])('of %d records read and %d not, with the limit %j, the level is %d', (recordCount, count, limit, level) => {
  const health = healthOf({ ...RUN, recordCount, ...unreadable(count) }, { unreadable: limit });
  expect(health.level).toBe(level);
  expect(health.reasons).toHaveLength(level);
});

test('the reason says how many records, of how many, and why', () => {
  expect(healthOf({ ...RUN, recordCount: 600, ...unreadable(400) }).reasons).toEqual([
    '400 of 1000 records were not used (40%): 400 wrong-width; report.json has where the first are',
  ]);
});

test('a run is less than whole if no record has what transformations name, however well all were read', () => {
  const given = { ...unreadable(0).unreadable, notFound: ['rename income', 'drop id'] };
  expect(healthOf({ ...RUN, unreadable: given })).toEqual({
    level: 1,
    reasons: [
      'no record has what transformations name: rename income, drop id; mend the transformations, or see what clients send',
    ],
  });
});

test.each([
  [1, 'object of the window was'],
  [3, 'objects of the window were'],
])('a run is less than whole if %d objects of its window were not read, with data or without', (count, words) => {
  const objectsNotRead = { count, byReason: { elsewhere: count }, samples: [] };
  const reasons = [
    `${count} ${words} not read: ${count} elsewhere; objectsNotRead in report.json has which the first are`,
  ];
  expect(healthOf({ ...RUN, objectsNotRead })).toEqual({ level: 1, reasons });
  const empty: JudgedRun = { ...RUN, status: 'NoData', evaluated: 'None', recordCount: 0, objectsNotRead };
  expect(healthOf(empty)).toEqual({ level: 1, reasons });
});

test.each([
  [1, 99, 0],
  [1, 98, 1],
])('%d late objects beside %d of the window give the level %d', (lateObjects, objectCount, level) => {
  expect(healthOf({ ...RUN, lateObjects, objectCount }).level).toBe(level);
});

describe('of windows that were told before', () => {
  const window = (hour: string, lateObjects: number, objectCount: number) => ({
    windowStart: `2026-03-04T0${hour}:00:00.000Z`,
    windowEnd: `2026-03-04T0${Number(hour) + 1}:00:00.000Z`,
    lateObjects,
    objectCount,
  });

  test('one that missed more than is tolerated makes a run less than whole, and one that missed less does not', () => {
    expect(healthOf({ ...RUN, lateWindows: [window('7', 1, 100)] })).toEqual({ level: 0, reasons: [] });
    const found = healthOf({ ...RUN, lateWindows: [window('7', 2, 100), window('5', 1, 100)] });
    const reason =
      '2 of 100 objects of the window from 2026-03-04T07:00:00.000Z to 2026-03-04T08:00:00.000Z came after it was told and were not analysed for it';
    expect(found).toEqual({ level: 1, reasons: [reason] });
    expect(healthOf({ ...RUN, lateWindows: [window('7', 2, 100)] }, { late: 0.02 }).level).toBe(0);
  });

  test('the one that missed the largest share is named, and how many others there are', () => {
    const { reasons } = healthOf({ ...RUN, lateWindows: [window('5', 10, 100), window('7', 1, 2), window('6', 3, 9)] });
    expect(reasons).toEqual([
      expect.stringMatching(
        /^1 of 2 objects of the window from 2026-03-04T07:.* for it, and some of 2 other windows: lateWindows in report.json has them$/,
      ),
    ]);
  });
});

test.each([
  [47, 47, []],
  [
    48,
    47,
    [
      'the baseline is 2 days old, older than the 47 h of baselineAge: make it anew from newer data, or raise the limit if the model is as old',
    ],
  ],
  [
    8761,
    8760,
    [
      'the baseline is 365 days old, older than the 365 days of baselineAge: make it anew from newer data, or raise the limit if the model is as old',
    ],
  ],
  [8761, undefined, []],
  [undefined, 1, []],
])('a baseline of %p hours where %p are allowed gives the reasons %j', (baselineAgeHours, limit, reasons) => {
  const found = healthOf({ ...RUN, baselineAgeHours }, { baselineAgeHours: limit });
  expect(found).toEqual({ level: reasons.length, reasons });
});

test('all reasons are told', () => {
  const run: JudgedRun = {
    ...RUN,
    evaluated: 'Part',
    leftOutCount: 2,
    lateObjects: 3,
    objectCount: 3,
    ...unreadable(9),
  };
  expect(healthOf(run)).toEqual({
    level: 1,
    reasons: [
      expect.stringMatching(/^9 of 108 records were not used/),
      '2 checks that the baseline asks for were not made; notEvaluated of the report has which, and why',
      '3 objects of the window before came after its run and were not analysed; let runs wait longer (settleTime), or raise lateObjects of the limits',
    ],
  });
});

test('of variants that are judged apart, none hides what it lacks behind the others', () => {
  const labels = { ...NO_LABELS, matched: 50, predictionsWithoutLabel: 50 };
  const blue = { variant: 'blue', status: 'Analysed' as const, recordCount: 9999, ...unreadable(1) };
  const green = { variant: 'green', status: 'LabelsMissing' as const, recordCount: 50, ...unreadable(2), labels };
  expect(healthOf({ ...RUN, recordCount: 10_000, ...unreadable(3), perVariant: [blue, green] })).toEqual({
    level: 1,
    reasons: [
      'variant green: 2 of 52 records were not used (3.85%): 2 wrong-width; report.json has where the first are',
      'variant green: 50 predictions have no label (50%): too many for the others to be judged; see whether what collects labels ran, and whether the window waits as long as they take',
    ],
  });
});
