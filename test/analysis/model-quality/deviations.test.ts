import { type QualityProblem, QualityProfile, type QualityRow } from '../../../lib/analysis/model-quality';
import { isIn, sampledName, samplesOf, standardDeviation } from '../../../lib/analysis/model-quality/subsamples';
import { BINARY, MULTICLASS, metricsOf, profileOf, REGRESSION } from './rows';

const binaryRows = (count: number): QualityRow[] =>
  Array.from({ length: count }, (_, index) => {
    const score = ((index * 37) % 101) / 101;
    return { actual: index % 3 === 0 ? '1' : '0', predicted: score > 0.5 ? '1' : '0', score };
  });

const regressionRows = (count: number): QualityRow[] =>
  Array.from({ length: count }, (_, index) => ({ actual: (index * 7) % 13, predicted: (index * 5) % 11 }));

// null: a baseline of 187 rows of 2024
// https://github.com/carson-edmonds/AAI-540_Final_Project/blob/main/03_model_quality_monitor.ipynb
// NaN: weeks of 90 to 96 rows of 2022
// https://github.com/aws-samples/aws-ml-jp, sagemaker/sagemaker-model-monitor/black-belt-part2/model_quality_samples
test.each([
  ['deequ-2.0', null],
  ['deequ-1.0', 'NaN'],
] as const)('below 200 rows there is no standard deviation: %s writes %s', (generation, written) => {
  const short = metricsOf(profileOf(BINARY, binaryRows(199)), { generation });
  expect(short.accuracy.standard_deviation).toBe(written);
  expect(short.recall.standard_deviation).toBe(written);
  const long = metricsOf(profileOf(BINARY, binaryRows(200)), { generation });
  expect(long.accuracy.standard_deviation).toBeGreaterThan(0);
});

test.each<[string, QualityProblem, QualityRow[]]>([
  ['regression', REGRESSION, regressionRows(500)],
  ['binary', BINARY, binaryRows(500)],
  ['multiclass', MULTICLASS, binaryRows(500)],
])('%s deviations are those of the metrics of the five samples', (_, problem, rows) => {
  const ids = rows.map((_, index) => `row-${index}`);
  const samples = [1, 2, 3, 4, 5].map((sample) => {
    const profile = new QualityProfile(problem);
    for (const [index, row] of rows.entries()) if (isIn(samplesOf(ids[index]), sample)) profile.add(row, ids[index]);
    return metricsOf(profile);
  });
  const { confusion_matrix, receiver_operating_characteristic_curve, precision_recall_curve, ...metrics } = metricsOf(
    profileOf(problem, rows),
  );
  for (const [name, { standard_deviation }] of Object.entries(metrics)) {
    const expected = standardDeviation(samples.map((sample) => Number(sample[name].value ?? Number.NaN)));
    expect([name, standard_deviation]).toEqual([name, expected]);
  }
});

test('each sample has 80 % of the rows, and no two samples are the same', () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => samplesOf(`5f2c9d1e-${index}`));
  for (const sample of [1, 2, 3, 4, 5]) {
    const share = rows.filter((samples) => isIn(samples, sample)).length / rows.length;
    // four standard errors of a share of 0.8 in 20,000
    expect(Math.abs(share - 0.8)).toBeLessThan(4 * Math.sqrt(0.16 / 20_000));
    for (const other of [1, 2, 3, 4, 5].filter((each) => each > sample)) {
      const both = rows.filter((samples) => isIn(samples, sample) && isIn(samples, other)).length / rows.length;
      expect(Math.abs(both - 0.64)).toBeLessThan(4 * Math.sqrt((0.64 * 0.36) / 20_000));
    }
  }
});

test('the samples of an identifier never change', () => {
  expect(['a', 'b', 'c', '', 'ä'].map(samplesOf)).toEqual([55, 63, 61, 31, 55]);
});

test('a standard deviation is the root of the squares over n - 1', () => {
  expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(2.138089935299395, 15);
  expect(standardDeviation([0.1, 0.1, 0.1])).toBe(0);
  expect(standardDeviation([1])).toBeNaN();
  expect(standardDeviation([])).toBeNaN();
  expect(standardDeviation([1, Number.NaN])).toBeNaN();
});

test('rows of a request with a long identifier are sampled by a short name, each identifier by its own', () => {
  const [fits, long, other] = ['a'.repeat(64), 'a'.repeat(65), `${'a'.repeat(64)}b`];
  expect(sampledName(fits)).toBe(fits);
  expect(sampledName(long)).toMatch(/^\d{1,10} \d{1,10}$/);
  expect(sampledName(long)).not.toBe(sampledName(other));
  expect(sampledName(long)).toBe(sampledName(long));
});
