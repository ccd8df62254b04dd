import { FeatureMetrics } from '../../lib/monitor/feature-metrics';

describe('feature metrics', () => {
  test('are none, or those that are named', () => {
    expect(FeatureMetrics.none().features).toEqual([]);
    expect(FeatureMetrics.of('tenure', 'fee').features).toEqual(['tenure', 'fee']);
  });

  test.each([[[]], [['']], [['tenure', '']], [['tenure', 'tenure']]])('fail for the names %j', (features) => {
    expect(() => FeatureMetrics.of(...features)).toThrow(
      `InvalidFeatureMetrics: 'features' is ${JSON.stringify(features)}, allowed is at least one name, none empty, each once`,
    );
  });

  test.each(['größe', ' ', 'a\nb', 'f'.repeat(1025), 'a\u007f'])('fail for %j, which CloudWatch refuses', (name) => {
    expect(() => FeatureMetrics.of('tenure', name)).toThrow(
      /^InvalidFeatureMetrics: 'features' is .*1 to 1024 characters of ASCII/,
    );
  });

  test('take what CloudWatch takes', () => {
    const names = ['a b', ':x', '~', 'f'.repeat(1024)];
    expect(FeatureMetrics.of(...names).features).toEqual(names);
  });

  test('cannot be changed from outside', () => {
    const metrics = FeatureMetrics.of('tenure');
    metrics.features.push('fee');
    expect(metrics.features).toEqual(['tenure']);
  });
});
