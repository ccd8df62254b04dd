import * as fc from 'fast-check';
import type { Calibration } from '../../../../lib/analysis/model-quality/estimation/calibration';
import { LabelledClasses } from '../../../../lib/analysis/model-quality/estimation/class-calibration';
import {
  estimatedClassQuality,
  realizedQuality,
} from '../../../../lib/analysis/model-quality/estimation/class-estimate';
import { ClassScores } from '../../../../lib/analysis/model-quality/estimation/class-scores';
import { PROBABILITY_STEPS, stepsOf } from '../../../../lib/analysis/model-quality/problem';
import { holds } from '../../property';
import { type ClassifiedRow, classCalibrations, classScores, drawnClasses, LABELS } from './class-drawn';
import { drawing } from './drawn';

const next = drawing(90);

/** Probabilities as they are, of which as much is known as 1,000 rows say. */
const AS_GIVEN: Calibration[] = LABELS.map(() => ({
  isCalibrated: false,
  blocks: [{ from: 0, to: 1, rows: 1_000, positives: 500 }],
}));

test('each metric is what its definition says of how likely each label is', () => {
  const rows = drawnClasses('calibrated', 400, {}, next);
  const estimated = estimatedClassQuality(classScores(rows, AS_GIVEN));
  const sum = (of: (row: ClassifiedRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  const perLabel = LABELS.map((_, label) => {
    const correct = sum((row) => (row.predicted === label ? row.probabilities[label] : 0));
    const predicted = sum((row) => Number(row.predicted === label));
    const actual = sum((row) => row.probabilities[label]);
    return { correct, predicted, actual, negatives: rows.length - actual };
  });
  const mean = (of: (each: (typeof perLabel)[number]) => number) =>
    perLabel.reduce((all, each) => all + of(each), 0) / 3;
  const expected = {
    accuracy: sum((row) => row.probabilities[row.predicted]) / rows.length,
    macro_precision: mean(({ correct, predicted }) => correct / predicted),
    macro_recall: mean(({ correct, actual }) => correct / actual),
    macro_true_negative_rate: mean((each) => (each.negatives - each.predicted + each.correct) / each.negatives),
    macro_f1: mean(({ correct, predicted, actual }) => (2 * correct) / (predicted + actual)),
    weighted_precision: perLabel.reduce((all, each) => all + (each.actual * each.correct) / each.predicted, 0) / 400,
  };
  for (const [metric, value] of Object.entries(expected)) expect(estimated.get(metric)?.[0]).toBeCloseTo(value, 6);
});

test('the area is how often a row with the label is above one without', () => {
  const rows = drawnClasses('calibrated', 60, {}, next);
  const scores = classScores(rows, AS_GIVEN);
  const area = (label: number, has: (row: ClassifiedRow) => number) => {
    let [won, pairs] = [0, 0];
    for (const one of rows) {
      for (const other of rows) {
        const weight = has(one) * (1 - has(other));
        const [a, b] = [one.probabilities[label], other.probabilities[label]];
        won += weight * (a > b ? 1 : a === b ? 0.5 : 0);
        pairs += weight;
      }
    }
    return won / pairs;
  };
  const mean = (values: readonly number[]) => values.reduce((all, value) => all + value, 0) / values.length;
  const realized = mean(LABELS.map((_, label) => area(label, ({ actual }) => Number(actual === label))));
  expect(realizedQuality(scores).get('macro_auc')).toBeCloseTo(realized, 9);
  const own = (row: ClassifiedRow, label: number) => row.probabilities[label];
  const pairs = (label: number) => {
    let [won, all] = [0, 0];
    for (const one of rows) {
      for (const other of rows) {
        const weight = own(one, label) * (1 - own(other, label));
        won += weight * (own(one, label) > own(other, label) ? 1 : own(one, label) === own(other, label) ? 0.5 : 0);
        all += weight;
      }
    }
    return won / all;
  };
  expect(estimatedClassQuality(scores).get('macro_auc')?.[0]).toBeCloseTo(
    mean(LABELS.map((_, label) => pairs(label))),
    6,
  );
});

test('the same rows come to the same to the bit, in whatever order', () => {
  const rows = drawnClasses('overconfident', 300, {}, next);
  const calibrations = classCalibrations(drawnClasses('overconfident', 2_000, {}, next));
  const whole = estimatedClassQuality(classScores(rows, calibrations));
  const shuffles = fc.shuffledSubarray(rows, { minLength: rows.length });
  const property = fc.property(shuffles, (shuffled) => {
    expect(estimatedClassQuality(classScores(shuffled, calibrations))).toEqual(whole);
  });
  holds(property, 20);
});

test('of two labels the error of accuracy is that of the labels and of how well probabilities are known', () => {
  const calibrations: Calibration[] = ['no', 'yes'].map(() => ({
    isCalibrated: false,
    blocks: [{ from: 0, to: 1, rows: 1_000, positives: 500 }],
  }));
  const scores = new ClassScores(calibrations);
  for (let row = 0; row < 400; row += 1) scores.add({ classSteps: [0.3, 0.7].map(stepsOf), predicted: 1 });
  for (let row = 0; row < 400; row += 1) scores.add({ classSteps: [0.7, 0.3].map(stepsOf), predicted: 0 });
  const [accuracy, error] = estimatedClassQuality(scores).get('accuracy') ?? [];
  expect(accuracy).toBeCloseTo(0.7, 6);
  const ofLabels = (0.7 * 0.3) / 800;
  const ofBlocks = (2 * ((0.5 * 0.3 - 0.5 * 0.7) ** 2 * (500.5 / 1_001))) / 1_000; // at most: of two labels shifts cancel out
  expect(error).toBeCloseTo(Math.sqrt(ofLabels + ofBlocks), 5);
});

test('all labels are equally likely where none is, and what is beyond 0 and 1 counts as these', () => {
  const scores = new ClassScores(AS_GIVEN);
  scores.add({ classSteps: [0, 0, 0], predicted: 0 });
  scores.add({ classSteps: [-1, PROBABILITY_STEPS + 1, 0], predicted: 1 });
  expect([...scores.expected].map((steps) => steps / PROBABILITY_STEPS)).toEqual(
    [1, 1, 1, 0, 3, 0, 0, 0, 0].map((thirds) => expect.closeTo(thirds / 3, 6)),
  );
  expect(scores).toMatchObject({ rowCount: 2, outside: 1, counted: 2 });
});

test('rows of a predicted label without a probability are left out, and told', () => {
  const scores = new ClassScores(AS_GIVEN);
  scores.add({ classSteps: [1, 0, 0], predicted: -1 });
  expect(scores).toMatchObject({ rowCount: 1, outside: 1, counted: 0 });
  expect(estimatedClassQuality(scores).size).toBe(0);
});

test('a label that none of the probabilities is of is no prediction that was right', () => {
  const scores = new ClassScores(AS_GIVEN);
  for (let row = 0; row < 10; row += 1)
    scores.add({ classSteps: [1, 0, 0].map(stepsOf), predicted: 0, actual: row < 4 ? -1 : 0 });
  expect(realizedQuality(scores).get('accuracy')).toBe(0.6);
});

test('of a label with fewer than ten expected rows nothing is said but how often predictions are right', () => {
  const enough = new ClassScores(AS_GIVEN);
  for (let row = 0; row < 30; row += 1)
    enough.add({ classSteps: [0, 1, 2].map((label) => stepsOf(Number(label === row % 3))), predicted: row % 3 });
  expect(estimatedClassQuality(enough).size).toBe(8);
  const few = new ClassScores(AS_GIVEN);
  for (let row = 0; row < 49; row += 1) {
    const label = row < 20 ? 0 : row < 40 ? 1 : 2; // nine of the last
    few.add({ classSteps: [0, 1, 2].map((each) => stepsOf(Number(each === label))), predicted: label });
  }
  expect([...estimatedClassQuality(few).keys()]).toEqual(['accuracy']);
});

test('each label is calibrated against the rest, and one that never occurs leaves no calibration', () => {
  const rows = drawnClasses('overconfident', 3_000, {}, next);
  const labelled = (labels: readonly string[]) => {
    const all = new LabelledClasses(labels);
    for (const { probabilities, actual } of rows) all.add(probabilities.map(stepsOf), LABELS[actual]);
    return all.calibration();
  };
  expect(labelled(LABELS)).toEqual({
    classes: Object.fromEntries(LABELS.map((label) => [label, expect.objectContaining({ isCalibrated: true })])),
  });
  expect(labelled(['cat', 'dog', 'cow'])).toEqual({
    refusal: 'of the label "cow": all rows of the baseline have the same label',
  });
});
