import type { BiasRecords } from './bias-records';
import { type BiasQuestion, groupColumns } from './question';
import { Combinations } from './table';

/** Of each facet the rows that have a prediction and a label: how many have each combination of its values, the group's, the label and the predicted label. */
export class GroupCounts {
  rowCount = 0;
  private readonly tables: readonly Combinations[];
  /** by facet: its column, and that of the group where there is one */
  private readonly cells: readonly (readonly number[])[];

  constructor(question: BiasQuestion) {
    const columns = groupColumns(question);
    const place = (name: string) => columns.indexOf(name) + 1; // behind the predicted label
    const group = question.group === undefined ? [] : [place(question.group)];
    this.cells = question.facets.map(({ name }) => [place(name), ...group]);
    this.tables = this.cells.map((cells) => new Combinations(cells.length + 2));
  }

  /** Adds a row of predictions with the row of labels that it meets, by their numbers. */
  add({ predictions, labels }: BiasRecords, prediction: number, label: number): void {
    this.rowCount += 1;
    const { cells } = predictions;
    for (const [facet, columns] of this.cells.entries()) {
      const row = columns.map((at) => cells[at].values[prediction]);
      this.tables[facet].add([...row, labels.actual.values[label], cells[0].values[prediction]]);
    }
  }

  /** The combinations of a facet: columns of numbers in the order above, and how many rows have each. */
  of(facet: number): FacetTable {
    const { codes, weights } = this.tables[facet];
    const [own, ...others] = codes;
    const [label, predicted] = others.slice(-2);
    return { own, group: others.length > 2 ? others[0] : undefined, label, predicted, weights };
  }
}

/** Combinations of numbers, and how many rows have each. */
export interface FacetTable {
  readonly own: readonly number[];
  readonly group?: readonly number[];
  readonly label: readonly number[];
  readonly predicted: readonly number[];
  readonly weights: readonly number[];
}
