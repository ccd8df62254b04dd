import { type NamedRow, problem, type Side, withNames, withRowsOf } from './capture-side';
import type { RecordProblem } from './defects';
import type { RowFields } from './json-tree';
import type { RecordFormat } from './record-format';

/** Rows without names, or with them. */
export type Rows = { readonly csv: string[][] } | { readonly json: RowFields[] };

/** The rows of a record that were read, and why others do not fit. */
export type PairedRows = Rows & { readonly misfits?: readonly RecordProblem[] };

/** What was captured of a record. */
export interface CapturedSides {
  readonly output?: Side;
  readonly input?: Side;
}

/** Pairs the rows of the answer with those of the request, one to one, the answer's columns first. */
export function paired(
  { output, input }: CapturedSides,
  format?: RecordFormat,
): PairedRows | { readonly problem: RecordProblem } {
  const second = input && withNames(input, format?.request);
  if (!output)
    return second
      ? oneSide(second)
      : problem('empty-data', 'neither "endpointInput" nor "endpointOutput" was captured');
  const perRow = input && 'csv' in input ? withRowsOf(output, input.csv.length) : output;
  const first = withNames(perRow, format?.response);
  if (!second || 'problem' in first) return oneSide(first);
  if ('problem' in second) return second;
  if ('csv' in first && 'csv' in second) {
    return unpaired(first.csv, second.csv) ?? { csv: first.csv.map((row, index) => [...row, ...second.csv[index]]) };
  }
  if ('json' in first && 'json' in second)
    return unpaired(first.json, second.json) ?? joinJson(first.json, second.json);
  return format
    ? problem('unnamed-values', 'the values of one side have names, those of the other have none')
    : problem('mixed-encodings', 'input and output have different encodings');
}

function oneSide(side: Side): PairedRows | { readonly problem: RecordProblem } {
  return 'json' in side ? joinJson(side.json, side.json.map(noFields)) : side;
}

const noFields = (): RowFields => new Map();

function joinJson(answers: readonly NamedRow[], requests: readonly NamedRow[]) {
  const json: RowFields[] = [];
  const misfits: RecordProblem[] = [];
  for (const [index, answer] of answers.entries()) {
    const request = requests[index];
    if (!(answer instanceof Map)) misfits.push(answer);
    else if (!(request instanceof Map)) misfits.push(request);
    else {
      const row = joined(answer, request);
      if (!row) return problem('duplicate-key', 'a key of its input has the name of another column');
      json.push(row);
    }
  }
  return { json, misfits };
}

/** A column of the request that is called as one of the answer is another one: `input.{key}`. Undefined where that name is taken, too. */
function joined(answer: RowFields, request: RowFields): RowFields | undefined {
  const row: RowFields = new Map(answer);
  for (const [key, value] of request) {
    const name = answer.has(key) ? `input.${key}` : key;
    if (row.has(name)) return undefined;
    row.set(name, value);
  }
  return row;
}

function unpaired(output: readonly unknown[], input: readonly unknown[]) {
  if (output.length === input.length) return undefined;
  return problem('row-count-mismatch', `${output.length} rows of output for ${input.length} rows of input`);
}
