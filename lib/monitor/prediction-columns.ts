import type { DatasetColumns } from '../baseline/dataset';
import type { Problem } from '../core/validation-error';
import type { ModelProblem } from './model-problem';

/**
 * What a dataset does not say of its columns, and a baseline of model quality needs: the label, and what stands for the predictions that the problem
 * names of the captured data.
 *
 * @internal
 */
export function missingColumns(problem: ModelProblem, columns: DatasetColumns = {}): Problem[] {
  const needed: [keyof DatasetColumns, string][] = [['label', 'the ground truth']];
  if (problem.prediction !== undefined) needed.push(['prediction', 'the prediction']);
  if (problem.probability !== undefined) needed.push(['probability', 'the probability']);
  return needed
    .filter(([name]) => !columns[name])
    .map(([name, content]) => ({
      prop: `columns.${name}`,
      got: columns[name],
      allowed: `the column of the dataset that holds ${content}`,
      advice: `say it with the dataset: { columns: { ${name}: '...' } }`,
    }));
}
