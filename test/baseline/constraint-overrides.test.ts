import { Token } from 'aws-cdk-lib';
import {
  ComparisonMethod,
  type ConstraintOverrides,
  constraintOverridesConfig,
  type FeatureOverrides,
} from '../../lib/baseline/constraint-overrides';

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
});
