import { readFileSync } from 'node:fs';
import { type CsvRecord, readCsvRecords } from './csv-table';
import { RehearsalError } from './rehearsal-error';
import type { TrafficHour, TrafficRow } from './traffic';

/** How a traffic file becomes hours. */
export interface TrafficFileOptions {
  /** CSV only: how many of the first columns are the model's output; the others are its input */
  readonly outputColumns: number;
  /** CSV only: the column of the label, which is neither output nor input; none where absent */
  readonly labelColumn?: string;
  /** CSV only: the column of the requests' identifiers, which is neither output nor input; none where absent */
  readonly idColumn?: string;
  /** records in each virtual hour; the whole file is one hour where absent */
  readonly recordsPerHour?: number;
}

/** The traffic file cannot be used; the message says where and why. */
export class TrafficFileError extends RehearsalError {
  public constructor(message: string) {
    super('UnusableTraffic', message);
  }
}

/**
 * Reads traffic: `.jsonl` holds captured records, one a line; anything else is CSV with a header, outputs first, as captured data has them.
 * An empty file throws, as does a CSV record with another number of fields than the header.
 */
export function readTrafficFile(file: string, options: TrafficFileOptions): TrafficHour[] {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.jsonl')) {
    const records = text.split('\n').filter((line) => line.trim() !== '');
    return inHours(records, file, options).map((part) => ({ records: part }));
  }
  return inHours(rowsOf(text, file, options), file, options).map((part) => ({ rows: part }));
}

function rowsOf(text: string, file: string, options: TrafficFileOptions): TrafficRow[] {
  const { outputColumns, labelColumn, idColumn } = options;
  const [header, ...records] = recordsOf(text, file);
  const fieldsOfHeader = header?.fields ?? [];
  const label = columnOf(fieldsOfHeader, file, { name: labelColumn, holds: 'the labels' });
  const id = columnOf(fieldsOfHeader, file, { name: idColumn, holds: 'the identifiers' });
  const others = [label, id].filter((index) => index !== undefined);
  if (header === undefined || outputColumns >= header.fields.length - others.length) {
    throw new TrafficFileError(
      `"${file}" needs a header with more than ${outputColumns} columns: outputs first, then inputs`,
    );
  }
  return records.map(({ fields, line }) => {
    if (fields.length !== header.fields.length) {
      throw new TrafficFileError(
        `"${file}", line ${line}: ${fields.length} fields, the header has ${header.fields.length}`,
      );
    }
    const captured = fields.filter((_, index) => !others.includes(index));
    return {
      ...(id !== undefined && { id: fields[id] }),
      output: captured.slice(0, outputColumns),
      input: captured.slice(outputColumns),
      ...(label !== undefined && { label: fields[label] }),
    };
  });
}

/** A column that is not captured. */
interface OtherColumn {
  readonly name?: string;
  /** what it holds, for messages */
  readonly holds: string;
}

function columnOf(columns: readonly string[], file: string, { name, holds }: OtherColumn): number | undefined {
  if (name === undefined) return undefined;
  const index = columns.indexOf(name);
  if (index >= 0) return index;
  const known = columns.join(', ') || 'none';
  throw new TrafficFileError(`"${file}" has no column "${name}" for ${holds}; its columns are ${known}`);
}

function recordsOf(text: string, file: string): CsvRecord[] {
  const read = readCsvRecords(text);
  if ('problem' in read) {
    throw new TrafficFileError(`"${file}", ${read.problem}`);
  }
  return read.records;
}

function inHours<T>(records: T[], file: string, { recordsPerHour = records.length }: TrafficFileOptions): T[][] {
  if (records.length === 0) {
    throw new TrafficFileError(`"${file}" holds no record`);
  }
  const count = Math.ceil(records.length / recordsPerHour);
  return Array.from({ length: count }, (_, hour) => records.slice(hour * recordsPerHour, (hour + 1) * recordsPerHour));
}
