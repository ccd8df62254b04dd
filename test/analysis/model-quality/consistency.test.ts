import { type ModelQualityStatistics, metricsOfStatistics } from '../../../lib/analysis/model-quality';
import { isClose } from './oracle';
import { BINARY, MULTICLASS, profileOf, REGRESSION, statisticsOf } from './rows';

const rows = [
  { actual: '1', predicted: '1', score: 0.9 },
  { actual: '0', predicted: '1', score: 0.8 },
  { actual: '1', predicted: '0', score: 0.4 },
  { actual: '0', predicted: '0', score: 0.1 },
  { actual: '0', predicted: '0', score: 0.1 },
];

test.each(['deequ-2.0', 'deequ-1.0'] as const)(
  'every metric of our own files follows from the rest of the file: %s',
  (generation) => {
    const [binary, multiclass] = [BINARY, MULTICLASS].map((problem) =>
      metricsOfStatistics(statisticsOf(profileOf(problem, rows), { generation }).statistics, generation),
    );
    for (const { metric, expected, actual } of [...binary, ...multiclass])
      expect([metric, actual]).toEqual([metric, expected]);
    expect(binary.map(({ metric }) => metric)).toContain('auc');
    expect(binary).toHaveLength(generation === 'deequ-2.0' ? 18 : 17);
    expect(multiclass).toHaveLength(12);
  },
);

test('the root follows from the mean squared error', () => {
  const { statistics } = statisticsOf(profileOf(REGRESSION, [{ actual: 1, predicted: 3.5 }]));
  const [{ metric, expected, actual }] = metricsOfStatistics(statistics, 'deequ-2.0');
  expect([metric, isClose(actual ?? 0, expected ?? 1)]).toEqual(['rmse', true]);
});

test('a metric without a value has none here, too', () => {
  const { statistics } = statisticsOf(profileOf(BINARY, rows.slice(0, 1)));
  const metrics = metricsOfStatistics(statistics, 'deequ-2.0');
  expect(metrics.find(({ metric }) => metric === 'true_negative_rate')).toMatchObject({ expected: null, actual: null });
});

test('nothing follows from a file without metrics, or with other labels', () => {
  const empty = { version: 0, dataset: { item_count: 0 } };
  expect(metricsOfStatistics(empty, 'deequ-2.0')).toEqual([]);
  const { statistics } = statisticsOf(
    profileOf({ ...BINARY, positiveLabel: 'y', negativeLabel: 'n' }, [{ actual: 'y', predicted: 'n' }]),
  );
  expect(metricsOfStatistics(statistics as ModelQualityStatistics, 'deequ-2.0')).toEqual([]);
});
