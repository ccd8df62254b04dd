import type { MonitorKindName } from '../../lib/kind/kind-sheet';
import { KINDS } from '../../lib/kind/kinds';
import { confirmed, DEFAULT_ALERT, isConfirmedAlone, type UnjudgedViolation } from '../../lib/outcome/confirmation';
import type { ViolatedConstraint } from '../../lib/outcome/contract';

const KIND_NAMES = Object.keys(KINDS) as MonitorKindName[];

const DRIFT: UnjudgedViolation = { feature: 'age', check: 'baseline_drift_check', description: 'd', pValue: 1.9e-6 };
const OTHER = { feature: 'income', check: 'baseline_drift_check' };
const [SEEN, UNSEEN] = [[DRIFT], [OTHER]];

const judged = (earlier: ViolatedConstraint[][], alert = DEFAULT_ALERT, violation = DRIFT, everyHours = 1) =>
  confirmed({ kind: 'DataQuality', violations: [violation], alert, earlier, everyHours })[0].confirmed;

test.each([
  ['none before', [], false],
  ['the one before had it', [SEEN], true],
  ['the one before the last had it', [UNSEEN, SEEN], true],
  ['both had it', [SEEN, SEEN], true],
  ['only the third before had it', [UNSEEN, [], SEEN], false],
  ['the one before had another', [UNSEEN], false],
  ['the one before had it for another check', [[{ feature: 'age', check: 'completeness_check' }]], false],
])('by default a violation is confirmed in 2 of the last 3 windows: %s', (_, earlier, expected) => {
  expect(judged(earlier)).toBe(expected);
});

test.each([
  [1, 9e-4, 1.9e-6, true],
  [1, 1.9e-6, 9e-4, true],
  [1, 9e-4, 2e-6, false],
  [1, 9e-4, undefined, true],
  [1, undefined, 9e-4, true],
  [24, 9e-4, 4.7e-5, true],
  [24, 9e-4, 4.9e-5, false],
  [168, 9e-4, 3.3e-4, true],
  [168, 9e-4, 3.4e-4, false],
  [0.25, 9e-4, 1e-6, false],
])(
  'windows of %p hours that confirm each other have one of less than 2 in a million an hour, or of which chance is not known: %p after %p',
  (everyHours, now, before, expected) => {
    const earlier = [[{ ...SEEN[0], pValue: before }]];
    const other = { ...DRIFT, check: 'completeness_check', pValue: now };
    expect(judged(earlier, DEFAULT_ALERT, other, everyHours)).toBe(false);
    expect(judged(earlier, DEFAULT_ALERT, { ...DRIFT, pValue: now }, everyHours)).toBe(expected);
  },
);

test('a policy that says so many windows takes any that violate', () => {
  const likely = { ...DRIFT, pValue: 9e-4 };
  expect(judged([[likely]], { windows: 2, lastWindows: 3 }, likely, 0.25)).toBe(true);
  expect(judged([[likely]], DEFAULT_ALERT, likely, 0.25)).toBe(false);
});

test('a policy of one window believes whatever chance does, and needs no other window', () => {
  const likely = { check: 'baseline_drift_check', pValue: 0.5 };
  expect(isConfirmedAlone('DataQuality', likely, { windows: 1, lastWindows: 5 })).toBe(true);
  expect(judged([], { windows: 1, lastWindows: 5 }, { ...DRIFT, ...likely })).toBe(true);
});

test('a window that lists a constraint twice counts once', () => {
  expect(judged([[DRIFT, DRIFT]], { windows: 3, lastWindows: 3 })).toBe(false);
  expect(judged([SEEN, SEEN], { windows: 3, lastWindows: 3 })).toBe(true);
});

test.each([
  [1, 1, [], true],
  [1, 5, [], true],
  [3, 3, [SEEN], false],
  [3, 5, [SEEN, UNSEEN, UNSEEN, SEEN], true],
  [3, 4, [SEEN, UNSEEN, UNSEEN, SEEN], false],
])('%d of the last %d windows', (windows, lastWindows, earlier, expected) => {
  expect(judged(earlier, { windows, lastWindows })).toBe(expected);
});

test.each([
  [0, true],
  [9.9e-7, true],
  [1e-6, false],
  [1e-3, false],
])('a violation that chance does with probability %d is confirmed alone: %p', (pValue, expected) => {
  expect(judged([], DEFAULT_ALERT, { ...DRIFT, pValue })).toBe(expected);
});

test.each([
  ['missing_column_check', true],
  ['extra_column_check', true],
  ['data_type_check', true],
  ['completeness_check', false],
  ['categorical_values_check', false],
  ['baseline_drift_check', false],
])("of the container's checks of data quality, %s is confirmed alone: %p", (check, expected) => {
  expect(isConfirmedAlone('DataQuality', { check }, DEFAULT_ALERT)).toBe(expected);
});

test.each(KIND_NAMES)('a check of %s that nothing is known of waits for other windows', (kind) => {
  expect(isConfirmedAlone(kind, { check: 'GreaterThanThreshold' }, DEFAULT_ALERT)).toBe(false);
});

test('what is confirmed comes first, each part in its order, and nothing is lost', () => {
  const violations = ['a', 'b', 'c', 'd'].map((feature, index) => ({
    ...DRIFT,
    feature,
    pValue: index % 2 === 0 ? 1e-4 : 0,
  }));
  const found = confirmed({ kind: 'DataQuality', violations, alert: DEFAULT_ALERT, earlier: [], everyHours: 1 });
  expect(found.map(({ feature, confirmed: is }) => [feature, is])).toEqual([
    ['b', true],
    ['d', true],
    ['a', false],
    ['c', false],
  ]);
});

test('names that would run into each other are told apart', () => {
  const split = [{ feature: 'a","b', check: 'c' }];
  const violation = { ...DRIFT, feature: 'a', check: 'b","c' };
  expect(judged([split], DEFAULT_ALERT, violation)).toBe(false);
});

test('a window confirms what the same variant violated before, and not what another did', () => {
  const green = { ...DRIFT, variant: 'green' };
  expect(judged([[green]], DEFAULT_ALERT, green)).toBe(true);
  expect(judged([[{ ...DRIFT, variant: 'blue' }]], DEFAULT_ALERT, green)).toBe(false);
  expect(judged([[DRIFT]], DEFAULT_ALERT, green)).toBe(false);
});
