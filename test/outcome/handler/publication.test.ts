import { executionReport } from '../../../lib/outcome/execution-report';
import { featureMetrics, outcomeMetrics } from '../../../lib/outcome/handler/publication';
import { leftBy, RUN } from '../run';

const NOW = new Date('2026-03-04T10:05:00Z');

/** What is published of distances, by feature. */
function published(distances: readonly (readonly [string, number])[], features: readonly string[]) {
  const report = leftBy(
    {},
    {},
    { distances: distances.map(([feature, distance]) => ({ feature, distance, threshold: 0.1, method: 'KS' })) },
  );
  return featureMetrics(report, features, NOW).map(({ Dimensions, Value }) => [Dimensions?.[1].Value, Value]);
}

test('a distance that CloudWatch would refuse is published as the largest, or least, that it takes, and one that is no number is not', () => {
  const most = 2 ** 360;
  const distances = [
    ['small', 0.25],
    ['large', 1e200],
    ['endless', Number.POSITIVE_INFINITY],
    ['below', -1e200],
    ['most', most],
    ['none', Number.NaN],
  ] as const;
  const names = distances.map(([name]) => name);
  expect(published(distances, names)).toEqual([
    ['small', 0.25],
    ['large', most],
    ['endless', most],
    ['below', -most],
    ['most', most],
  ]);
});

test('distances are published of the features that are asked for, and of no other', () => {
  expect(
    published(
      [
        ['asked', 0.5],
        ['other', 0.5],
      ],
      ['asked', 'absent'],
    ),
  ).toEqual([['asked', 0.5]]);
});

test('of variants that are judged apart, the largest distance is published', () => {
  const far = [
    ['age', 0.25],
    ['age', 0.5],
    ['age', Number.NaN],
    ['age', 0.125],
  ] as const;
  expect(published(far, ['age'])).toEqual([['age', 0.5]]);
});

test('differences of two variants are published where they were counted, none as 0', () => {
  const differences = (differenceCount?: number) => {
    const comparison = { reference: 'a', candidate: 'b', differenceCount, notCompared: [] };
    const metrics = outcomeMetrics(leftBy({}, { comparison }, {}), { monitoringId: 'Stack/Churn' }, NOW);
    return metrics
      .filter(({ MetricName }) => MetricName === 'VariantDifferences')
      .map(({ Value, Unit }) => [Value, Unit]);
  };
  expect(differences(3)).toEqual([[3, 'Count']]);
  expect(differences(0)).toEqual([[0, 'Count']]);
  expect(differences()).toEqual([]);
});

describe('concept drift and decay', () => {
  const violation = (check: string, confirmed: boolean) => ({ feature: 'f1', check, description: '', confirmed });
  const violations = [
    ...[true, true, false].map((confirmed) => violation('concept_drift_check', confirmed)),
    violation('LessThanThreshold', true),
  ];
  const signals = (conclusion: Partial<Parameters<typeof executionReport>[1]>) => {
    const run = { ...RUN, monitorKind: 'ModelQuality' } as const;
    const report = executionReport(run, { status: 'Analysed', violations, ...conclusion }, NOW);
    return outcomeMetrics(report, { monitoringId: 'Stack/Churn' }, NOW)
      .filter(({ MetricName = '' }) => ['ConceptDrift', 'ModelDecay'].includes(MetricName))
      .map(({ MetricName, Value, Unit, Dimensions }) => [MetricName, Value, Unit, Dimensions?.[0].Name]);
  };

  test('their confirmed violations are counted, and 0 is a value of a check that found none', () => {
    expect(signals({ lookedFor: ['ConceptDrift', 'ModelDecay'] })).toEqual([
      ['ConceptDrift', 2, 'Count', 'MonitorId'],
      ['ModelDecay', 0, 'Count', 'MonitorId'],
    ]);
  });

  test('a check that was not made has no value, and neither has one where no metric is asked for', () => {
    expect(signals({ lookedFor: ['ConceptDrift'] }).map(([name]) => name)).toEqual(['ConceptDrift']);
    expect(signals({ lookedFor: ['ModelDecay'] })).toEqual([['ModelDecay', 0, 'Count', 'MonitorId']]);
    expect(signals({ lookedFor: [] })).toEqual([]);
    expect(signals({})).toEqual([]);
    expect(signals({ status: 'Failed', violations: undefined })).toEqual([]);
  });

  test('reports of earlier versions, which say nothing of them, have no value', () => {
    expect(outcomeMetrics(leftBy({}), { monitoringId: 'Stack/Churn' }, NOW).map((one) => one.MetricName)).toEqual([
      'Health',
      'Violations',
    ]);
  });
});
