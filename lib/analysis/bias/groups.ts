import { type BiasLevel, distinctValues, selectValues, valuesText } from './categories';
import type { BiasColumn } from './column';
import type { Selection } from './counts';
import { columnNumbers, isContinuous } from './data-type';
import { type Interval, intervalText, readThreshold, selectInterval, thresholdInterval } from './interval';
import { type Attempt, problem } from './problem';

/** The rows of one group, and the text that names it in the files. */
export interface NamedSelection {
  readonly rows: Selection;
  readonly text: string;
}

/** The rows with one of some values; they are looked for each time, since the groups of a facet are many, and needed one at a time. */
class ValueSelection implements NamedSelection {
  readonly text: string;

  constructor(
    private readonly column: BiasColumn,
    private readonly values: readonly BiasLevel[],
  ) {
    this.text = valuesText(values);
  }

  get rows(): Selection {
    return selectValues(this.column, this.values);
  }
}

/**
 * The groups of a facet: the rows with one of the values together, or above the threshold of a continuous column ({@link isContinuous}).
 * Without values, one group for every value of a categorical column, in the order in which they first occur.
 */
export function facetGroups(column: BiasColumn, values: readonly BiasLevel[] = []): Attempt<NamedSelection[]> {
  if (!isContinuous(column, values)) {
    const groups = values.length > 0 ? [values] : distinctValues(column).map((value) => [value]);
    return { value: groups.map((group) => new ValueSelection(column, group)) };
  }
  const above = selectAbove({ column, numbers: columnNumbers(column), of: column, values });
  return 'problem' in above ? above : { value: [above.value] };
}

/** The rows with a positive label: with one of the values, or above the threshold of a continuous column. */
export function positiveLabels(column: BiasColumn, values: readonly BiasLevel[]): Attempt<NamedSelection> {
  if (values.length === 0)
    return problem(column.name, 'missing-threshold', 'name the values or the threshold of positive labels');
  if (!isContinuous(column, values)) return { value: { rows: selectValues(column, values), text: valuesText(values) } };
  return selectAbove({ column, numbers: columnNumbers(column), of: column, values });
}

/**
 * The rows with a positive prediction, by the values or the threshold of the labels, whose type the predictions have to share. Above a
 * threshold the interval reaches to the greatest of labels and predictions, and fractional predictions of integer labels lose their decimals,
 * both as in Clarify's library, which refuses predictions without any positive one as well.
 *
 * @see https://github.com/aws/amazon-sagemaker-clarify/blob/master/src/smclarify/bias/report.py (_positive_predicted_index)
 */
export function positivePredictions(
  predicted: BiasColumn,
  label: BiasColumn,
  values: readonly BiasLevel[],
): Attempt<NamedSelection> {
  const types = [label, predicted].map((column) => (isContinuous(column, values) ? 'continuous' : 'categorical'));
  if (types[0] !== types[1]) {
    return problem(predicted.name, 'label-types-differ', `the labels are ${types[0]}, the predicted ones ${types[1]}`);
  }
  const positive = types[0] === 'continuous' ? predictionsAbove(predicted, label, values) : byValue(predicted, values);
  if ('problem' in positive || positive.value.rows.includes(true)) return positive;
  return problem(predicted.name, 'no-positive-prediction', 'no row has a positive predicted label');
}

const byValue = (column: BiasColumn, values: readonly BiasLevel[]): Attempt<NamedSelection> => ({
  value: { rows: selectValues(column, values), text: valuesText(values) },
});

function predictionsAbove(predicted: BiasColumn, label: BiasColumn, values: readonly BiasLevel[]) {
  const numbers = columnNumbers(predicted).map(label.kind === 'fractional' ? (each) => each : Math.trunc);
  if (label.kind !== 'fractional' && numbers.some(Number.isNaN)) {
    return problem(predicted.name, 'invalid-value', 'a predicted label is missing although the labels are integers');
  }
  return selectAbove({ column: predicted, numbers, of: label, values, others: columnNumbers(label) });
}

interface Cut {
  readonly column: BiasColumn;
  readonly numbers: readonly number[];
  /** decides whether bounds are integers */
  readonly of: BiasColumn;
  readonly values: readonly BiasLevel[];
  /** more numbers for the greatest one */
  readonly others?: readonly number[];
}

function selectAbove({ column, numbers, of, values, others = [] }: Cut): Attempt<NamedSelection> {
  if (numbers.every(Number.isNaN)) return problem(column.name, 'empty-column', 'the column has no number');
  const [level] = values;
  if (level === undefined)
    return problem(column.name, 'missing-threshold', 'the column is continuous: name a threshold');
  const threshold = readThreshold(level);
  if (!threshold) {
    return problem(
      column.name,
      'invalid-threshold',
      `the column is continuous, and ${JSON.stringify(level)} is no number`,
    );
  }
  const interval: Interval | undefined = thresholdInterval(
    threshold,
    [...numbers, ...others],
    of.kind !== 'fractional',
  );
  return { value: { rows: selectInterval(numbers, interval), text: intervalText(interval) } };
}
