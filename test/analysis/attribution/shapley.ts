import type { FeatureRow, KernelShapInput, KernelShapValues } from '../../../lib/analysis/attribution';
import { kernelShap } from '../../../lib/analysis/attribution';

/** A model of one label. */
export type Formula = (...features: number[]) => number;

/** A formula as a model that answers in batches. */
export const modelOf =
  (...formulas: Formula[]) =>
  async (rows: readonly FeatureRow[]) =>
    rows.map((row) => formulas.map((formula) => formula(...(row as number[]))));

/** The values, which there have to be. */
export async function valuesOf(input: KernelShapInput): Promise<KernelShapValues> {
  const result = await kernelShap({ ...input, keepLocal: true });
  if ('problem' in result) throw new Error(`${result.problem.reason}: ${result.problem.detail}`);
  return result.values;
}

/** The values of the first label of a single row. */
export async function explain(
  formula: Formula,
  row: number[],
  baseline: number[][],
  options: Partial<KernelShapInput> = {},
) {
  const { local } = await valuesOf({ rows: [row], baseline, predict: modelOf(formula), ...options });
  return local?.[0][0] ?? [];
}

/**
 * Shapley values by their definition: the mean marginal contribution of a feature over all orders in which features can join. Coalitions are bit
 * masks; an order in which a coalition of size s comes before the feature has the probability s! (M - s - 1)! / M!.
 */
export function shapley(formula: Formula, row: readonly number[], baseline: readonly (readonly number[])[]): number[] {
  const size = row.length;
  const value = (mask: number) => {
    const answers = baseline.map((other) =>
      formula(...other.map((each, index) => ((mask >> index) & 1 ? row[index] : each))),
    );
    return answers.reduce((sum, each) => sum + each, 0) / answers.length;
  };
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  return row.map((_, feature) => {
    let sum = 0;
    for (let mask = 0; mask < 2 ** size; mask++) {
      if ((mask >> feature) & 1) continue;
      const members = mask.toString(2).replaceAll('0', '').length;
      const probability = (factorial(members) * factorial(size - members - 1)) / factorial(size);
      sum += probability * (value(mask | (1 << feature)) - value(mask));
    }
    return sum;
  });
}

/** Fails unless the numbers agree to 1e-9 of the greatest of them, or of 1. */
export function expectClose(actual: readonly number[], expected: readonly number[]): void {
  const scale = Math.max(1, ...expected.map(Math.abs));
  const gaps = expected.map((value, index) => Math.abs(actual[index] - value) / scale);
  expect(actual).toHaveLength(expected.length);
  expect(gaps.filter((gap) => !(gap <= 1e-9))).toEqual([]);
}
