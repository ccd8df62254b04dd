import { INPUT_COLUMNS, type Predict, type Strike } from './data';

const SPEED = INPUT_COLUMNS.indexOf('speed_knots');
/** values seen less often share the weight of the unknown */
const MIN_COUNT = 5;
const ITERATIONS = 100;
const STEP = 1;
/** pulls weights towards 0, so that rare values do not get extreme ones */
const RIDGE = 0.002;

/** A row as the model sees it: which indicator weights count, and the speed in standard deviations from the mean, 0 when missing. */
interface Encoded {
  readonly indicators: number[];
  readonly speed: number;
}

/** Weights: one per indicator, then the speed's, then the intercept. */
type Weights = Float64Array;

/**
 * Fits a logistic regression: one indicator for every frequent value of every text column, one for a missing speed, and the speed itself.
 *
 * Full-batch gradient descent from zero with a fixed number of steps: no randomness, so the same rows give the same model.
 */
export function train(rows: readonly Strike[]): Predict {
  const encode = encoderOf(rows);
  const encoded = rows.map(({ inputs }) => encode.row(inputs));
  const weights: Weights = new Float64Array(encode.width + 2);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) descend(weights, rows, encoded);
  return (inputs) => probability(weights, encode.row(inputs));
}

function descend(weights: Weights, rows: readonly Strike[], encoded: readonly Encoded[]): void {
  const [speedAt, interceptAt] = [weights.length - 2, weights.length - 1];
  const gradient = new Float64Array(weights.length);
  for (const [index, row] of encoded.entries()) {
    const error = probability(weights, row) - Number(rows[index].damaged);
    for (const indicator of row.indicators) gradient[indicator] += error;
    gradient[speedAt] += error * row.speed;
    gradient[interceptAt] += error;
  }
  for (let at = 0; at < weights.length; at++) {
    const ridge = at === interceptAt ? 0 : RIDGE * weights[at];
    weights[at] -= STEP * (gradient[at] / rows.length + ridge);
  }
}

function probability(weights: Weights, row: Encoded): number {
  let sum = weights[weights.length - 1] + weights[weights.length - 2] * row.speed;
  for (const indicator of row.indicators) sum += weights[indicator];
  return 1 / (1 + Math.exp(-sum));
}

/** What the training rows say about values: which are frequent, and how speeds spread. */
function encoderOf(rows: readonly Strike[]): { width: number; row(inputs: readonly string[]): Encoded } {
  const indicators = frequentValues(rows);
  const { mean, deviation } = spread(rows.map(({ inputs }) => inputs[SPEED]).filter((speed) => speed !== ''));
  const row = (inputs: readonly string[]): Encoded => ({
    indicators: inputs.map((value, column) => indicators.get(keyOf(column, value))).filter((at) => at !== undefined),
    speed: inputs[SPEED] === '' ? 0 : (Number(inputs[SPEED]) - mean) / deviation,
  });
  return { width: indicators.size, row };
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
