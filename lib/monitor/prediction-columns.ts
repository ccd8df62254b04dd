import type { DatasetColumns } from '../baseline/dataset-columns';
import type { Problem } from '../core/validation-error';
import type { ModelProblem } from './model-problem';

/** What is one column of a dataset. */
type SingleColumn = Exclude<keyof DatasetColumns, 'probabilities'>;

/**
 * What a dataset does not say of its columns, and a baseline of model quality needs: the label, and what stands for the predictions that the problem
 * names of the captured data.
 *
 * @internal
 */
export function missingColumns(problem: ModelProblem, columns: DatasetColumns = {}): Problem[] {
  const needed: [SingleColumn, string][] = [['label', 'the ground truth']];
  if (problem.prediction !== undefined) needed.push(['prediction', 'the prediction']);
  if (problem.probability !== undefined) needed.push(['probability', 'the probability']);
  const ofLabels = Object.keys(problem.probabilities ?? {}).filter((label) => !columns.probabilities?.[label]);
  return [...missing(needed, columns), ...ofLabels.map(missingProbability)];
}

const missingProbability = (label: string): Problem => ({
  prop: 'columns.probabilities',
  got: undefined,
  allowed: `the column of the dataset that holds the probability of ${label}`,
  advice: `say it with the dataset: { columns: { probabilities: { ${JSON.stringify(label)}: '...' } } }`,
});

function missing(needed: readonly (readonly [SingleColumn, string])[], columns: DatasetColumns): Problem[] {
  return needed
    .filter(([name]) => !columns[name])
    .map(([name, content]) => ({
      prop: `columns.${name}`,
      got: columns[name],
      allowed: `the column of the dataset that holds ${content}`,
      advice: `say it with the dataset: { columns: { ${name}: '...' } }`,
    }));
}
