import type { Constraints, FeatureConstraints, MonitoringConfig } from '../../../../lib/analysis';
import {
  comparisonSettings,
  isEvaluated,
  thresholdOf,
} from '../../../../lib/analysis/data-quality/detectors/comparison-settings';

/** Constraints of the feature `a`, after another one that has everything set otherwise. */
const constraints = (file?: MonitoringConfig, own: Partial<FeatureConstraints> = {}): Constraints => ({
  version: 0,
  features: [
    {
      name: 'other',
      inferred_type: 'String',
      monitoringConfigOverrides: {
        evaluate_constraints: 'Disabled',
        distribution_constraints: { comparison_threshold: 0.9 },
      },
    },
    { name: 'a', inferred_type: 'String', ...own },
  ],
  monitoring_config: file,
});

const threshold = (comparison_threshold: number): MonitoringConfig => ({
  distribution_constraints: { comparison_threshold },
});

test("a feature's settings lie over those of the file, the developer guide's spelling over the SDK's", () => {
  const file = { distribution_constraints: { comparison_threshold: 0.1, comparison_method: 'Simple' } } as const;
  const sdk = { monitoring_config_overrides: threshold(0.2) };
  const guide = { monitoringConfigOverrides: threshold(0.3) };
  const of = (own: Partial<FeatureConstraints>) => comparisonSettings(constraints(file, own), 'a');
  expect(of({})).toEqual({ comparison_threshold: 0.1, comparison_method: 'Simple' });
  expect(of(sdk)).toEqual({ comparison_threshold: 0.2, comparison_method: 'Simple' });
  expect(of({ ...sdk, ...guide })).toEqual({ comparison_threshold: 0.3, comparison_method: 'Simple' });
});

test('a file that says nothing, and one without the feature, have no settings of it', () => {
  expect(comparisonSettings(constraints(), 'a')).toEqual({});
  expect(comparisonSettings(constraints(threshold(0.1)), 'unknown')).toEqual({ comparison_threshold: 0.1 });
});

test.each([
  [{ comparison_threshold: 0.1, categorical_comparison_threshold: 0.2 }, 0.1, 0.2],
  [{ comparison_threshold: 0.1, categorical_comparison_threshold: 0 }, 0.1, 0],
  [{ comparison_threshold: 0.1 }, 0.1, 0.1],
  [{ categorical_comparison_threshold: 0.2 }, undefined, 0.2],
  [{}, undefined, undefined],
])('of %j numbers have %p, categories %p', (settings, numeric, categorical) => {
  expect([thresholdOf(settings, false), thresholdOf(settings, true)]).toEqual([numeric, categorical]);
});

const evaluation = (evaluate_constraints: 'Enabled' | 'Disabled'): MonitoringConfig => ({ evaluate_constraints });

test.each<[string, MonitoringConfig | undefined, Partial<FeatureConstraints>, boolean]>([
  ['where nothing is said', undefined, {}, true],
  ['where the file says so', evaluation('Enabled'), {}, true],
  ['not where the file says so', evaluation('Disabled'), {}, false],
  ['as the feature says', evaluation('Disabled'), { monitoring_config_overrides: evaluation('Enabled') }, true],
  ['not as the feature says', evaluation('Enabled'), { monitoringConfigOverrides: evaluation('Disabled') }, false],
  [
    'as the file says, where the feature says other things',
    evaluation('Disabled'),
    { monitoringConfigOverrides: {} },
    false,
  ],
  [
    "by the developer guide's spelling before the SDK's",
    undefined,
    { monitoringConfigOverrides: evaluation('Enabled'), monitoring_config_overrides: evaluation('Disabled') },
    true,
  ],
])('violations of a feature count: %s', (_, file, own, expected) => {
  expect(isEvaluated(constraints(file, own), 'a')).toBe(expected);
});

test('violations of a feature that the file does not have count as the file says', () => {
  expect(isEvaluated(constraints(), 'unknown')).toBe(true);
  expect(isEvaluated(constraints(evaluation('Disabled')), 'unknown')).toBe(false);
});
