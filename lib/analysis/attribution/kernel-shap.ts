import { type Aggregation, aggregate } from './aggregation';
import { type Coalition, leastCoalitions, planCoalitions } from './coalitions';
import { constrainedRegression } from './constrained-regression';
import { type AnswerProblem, askModel, type FeatureRow, type Link, type Model, type Predict } from './model-answers';
import { randomNumbers } from './random-numbers';

/** What is explained, and how. */
export interface KernelShapInput {
  /** rows to explain; all have the same number of features */
  readonly rows: readonly FeatureRow[];
  /** rows that stand for missing features: their mean answer is taken */
  readonly baseline: readonly FeatureRow[];
  readonly predict: Predict;
  /** @default 'identity' */
  readonly link?: Link;
  /**
   * Coalitions per row; the model is asked for that many rows times the rows of the baseline.
   *
   * @default - 2 M + 2048 for M features, as the shap package has it
   * @see https://shap.readthedocs.io/en/latest/generated/shap.KernelExplainer.html (nsamples)
   */
  readonly sampleCount?: number;
  /**
   * Determines which coalitions are drawn, where not all are taken.
   *
   * @default 0
   */
  readonly seed?: number;
  /**
   * Rows per call of `predict`.
   *
   * @default 500
   */
  readonly batchSize?: number;
  /**
   * Rows that are explained at the same time, each with one call of `predict` under way. No figure depends on it.
   *
   * @default 1
   */
  readonly rowsAtOnce?: number;
  /** @default 'mean_abs' */
  readonly aggregation?: Aggregation;
  /**
   * Whether the result has the values of every row.
   *
   * @default false
   */
  readonly keepLocal?: boolean;
}

/** Attributions of the model's answers. */
export interface KernelShapValues {
  /** per label, per feature */
  readonly global: number[][];
  /** per label: the linked mean answer to the baseline */
  readonly expected: number[];
  /** per row, per label, per feature; with `keepLocal` only */
  readonly local?: number[][][];
  /** whether every row was explained from all coalitions, so that its values are Shapley values and no estimate */
  readonly isExact: boolean;
}

/** Why there are no attributions. */
export interface KernelShapProblem {
  readonly reason: AnswerProblem['reason'] | 'no-rows' | 'no-baseline' | 'row-width' | 'sample-count' | 'batch-size';
  readonly detail: string;
}

/** Attributions, or why there are none. */
export type KernelShapResult = { readonly values: KernelShapValues } | { readonly problem: KernelShapProblem };

/**
 * Attributes a model's answers to the features by Kernel SHAP: the value of a coalition of features is the model's linked mean answer to the
 * baseline's rows with the coalition's features taken from the explained row, and the attributions are the weighted least squares fit that adds
 * up to the answer less the expected one. Features that equal the whole baseline get 0 and take no part. With all coalitions
 * the values are the Shapley values; else {@link planCoalitions} draws some by a seed, for each row by its own index, so that neither batches
 * nor other rows matter.
 *
 * No rows, no baseline, rows of different widths, too few samples and answers that cannot be explained are a problem; when `predict` rejects, so
 * does the result.
 *
 * @see https://arxiv.org/abs/1705.07874
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-shapley-values.html
 */
export async function kernelShap(input: KernelShapInput): Promise<KernelShapResult> {
  const invalid = inputProblem(input);
  if (invalid) return { problem: invalid };
  const run = settings(input);
  const empty = await askModel(run.model, [input.baseline]);
  if ('problem' in empty) return empty;
  const [expected] = empty.answers;
  const explained = await explainRows(run, input, expected);
  if ('problem' in explained) return explained;
  const { local, isExact } = explained;
  const global = globalValues(local, input.aggregation ?? 'mean_abs');
  return { values: { global, expected, isExact, ...(input.keepLocal && { local }) } };
}

/** The values of all rows in their order, some of them explained at the same time; none is begun once one has a problem. */
async function explainRows(
  run: Settings,
  { rows, rowsAtOnce = 1 }: KernelShapInput,
  expected: readonly number[],
): Promise<{ readonly local: number[][][]; readonly isExact: boolean } | { readonly problem: AnswerProblem }> {
  const local: number[][][] = [];
  let [isExact, next] = [true, 0];
  let problem: AnswerProblem | undefined;
  const explainNext = async (): Promise<void> => {
    while (next < rows.length && !problem) {
      const index = next++;
      const explained = await explainRow(run, { row: rows[index], index, expected }).catch((error) => {
        next = rows.length; // whoever rejects once is not asked on
        throw error;
      });
      if ('problem' in explained) problem ??= explained.problem;
      else {
        local[index] = explained.values;
        isExact &&= explained.isExact;
      }
    }
  };
  await Promise.all(Array.from({ length: rowsAtOnce }, explainNext));
  return problem ? { problem } : { local, isExact };
}

interface Settings {
  readonly model: Model;
  readonly baseline: readonly FeatureRow[];
  readonly sampleCount: number;
  readonly seed: number;
}

function settings({
  predict,
  link = 'identity',
  batchSize = 500,
  baseline,
  seed = 0,
  ...rest
}: KernelShapInput): Settings {
  const sampleCount = rest.sampleCount ?? defaultSampleCount(baseline[0].length);
  return { model: { predict, link, batchSize }, baseline, sampleCount, seed };
}

/** Coalitions of a row of so many features, unless another number is said. */
export const defaultSampleCount = (featureCount: number) => 2 * featureCount + 2048;

function inputProblem({
  rows,
  baseline,
  sampleCount,
  batchSize = 500,
}: KernelShapInput): KernelShapProblem | undefined {
  if (rows.length === 0) return { reason: 'no-rows', detail: 'there is no row to explain' };
  if (baseline.length === 0) return { reason: 'no-baseline', detail: 'the baseline has no row' };
  const width = baseline[0].length;
  const other = [...baseline, ...rows].find((row) => row.length !== width);
  if (other) return { reason: 'row-width', detail: `rows have ${width} and ${other.length} features` };
  if (sampleCount !== undefined && !(sampleCount >= leastCoalitions(width))) {
    return {
      reason: 'sample-count',
      detail: `${sampleCount} for ${width} features: at least ${leastCoalitions(width)}`,
    };
  }
  if (Number.isInteger(batchSize) && batchSize > 0) return undefined;
  return { reason: 'batch-size', detail: `${batchSize}: a whole number from 1` };
}

interface RowToExplain {
  readonly row: FeatureRow;
  readonly index: number;
  readonly expected: readonly number[];
}

type ExplainedRow = { readonly values: number[][]; readonly isExact: boolean } | { readonly problem: AnswerProblem };

async function explainRow(run: Settings, { row, index, expected }: RowToExplain): Promise<ExplainedRow> {
  const varying = row.flatMap((value, feature) =>
    run.baseline.every((other) => Object.is(other[feature], value)) ? [] : [feature],
  );
  const random = randomNumbers(Math.imul(run.seed, 0x9e3779b1) + index);
  const { coalitions, isExact } = planCoalitions(varying.length, run.sampleCount, random);
  const groups = coalitions.map(({ members }) =>
    mixedRows(run.baseline, row, new Set(varying.filter((_, at) => members[at]))),
  );
  const asked = await askModel(run.model, [...groups, [row]]);
  if ('problem' in asked) return asked;
  const labels = asked.answers[0].length;
  if (labels !== expected.length) {
    return { problem: { reason: 'label-count', detail: `answers have ${expected.length} and ${labels} numbers` } };
  }
  const values = expected.map((start, label) => {
    const fit = fitLabel(
      coalitions,
      asked.answers.map((answer) => answer[label] - start),
    );
    return spread(fit.slice(0, varying.length), varying, row.length);
  });
  return { values, isExact };
}

/** The baseline's rows with some features taken from the explained row. */
const mixedRows = (baseline: readonly FeatureRow[], row: FeatureRow, members: ReadonlySet<number>): FeatureRow[] =>
  baseline.map((other) => other.map((value, feature) => (members.has(feature) ? row[feature] : value)));

/** The last value is that of the whole row. A single feature gets all of it. */
function fitLabel(coalitions: readonly Coalition[], values: readonly number[]): number[] {
  const total = values[values.length - 1];
  return coalitions.length === 0 ? [total] : constrainedRegression({ coalitions, values, total });
}

/** Puts values where their features are, and 0 elsewhere. */
function spread(values: readonly number[], features: readonly number[], width: number): number[] {
  const all = Array<number>(width).fill(0);
  for (const [at, feature] of features.entries()) all[feature] = values[at];
  return all;
}

function globalValues(local: readonly (readonly (readonly number[])[])[], aggregation: Aggregation): number[][] {
  return local[0].map((features, label) =>
    features.map((_, feature) =>
      aggregate(
        local.map((row) => row[label][feature]),
        aggregation,
      ),
    ),
  );
}
