import {
  type Constraints,
  checkDataQuality,
  checkWindow,
  type PartialProfile,
  statistics,
  suggestConstraints,
  type WindowCheck,
  type WindowDriftSettings,
} from '../../../lib/analysis';
import { NO_COLUMN, NO_WINDOW_DISTRIBUTION, NOT_IN_STATISTICS } from '../../../lib/analysis/data-quality/gap-reasons';
import { captured, profileOf } from '../dataset';

type Row = (index: number) => readonly (string | number)[];

const table = (header: string, rows: number, row: Row) =>
  profileOf([[header, ...Array.from({ length: rows }, (_, index) => row(index).join(','))].join('\n')]);

/** A flag of ten percent ones, a number, and three colours. */
const usual: Row = (i) => [i % 10 === 0 ? 1 : 0, (((i * 37) % 1000) / 8).toFixed(3), ['red', 'green', 'blue'][i % 3]];
const turned: Row = (i) => [i % 10 === 0 ? 0 : 1, ...usual(i).slice(1)];
const HEADER = 'flag,amount,colour';
const baseline = statistics(table(HEADER, 2000, usual));
const constraints = suggestConstraints(baseline);

const MASS_SHIFT: WindowDriftSettings = { method: 'MassShift' };
const PARITY: WindowDriftSettings = { method: 'ModelMonitor' };

/** By the container's rules for all but drift. */
const checked = (profile: PartialProfile, changed: Partial<WindowCheck> = {}) =>
  checkWindow({
    profile,
    baselineStatistics: baseline,
    baselineConstraints: constraints,
    drift: MASS_SHIFT,
    checks: 'ModelMonitor',
    ...changed,
  });

const withConfig = (config: Constraints['monitoring_config']): Constraints => ({
  ...constraints,
  monitoring_config: { ...constraints.monitoring_config, ...config },
});

test('a flag that turns around violates, in the words of Model Monitor', () => {
  const { violations, distances } = checked(table(HEADER, 500, turned));
  expect(violations).toEqual([
    {
      feature_name: 'flag',
      constraint_check_type: 'baseline_drift_check',
      description: expect.stringMatching(/^Baseline drift distance: 0\.8\d* exceeds threshold: 0\.1$/),
    },
  ]);
  expect(distances.map(({ feature, method }) => `${feature} ${method}`)).toEqual([
    'flag MassShift',
    'amount MassShift',
    'colour MassShift',
  ]);
  expect(distances[0].pValue).toBeLessThan(1e-9);
});

test.each<WindowDriftSettings['method']>(['MassShift', 'PopulationStability', 'Wasserstein', 'JensenShannon'])(
  'it violates by %s, which names itself',
  (method) => {
    const { violations, distances } = checked(table(HEADER, 500, turned), { drift: { method } });
    expect(violations.map(({ feature_name }) => feature_name)).toEqual(['flag']);
    expect(distances[0].method).toBe(method);
  },
);

test('by the rule of Model Monitor it does not, and all is as in checkDataQuality', () => {
  const profile = table(HEADER, 500, turned);
  const { statistics: found, ...rest } = checked(profile, { drift: PARITY });
  const given = { profile, baselineStatistics: baseline, baselineConstraints: constraints };
  expect(rest).toEqual(checkDataQuality(given));
  expect(rest.violations).toEqual([]);
  expect(rest.distances[0]).toEqual({ feature: 'flag', distance: 0, threshold: 0.1, method: 'Robust' });
  expect(found).toEqual(statistics(profile));
});

test('its drift method has its checks, too, also where nothing is said of them', () => {
  const profile = table('flag,amount', 500, (i) => turned(i).slice(0, 2));
  const { violations } = checked(profile, { drift: PARITY, checks: undefined });
  expect(violations.map(({ feature_name }) => feature_name)).toEqual(['Missing columns']);
  expect(checked(profile, { checks: undefined }).violations[1]).toMatchObject({ feature_name: 'colour' });
});

test('a window like the baseline violates nothing, and its statistics have the names of the baseline', () => {
  const { violations, notEvaluated, statistics: found } = checked(table(HEADER, 500, usual));
  expect([violations, notEvaluated]).toEqual([[], []]);
  expect(found.features.map(({ name }) => name)).toEqual(['flag', 'amount', 'colour']);
});

test('columns of captured data have no names: those of the baseline are theirs', () => {
  const lines = Array.from({ length: 500 }, (_, index) => captured({ input: usual(index).join(',') }));
  const { distances, statistics: found } = checked(profileOf([lines.join('\n')], { kind: 'capture' }));
  expect(found.features.map(({ name }) => name)).toEqual(['flag', 'amount', 'colour']);
  expect(distances.map(({ feature }) => feature)).toEqual(['flag', 'amount', 'colour']);
});

test('what other checks find stays, in the order of the features', () => {
  const mixed: Row = (i) => [i % 10 === 0 ? '' : 1, usual(i)[1], i % 2 === 0 ? 'black' : 'red'];
  const found = checked(table(HEADER, 500, mixed)).violations;
  expect(found.map(({ feature_name, constraint_check_type }) => `${feature_name} ${constraint_check_type}`)).toEqual([
    'flag completeness_check',
    'flag baseline_drift_check',
    'colour categorical_values_check',
    'colour baseline_drift_check',
  ]);
});

test('a lower false alarm rate asks for more evidence', () => {
  const slightly: Row = (i) => [i % 10 < 4 ? 1 : 0, ...usual(i).slice(1)];
  const of = (falseAlarmRate?: number) =>
    checked(table(HEADER, 40, slightly), { drift: { method: 'MassShift', falseAlarmRate } }).violations.map(
      ({ feature_name }) => feature_name,
    );
  expect(of(1e-12)).toEqual([]);
  expect(of(0.01)).toEqual(['flag']);
  expect(of(1)).toEqual(['flag', 'amount']); // of 40 rows
});

test('another number of columns is the only violation, and nothing is compared', () => {
  const { violations, distances } = checked(table('flag,amount', 500, (i) => turned(i).slice(0, 2)));
  expect(violations.map(({ constraint_check_type }) => constraint_check_type)).toEqual(['missing_column_check']);
  expect(distances).toEqual([]);
});

test('without rows there is nothing to compare, and that is said', () => {
  const { violations, distances, notEvaluated } = checked(profileOf([`${HEADER}\n`]));
  expect([violations, distances]).toEqual([[], []]);
  expect(notEvaluated).toEqual([{ feature: '', check: 'all', reason: 'the data have no readable rows' }]);
});

test('nothing is compared where comparison is switched off', () => {
  const baselineConstraints = withConfig({ distribution_constraints: { perform_comparison: 'Disabled' } });
  const { violations, distances, notEvaluated } = checked(table(HEADER, 500, turned), { baselineConstraints });
  expect([violations, distances, notEvaluated]).toEqual([[], [], []]);
});

test('constraints that are not evaluated leave the distances, and no violation', () => {
  const baselineConstraints = withConfig({ evaluate_constraints: 'Disabled' });
  const { violations, distances } = checked(table(HEADER, 500, turned), { baselineConstraints });
  expect(violations).toEqual([]);
  expect(distances[0].distance).toBeGreaterThan(0.7);
});

test('a feature may be evaluated although the file is not, and the other way round', () => {
  const found = (file: 'Enabled' | 'Disabled', own: 'Enabled' | 'Disabled') => {
    const features = constraints.features.map((feature) =>
      feature.name === 'flag' ? { ...feature, monitoring_config_overrides: { evaluate_constraints: own } } : feature,
    );
    const baselineConstraints = { ...withConfig({ evaluate_constraints: file }), features };
    return checked(table(HEADER, 500, turned), { baselineConstraints }).violations.length;
  };
  expect([found('Disabled', 'Enabled'), found('Enabled', 'Disabled')]).toEqual([1, 0]);
});

test('the thresholds of the constraints hold', () => {
  const baselineConstraints = withConfig({ distribution_constraints: { comparison_threshold: 0.9 } });
  const { violations, distances } = checked(table(HEADER, 500, turned), { baselineConstraints });
  expect(violations).toEqual([]);
  expect(distances[0].threshold).toBe(0.9);
});

test('every feature that could not be checked is told, once', () => {
  const names = 'flag,amount,shade'; // colour is not there
  const many: Row = (i) => [turned(i)[0], `text ${i}`, 'red'];
  const baselineStatistics = { ...baseline, features: baseline.features.filter(({ name }) => name !== 'flag') };
  const { notEvaluated } = checked(table(names, 500, many), { baselineStatistics });
  expect(notEvaluated).toEqual([
    { feature: 'colour', check: 'all', reason: NO_COLUMN },
    {
      feature: 'amount',
      check: 'baseline_drift_check',
      reason: NO_WINDOW_DISTRIBUTION,
    },
    { feature: 'flag', check: 'baseline_drift_check', reason: NOT_IN_STATISTICS },
  ]);
});
