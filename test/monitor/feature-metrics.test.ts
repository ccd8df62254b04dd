import { FeatureMetrics } from '../../lib/monitor/feature-metrics';

describe('feature metrics', () => {
  test('are none, or those that are named', () => {
    expect(FeatureMetrics.none().features).toEqual([]);
    expect(FeatureMetrics.of('tenure', 'fee').features).toEqual(['tenure', 'fee']);
  });

  test.each([[[]], [['']], [['tenure', '']], [['tenure', 'tenure']]])('fail for the names %j', (features) => {
    expect(() => FeatureMetrics.of(...features)).toThrow(
      `InvalidFeatureMetrics: 'features' is ${JSON.stringify(features)}, allowed is at least one name, none of them empty, each once`,
    );
  });

  test('cannot be changed from outside', () => {
    const metrics = FeatureMetrics.of('tenure');
    metrics.features.push('fee');
    expect(metrics.features).toEqual(['tenure']);
  });
});
