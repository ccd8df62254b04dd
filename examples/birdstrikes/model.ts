import { INPUT_COLUMNS, type Predict, type Strike } from './data';

const SPEED = INPUT_COLUMNS.indexOf('speed_knots');
/** values seen less often share the weight of the unknown */
const MIN_COUNT = 5;
const ITERATIONS = 100;
const STEP = 1;
/** pulls weights towards 0, so that rare values do not get extreme ones */
const RIDGE = 0.002;

/** A row as the model sees it: the weights that count, and what each is multiplied with. */
interface Encoded {
  readonly at: Int32Array;
  readonly factor: Float64Array;
}

/** One weight per frequent value, then the speed's, then the intercept. */
type Weights = Float64Array;

/**
 * Fits a logistic regression: one indicator for every frequent value of every text column, one for a missing speed, and the speed itself, in
 * standard deviations from the mean.
 *
 * Full-batch gradient descent from zero with a fixed number of steps: no randomness, so the same rows give the same model.
 */
export function train(rows: readonly Strike[]): Predict {
  const { encode, width } = encoderOf(rows);
  const examples = rows.map(({ inputs }) => encode(inputs));
  const damaged = Float64Array.from(rows, (row) => (row.damaged ? 1 : 0));
  const weights: Weights = new Float64Array(width);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) descend(weights, examples, damaged);
  return (inputs) => probability(weights, encode(inputs));
}

function descend(weights: Weights, examples: readonly Encoded[], damaged: Float64Array): void {
  const gradient = new Float64Array(weights.length);
  for (let row = 0; row < examples.length; row++) {
    const { at, factor } = examples[row];
    const error = probability(weights, examples[row]) - damaged[row];
    for (let term = 0; term < at.length; term++) gradient[at[term]] += error * factor[term];
  }
  const intercept = weights.length - 1;
  for (let at = 0; at < weights.length; at++) {
    const ridge = at === intercept ? 0 : RIDGE * weights[at];
    weights[at] -= STEP * (gradient[at] / examples.length + ridge);
  }
}

function probability(weights: Weights, { at, factor }: Encoded): number {
  let sum = 0;
  for (let term = 0; term < at.length; term++) sum += weights[at[term]] * factor[term];
  return 1 / (1 + Math.exp(-sum));
}

/** What the training rows say about values: which are frequent, and how speeds spread. */
function encoderOf(rows: readonly Strike[]): { width: number; encode(inputs: readonly string[]): Encoded } {
  const indicators = frequentValues(rows);
  const { mean, deviation } = spread(rows.map(({ inputs }) => inputs[SPEED]).filter((speed) => speed !== ''));
  const encode = (inputs: readonly string[]): Encoded => {
    const known = inputs.map((value, column) => indicators.get(keyOf(column, value))).filter((at) => at !== undefined);
    const speed = inputs[SPEED] === '' ? 0 : (Number(inputs[SPEED]) - mean) / deviation;
    return {
      at: Int32Array.from([...known, indicators.size, indicators.size + 1]),
      factor: Float64Array.from([...known.map(() => 1), speed, 1]),
    };
  };
  return { width: indicators.size + 2, encode };
}

function frequentValues(rows: readonly Strike[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { inputs } of rows) {
    for (const [column, value] of inputs.entries()) {
      if (column === SPEED && value !== '') continue;
      counts.set(keyOf(column, value), (counts.get(keyOf(column, value)) ?? 0) + 1);
    }
  }
  const frequent = [...counts.keys()].filter((key) => (counts.get(key) ?? 0) >= MIN_COUNT);
  return new Map(frequent.map((key, index) => [key, index]));
}

function keyOf(column: number, value: string): string {
  return `${column}:${value}`;
}

function spread(texts: readonly string[]): { mean: number; deviation: number } {
  const values = texts.map(Number);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}
