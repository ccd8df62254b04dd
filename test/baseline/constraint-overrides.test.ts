import { Token } from 'aws-cdk-lib';
import { suggestQualityConstraints } from '../../lib/analysis';
import {
  CategoricalDriftMethod,
  ComparisonMethod,
  type ConstraintOverrides,
  constraintOverridesConfig,
  type FeatureOverrides,
  overridesOfOtherKinds,
} from '../../lib/baseline/constraint-overrides';
import type { MetricThresholds } from '../../lib/baseline/metric-thresholds';
import { MonitorKind } from '../../lib/kind/monitor-kind';

const SHARES = [
  'datatypeCheckThreshold',
  'domainContentThreshold',
  'comparisonThreshold',
  'categoricalComparisonThreshold',
] as const;
const FEATURE_SHARES = ['completeness', 'completenessTolerance'] as const;
const ofFeature = (overrides: FeatureOverrides): ConstraintOverrides => ({ features: { tenure: overrides } });

describe('constraint overrides', () => {
  test('reach the handler as they are', () => {
    const overrides: ConstraintOverrides = {
      datatypeCheckThreshold: 0.9,
      domainContentThreshold: 0.8,
      comparisonThreshold: 0.2,
      comparisonMethod: ComparisonMethod.SIMPLE,
      categoricalComparisonThreshold: 0.3,
      features: { tenure: { completeness: 0.7 }, fee: { completenessTolerance: 0.1 } },
    };
    expect(constraintOverridesConfig(overrides)).toEqual(overrides);
  });

  test('may be none', () => {
    expect(constraintOverridesConfig({})).toEqual({});
  });

  test("have the container's words for methods", () => {
    expect(Object.values(ComparisonMethod)).toEqual(['Simple', 'Robust']);
  });

  describe.each(SHARES)('the %s', (prop) => {
    test.each([0, 0.5, 1])('may be %d', (share) => {
      expect(constraintOverridesConfig({ [prop]: share })).toEqual({ [prop]: share });
    });

    test.each([-0.001, 1.001, 10, Number.NaN])('fails as %d', (share) => {
      expect(() => constraintOverridesConfig({ [prop]: share })).toThrow(
        `InvalidConstraintOverrides: 'overrides.${prop}' is ${share}, allowed is a share from 0 to 1`,
      );
    });

    test('may be known at deployment only', () => {
      const share = Token.asNumber({ Ref: 'Share' });
      expect(constraintOverridesConfig({ [prop]: share })).toEqual({ [prop]: share });
    });
  });

  describe.each(FEATURE_SHARES)('the %s of a feature', (prop) => {
    test.each([0, 1])('may be %d', (share) => {
      expect(() => constraintOverridesConfig(ofFeature({ [prop]: share }))).not.toThrow();
    });

    test.each([-0.001, 1.001])('fails as %d', (share) => {
      expect(() => constraintOverridesConfig(ofFeature({ [prop]: share }))).toThrow(
        `InvalidConstraintOverrides: 'overrides.features.tenure.${prop}' is ${share}, allowed is a share from 0 to 1`,
      );
    });

    test('may be known at deployment only', () => {
      const share = Token.asNumber({ Ref: 'Share' });
      expect(() => constraintOverridesConfig(ofFeature({ [prop]: share }))).not.toThrow();
    });
  });

  test('fail with a completeness and a tolerance of the same feature', () => {
    expect(() => constraintOverridesConfig(ofFeature({ completeness: 0.9, completenessTolerance: 0.1 }))).toThrow(
      `'overrides.features.tenure' is {"completeness":0.9,"completenessTolerance":0.1}, ` +
        "allowed is either 'completeness' or 'completenessTolerance' (leave one of them out)",
    );
  });

  test('fail with all problems at once', () => {
    const overrides = { comparisonThreshold: 2, features: { tenure: { completeness: -1 }, fee: { completeness: 3 } } };
    expect(() => constraintOverridesConfig(overrides)).toThrow(
      /'overrides\.comparisonThreshold'.*; 'overrides\.features\.tenure\.completeness'.*; 'overrides\.features\.fee\.completeness'/,
    );
  });

  test('[D10] have the words of the container for the drift of categories', () => {
    expect(Object.values(CategoricalDriftMethod)).toEqual(['LInfinity', 'ChiSquared']);
  });

  test('[D10] hold for a feature as for all', () => {
    const monitoring = { comparisonThreshold: 0.2, emitMetrics: false, performComparison: true };
    expect(constraintOverridesConfig(ofFeature(monitoring))).toEqual({ features: { tenure: monitoring } });
    expect(() => constraintOverridesConfig(ofFeature({ comparisonThreshold: 2 }))).toThrow(
      "'overrides.features.tenure.comparisonThreshold' is 2",
    );
  });

  test('[D10] fail without any category of a feature', () => {
    expect(() => constraintOverridesConfig(ofFeature({ domains: [] }))).toThrow(
      "'overrides.features.tenure.domains' is [], allowed is at least one category",
    );
  });
});

describe('[D10] thresholds of metrics', () => {
  const config = (metricThresholds: MetricThresholds) => constraintOverridesConfig({ metricThresholds });

  test("have the names of Model Monitor's constraints", () => {
    const thresholds: Required<MetricThresholds> = {
      mae: 1,
      mse: 1,
      rmse: 1,
      r2: 1,
      accuracy: 1,
      recall: 1,
      precision: 1,
      auc: 1,
      truePositiveRate: 1,
      trueNegativeRate: 1,
      falsePositiveRate: 1,
      falseNegativeRate: 1,
      f05: 1,
      f1: 1,
      f2: 1,
      weightedRecall: 1,
      weightedPrecision: 1,
      weightedF05: 1,
      weightedF1: 1,
      weightedF2: 1,
    };
    const names = Object.keys(config(thresholds).metricThresholds ?? {});
    const point = { value: 1 };
    const all = new Proxy({}, { get: () => point }) as never;
    const known = suggestQualityConstraints({
      version: 0,
      dataset: { item_count: 1 },
      regression_metrics: all,
      binary_classification_metrics: all,
      multiclass_classification_metrics: all,
    } as never);
    const tables = Object.values(known).filter((table) => typeof table === 'object');
    expect(names.sort()).toEqual([...new Set(tables.flatMap((table) => Object.keys(table)))].sort());
  });

  test.each<[MetricThresholds, string]>([
    [{ auc: 1.01 }, "'overrides.metricThresholds.auc' is 1.01, allowed is a number from 0 to 1"],
    [{ f1: -0.1 }, 'a number from 0 to 1'],
    [{ falsePositiveRate: Number.NaN }, 'a number from 0 to 1'],
    [{ mae: -1 }, "'overrides.metricThresholds.mae' is -1, allowed is a number from 0 on"],
    [{ rmse: Number.POSITIVE_INFINITY }, 'a number from 0 on'],
    [{ r2: 1.5 }, 'a number of at most 1'],
  ])('fail as %j', (thresholds, words) => {
    expect(() => config(thresholds)).toThrow(words);
  });

  test.each<MetricThresholds>([{ mae: 1000 }, { r2: -3 }, { auc: 0 }, { recall: Token.asNumber({ Ref: 'Recall' }) }])(
    'may be %j',
    (thresholds) => {
      expect(() => config(thresholds)).not.toThrow();
    },
  );
});

describe('[D10] a kind of monitor', () => {
  const SHARES = { comparisonThreshold: 0.2 };
  const METRICS = { metricThresholds: { auc: 0.8 } };

  test.each([
    [MonitorKind.DATA_QUALITY, SHARES],
    [MonitorKind.DATA_QUALITY, { features: {} }],
    [MonitorKind.MODEL_QUALITY, METRICS],
    [MonitorKind.MODEL_BIAS, {}],
    [MonitorKind.MODEL_EXPLAINABILITY, { features: undefined }],
  ])('%s takes %j', (kind, overrides) => {
    expect(overridesOfOtherKinds(kind, overrides)).toEqual([]);
  });

  test.each([
    [MonitorKind.DATA_QUALITY, METRICS, 'overrides.metricThresholds'],
    [MonitorKind.MODEL_QUALITY, SHARES, 'overrides.comparisonThreshold'],
    [MonitorKind.MODEL_BIAS, SHARES, 'overrides.comparisonThreshold'],
    [MonitorKind.MODEL_EXPLAINABILITY, METRICS, 'overrides.metricThresholds'],
  ])('%s refuses %j', (kind, overrides, prop) => {
    expect(overridesOfOtherKinds(kind, overrides)).toMatchObject([{ prop }]);
  });
});
