import { CsvParser, type CsvProblem } from '../analysis/reading/csv';

/** One record of a CSV file. */
export interface CsvRecord {
  readonly fields: readonly string[];
  /** 1-based, at which it begins */
  readonly line: number;
}

/** A CSV file whose records have as many fields as its header. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The records of a CSV file; stops at the first problem. Empty for an empty text. */
export function readCsvRecords(text: string): { readonly records: CsvRecord[] } | { readonly problem: string } {
  const records: CsvRecord[] = [];
  const problems: string[] = [];
  const parser = new CsvParser({
    row: (fields, line) => void records.push({ fields: [...fields], line }),
    problem: (problem: CsvProblem, line) => void problems.push(`line ${line}: ${problem}`),
  });
  parser.push(text);
  parser.end();
  const [problem] = problems;
  return problem === undefined ? { records } : { problem };
}

/** A table, with the given header, or else that of its first record. */
export function readCsvTable(text: string, given?: readonly string[]): CsvTable | { readonly problem: string } {
  const read = readCsvRecords(text);
  if ('problem' in read) {
    return read;
  }
  const [first, ...others] = read.records;
  const header = given ?? first?.fields ?? [];
  const records = given === undefined ? others : read.records;
  const odd = records.find(({ fields }) => fields.length !== header.length);
  return odd === undefined
    ? { header, rows: records.map(({ fields }) => fields) }
    : { problem: `line ${odd.line}: ${odd.fields.length} fields, the header has ${header.length}` };
}
