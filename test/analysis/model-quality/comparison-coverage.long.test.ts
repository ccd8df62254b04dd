import type { IntervalFigure } from '../../../lib/analysis';
import { PredictionComparison } from '../../../lib/analysis/model-quality/prediction-comparison';
import type { QualityProblem, QualityRow } from '../../../lib/analysis/model-quality/problem';
import { QualityComparison } from '../../../lib/analysis/model-quality/quality-comparison';
import { random } from '../data-quality/detectors/traffic';

// Whether intervals of differences have what they should in 95 of 100 draws, of variants of which the truth is known.

const DRAWS = 1000;
const ROWS = 300;
const LEAST = 0.93;
const SEED = 20261130;

const BINARY: QualityProblem = { type: 'BinaryClassification', probabilityAttribute: '0' };
const REGRESSION: QualityProblem = { type: 'Regression', inferenceAttribute: '0' };

type Draw = () => { readonly reference: QualityRow; readonly candidate: QualityRow };

/** The share of draws whose intervals have the truth, by what they are of. */
function coverage(problem: QualityProblem, draw: Draw, isShared: boolean, truths: { readonly [name: string]: number }) {
  const hits = new Map(Object.keys(truths).map((name) => [name, 0]));
  for (let index = 0; index < DRAWS; index += 1) {
    const figures = drawn(problem, draw, isShared);
    for (const [name, truth] of Object.entries(truths)) {
      const { low, high } = figures[name];
      if (low <= truth && truth <= high) hits.set(name, (hits.get(name) ?? 0) + 1);
    }
  }
  return Object.fromEntries([...hits].map(([name, count]) => [name, count / DRAWS]));
}

function drawn(problem: QualityProblem, draw: Draw, isShared: boolean): { readonly [name: string]: IntervalFigure } {
  const quality = new QualityComparison(problem);
  const predictions = new PredictionComparison(problem);
  for (let row = 0; row < ROWS; row += 1) {
    const { reference } = draw();
    const both = draw();
    const one = isShared ? both.reference : reference;
    quality.add('reference', one, row % 128);
    quality.add('candidate', both.candidate, row % 128);
    predictions.add('reference', one.predicted, 0);
    predictions.add('candidate', both.candidate.predicted, 0);
    if (!isShared) continue;
    quality.pair(one, both.candidate);
    predictions.pair(one.predicted, both.candidate.predicted, 0);
  }
  const { metrics = [] } = quality.compared().quality ?? {};
  const figure = predictions.predictions?.figure;
  const agreement = predictions.agreement(ROWS);
  return {
    ...Object.fromEntries(metrics.map(({ metric, difference }) => [metric, difference])),
    ...(figure && { predictions: figure.difference }),
    ...(agreement?.share && { agreement: agreement.share }),
    ...(agreement?.meanDifference && { meanDifference: agreement.meanDifference }),
  };
}

/** Of ten rows four are 1; the reference is wrong about 15 %, and the candidate about half of these and 8 % of the others. */
function classified(): Draw {
  const next = random(SEED);
  return () => {
    const actual = next() < 0.4;
    const isWrong = next() < 0.15;
    const other = isWrong ? next() < 0.5 : next() < 0.08;
    const text = (is: boolean) => (is ? '1' : '0');
    return {
      reference: { predicted: text(isWrong ? !actual : actual), actual: text(actual) },
      candidate: { predicted: text(other ? !actual : actual), actual: text(actual) },
    };
  };
}

/** Errors that are half the same. */
function regressed(): Draw {
  const next = random(SEED);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return () => {
    const [actual, shared, one, other] = [normal() * 10, normal(), normal(), normal()];
    return {
      reference: { predicted: actual + shared + one, actual },
      candidate: { predicted: actual + shared + 1.5 * other + 0.2, actual },
    };
  };
}

const WRONG = { reference: 0.15, candidate: 0.15 * 0.5 + 0.85 * 0.08 };
const positives = (wrong: number) => ({ true: 0.4 * (1 - wrong), predicted: 0.4 * (1 - wrong) + 0.6 * wrong });
const precision = (wrong: number) => positives(wrong).true / positives(wrong).predicted;
const f1 = (wrong: number) => (2 * precision(wrong) * (1 - wrong)) / (precision(wrong) + 1 - wrong);
const difference = (of: (wrong: number) => number) => of(WRONG.candidate) - of(WRONG.reference);
const RATES = {
  accuracy: difference((wrong) => 1 - wrong),
  recall: difference((wrong) => 1 - wrong),
  false_positive_rate: difference((wrong) => wrong),
  precision: difference(precision),
  f1: difference(f1),
  predictions: difference((wrong) => positives(wrong).predicted),
};
const VARIANCES = { reference: 2, candidate: 1 + 1.5 ** 2 };
const { reference, candidate } = VARIANCES;
/** The mean distance from 0 of a normal variable that is 0.2 in the mean. */
const folded = (variance: number, mean: number) => {
  const deviation = Math.sqrt(variance);
  let sum = 0;
  for (let step = -8; step <= 8; step += 0.001)
    sum += (0.001 * Math.abs(mean + deviation * step) * Math.exp((-step * step) / 2)) / Math.sqrt(2 * Math.PI);
  return sum;
};
const ERRORS = {
  mse: candidate + 0.04 - reference,
  rmse: Math.sqrt(candidate + 0.04) - Math.sqrt(reference),
  mae: folded(candidate, 0.2) - folded(reference, 0),
  predictions: 0.2,
};

test.each<[string, QualityProblem, () => Draw, boolean, { readonly [name: string]: number }]>([
  ['classifications of other requests', BINARY, classified, false, RATES],
  ['classifications of the same requests', BINARY, classified, true, { ...RATES, agreement: 0.15 * 0.5 + 0.85 * 0.92 }],
  ['regressions of other requests', REGRESSION, regressed, false, ERRORS],
  ['regressions of the same requests', REGRESSION, regressed, true, { ...ERRORS, meanDifference: 0.2 }],
])('intervals of differences have them in at least 93 of 100 draws: %s', (_, problem, draw, isShared, truths) => {
  const found = coverage(problem, draw(), isShared, truths);
  console.log(JSON.stringify({ seed: SEED, isShared, found }));
  for (const share of Object.values(found)) {
    expect(share).toBeGreaterThanOrEqual(LEAST);
    expect(share).toBeLessThanOrEqual(0.975);
  }
});
