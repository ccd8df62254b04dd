import {
  type Constraints,
  checkWindow,
  dataQualityAnalysis,
  type FeatureConstraints,
  type MonitoringConfig,
  statistics,
  suggestConstraints,
} from '../../../lib/analysis';
import { profileOf } from '../dataset';

const data = (count: number, state: (i: number) => string, days: (i: number) => number) =>
  profileOf([['state,days', ...Array.from({ length: count }, (_, i) => `${state(i)},${days(i)}`)].join('\n')]);
const usual = data(
  500,
  (i) => ['OH', 'KS'][i % 2],
  (i) => i % 90,
);
const other = data(
  500,
  () => 'ZZ',
  (i) => i + 1000,
);
const baselineStatistics = statistics(usual);
const suggested = suggestConstraints(baselineStatistics);

const OFF: MonitoringConfig = { evaluate_constraints: 'Disabled' };
const NESTED = { monitoring_config_overrides: OFF };

function withChanges(changes: { readonly [feature: string]: Partial<FeatureConstraints> }): Constraints {
  return { ...suggested, features: suggested.features.map((each) => ({ ...each, ...changes[each.name] })) };
}

const violated = (baselineConstraints: Constraints, checks?: 'ModelMonitor') => {
  const window = { profile: other, baselineStatistics, baselineConstraints, drift: { method: 'MassShift' }, checks };
  const { violations } = checkWindow(window as Parameters<typeof checkWindow>[0]);
  return [...new Set(violations.map(({ feature_name }) => feature_name))];
};

const NEITHER = withChanges({
  state: { string_constraints: { domains: ['OH', 'KS'], ...NESTED } },
  days: { num_constraints: { is_non_negative: true, ...NESTED } },
});

test('a switch that the Python SDK wrote inside string_constraints or num_constraints is that of the feature', () => {
  expect(violated(suggested)).toEqual(['state', 'days']);
  expect(violated(NEITHER)).toEqual([]);
});

test('one feature that is switched off leaves the others on', () => {
  const { features } = NEITHER;
  expect(violated({ ...suggested, features: [features[0], suggested.features[1]] })).toEqual(['days']);
});

test('what stands in a documented place wins over it, by member', () => {
  const on = { evaluate_constraints: 'Enabled' as const };
  const nested = { string_constraints: NESTED };
  expect(violated(withChanges({ state: { ...nested, monitoring_config_overrides: on } }))).toContain('state');
  expect(violated(withChanges({ state: { ...nested, monitoringConfigOverrides: on } }))).toContain('state');
  const threshold = { distribution_constraints: { comparison_threshold: 0.2 } };
  expect(violated(withChanges({ state: { ...nested, monitoring_config_overrides: threshold } }))).not.toContain(
    'state',
  );
});

test("the container's rules know no such place", () => {
  expect(violated(NEITHER, 'ModelMonitor')).toEqual(['state', 'days']);
});

test('a comparison that is switched off there needs no distribution', () => {
  const [state, days] = baselineStatistics.features;
  const { distribution, ...numbers } = days.numerical_statistics ?? {};
  expect(distribution).toBeDefined();
  const sketchless = { ...baselineStatistics, features: [state, { ...days, numerical_statistics: numbers }] };
  const off: MonitoringConfig = { distribution_constraints: { perform_comparison: 'Disabled' } };
  const problem = (constraints: Constraints) =>
    dataQualityAnalysis({ input: { kind: 'capture' } }).baselineProblem?.({
      'statistics.json': sketchless,
      'constraints.json': constraints,
    });
  expect(problem(suggested)).toContain('"days"');
  expect(problem(withChanges({ days: { num_constraints: { monitoring_config_overrides: off } } }))).toBeUndefined();
});
