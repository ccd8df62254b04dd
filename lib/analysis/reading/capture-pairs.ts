import { type NamedRow, problem, type Side, withNames, withRowsOf } from './capture-side';
import type { RecordProblem } from './defects';
import type { RowFields } from './json-tree';
import type { RecordFormat } from './record-format';

/** Rows without names, or with them. */
export type Rows =
  | {
      readonly csv: string[][];
      /** how many of the first columns the endpoint answered */
      readonly answers?: number;
    }
  | {
      readonly json: RowFields[];
      /** the names of the columns that it answered */
      readonly answers?: ReadonlySet<string>;
    };

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
      ? oneSide(second, false)
      : problem('empty-data', 'neither "endpointInput" nor "endpointOutput" was captured');
  const perRow = input && 'csv' in input ? withRowsOf(output, input.csv.length) : output;
  const first = withNames(perRow, format?.response);
  if (!second || 'problem' in first) return oneSide(first, true);
  if ('problem' in second) return second;
  if ('csv' in first && 'csv' in second) {
    return unpaired(first.csv, second.csv) ?? joinCsv(first.csv, second.csv);
  }
  if ('json' in first && 'json' in second)
    return unpaired(first.json, second.json) ?? answered(first.json, joinJson(first.json, second.json));
  return format
    ? problem('unnamed-values', 'the values of one side have names, those of the other have none')
    : problem('mixed-encodings', 'input and output have different encodings');
}

function oneSide(side: Side, isAnswer: boolean): PairedRows | { readonly problem: RecordProblem } {
  if ('json' in side) {
    const joined = joinJson(side.json, side.json.map(noFields));
    return isAnswer ? answered(side.json, joined) : joined;
  }
  return 'csv' in side && isAnswer ? { ...side, answers: widthOf(side.csv) } : side;
}

/** That of the narrowest row. */
const widthOf = (rows: readonly string[][]) => rows.reduce((least, { length }) => Math.min(least, length), Infinity);

const joinCsv = (answers: readonly string[][], requests: readonly string[][]) => ({
  csv: answers.map((row, index) => [...row, ...requests[index]]),
  answers: widthOf(answers),
});

function answered(answers: readonly NamedRow[], rows: ReturnType<typeof joinJson>) {
  if ('problem' in rows) return rows;
  const names = new Set<string>();
  for (const answer of answers) if (answer instanceof Map) for (const name of answer.keys()) names.add(name);
  return { ...rows, answers: names };
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
