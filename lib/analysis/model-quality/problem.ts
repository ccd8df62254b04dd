import { type InvalidText, MAX_LABEL } from '../labels/ground-truth';
import { isDecimal } from '../numbers/decimal-text';

/** What the model predicts: a number, one of two labels, or one of several. */
export type ProblemType = 'Regression' | 'BinaryClassification' | 'MulticlassClassification';

/**
 * What is predicted, and where a prediction is found in what the endpoint answers: an attribute is the index of a CSV column (`0`, `_c0`), its
 * name under a header, or the path of a JSON value (`$.predictions[0].score`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
 */
export interface QualityProblem {
  readonly type: ProblemType;
  /** where the predicted value or label is; required unless `probabilityAttribute` decides a binary classification */
  readonly inferenceAttribute?: string;
  /** where the probability of the positive label is; binary classification only. Without it there are no curves */
  readonly probabilityAttribute?: string;
  /** where the probability of each label is, by label; multiclass classification only */
  readonly probabilityAttributes?: ClassAttributes;
  /** a greater probability predicts the positive label, where there is no `inferenceAttribute`; 0.5 where absent */
  readonly probabilityThreshold?: number;
  /** binary classification only; `1` where absent */
  readonly positiveLabel?: string;
  /** binary classification only; `0` where absent */
  readonly negativeLabel?: string;
}

/** Attributes by label. */
export interface ClassAttributes {
  readonly [label: string]: string;
}

/** A label, or the value of a regression. */
export type Outcome = string | number;

/** What the model said of one row. */
export interface Prediction {
  readonly predicted: Outcome;
  /** the probability of the positive label */
  readonly score?: number;
  /** the probability of each label, in the order of the problem's, in steps: see {@link probabilitySteps} */
  readonly classSteps?: readonly number[];
}

/** One row: what was predicted, and what turned out. */
export interface QualityRow extends Prediction {
  readonly actual: Outcome;
}

/** The texts of one prediction, as they were found. */
export interface PredictionText {
  readonly inference?: string;
  readonly probability?: string;
  /** of each label */
  readonly probabilities?: readonly string[];
}

/** The label that a binary classification calls positive. */
export const positiveLabel = (problem: QualityProblem): string => labelText(problem.positiveLabel ?? '1');

/** The other label of a binary classification. */
export const negativeLabel = (problem: QualityProblem): string => labelText(problem.negativeLabel ?? '0');

/** The labels that have a probability each, in their order; empty where there are none. */
export const classesOf = ({ probabilityAttributes = {} }: QualityProblem): string[] =>
  Object.keys(probabilityAttributes).map(labelText);

/** Throws when the attributes do not say where a prediction is, or the labels of a binary classification are the same. */
export function checkProblem(problem: QualityProblem): void {
  const isBinary = problem.type === 'BinaryClassification';
  if (problem.inferenceAttribute === undefined && !(isBinary && problem.probabilityAttribute !== undefined)) {
    throw new Error(
      `QualityAttribute: ${problem.type} needs an "inferenceAttribute"${isBinary ? ' or a "probabilityAttribute"' : ''}`,
    );
  }
  if (isBinary && positiveLabel(problem) === negativeLabel(problem)) {
    throw new Error(
      `QualityLabels: "positiveLabel" and "negativeLabel" must differ, both are "${positiveLabel(problem)}"`,
    );
  }
  if (!Number.isFinite(problem.probabilityThreshold ?? 0)) {
    throw new Error(
      `QualityThreshold: "probabilityThreshold" must be a finite number, got ${problem.probabilityThreshold}`,
    );
  }
}

/**
 * Reads a label, or the true value of a regression. Labels are texts, without the white space around them and without a fraction of zeros:
 * the model's `1.0` is the label `1`. An empty text, one of more than 1,024 characters, and a number that is not finite, is invalid.
 */
export function readOutcome(problem: QualityProblem, text: string): Outcome | InvalidText {
  if (problem.type === 'Regression') return readNumber(text);
  const label = labelText(text);
  if (label === '') return { invalid: 'empty' };
  if (label.length > MAX_LABEL) return { invalid: `a text of more than ${MAX_LABEL} characters` };
  if (problem.type === 'MulticlassClassification') return label;
  if (label === positiveLabel(problem) || label === negativeLabel(problem)) return label;
  return { invalid: `neither "${positiveLabel(problem)}" nor "${negativeLabel(problem)}"` };
}

/** Reads a prediction. The probability decides on the label only where the problem has no `inferenceAttribute`. */
export function readPrediction(problem: QualityProblem, texts: PredictionText): Prediction | InvalidText {
  const score = texts.probability === undefined ? undefined : readNumber(texts.probability);
  if (typeof score === 'object') return { invalid: `the probability is ${score.invalid}` };
  if (texts.inference === undefined) {
    if (score === undefined) return { invalid: 'there is neither a prediction nor a probability' };
    const isPositive = score > (problem.probabilityThreshold ?? 0.5);
    return { predicted: isPositive ? positiveLabel(problem) : negativeLabel(problem), score };
  }
  const predicted = readOutcome(problem, texts.inference);
  if (typeof predicted === 'object') return { invalid: `the prediction is ${predicted.invalid}` };
  const classSteps = texts.probabilities?.map(probabilitySteps);
  if (classSteps?.some(Number.isNaN)) return { invalid: 'a probability is not a finite number' };
  return { predicted, ...(score !== undefined && { score }), ...(classSteps && { classSteps }) };
}

/** Probabilities of labels are whole steps of this many in 1: sums of them are exact, whatever their order. */
export const PROBABILITY_STEPS = 2 ** 24;

/** A probability of a label in steps: -1 below 0, one more than there are above 1, and NaN for what is no finite number. */
export function probabilitySteps(text: string): number {
  const value = readNumber(text);
  return typeof value === 'object' ? Number.NaN : stepsOf(value);
}

/** The same of a number. */
export function stepsOf(value: number): number {
  if (value < 0) return -1;
  return value > 1 ? PROBABILITY_STEPS + 1 : Math.round(value * PROBABILITY_STEPS);
}

function labelText(text: string): string {
  const label = text.trim();
  return /^[+-]?\d+\.0*$/.test(label) ? label.slice(0, label.indexOf('.')) : label;
}

function readNumber(text: string): number | InvalidText {
  const trimmed = text.trim();
  const value = isDecimal(trimmed) ? Number(trimmed) : Number.NaN;
  return Number.isFinite(value) ? value : { invalid: 'not a finite number' };
}
