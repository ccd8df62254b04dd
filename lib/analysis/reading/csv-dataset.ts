import { MAX_COLUMNS } from '../batch/field-memory';
import type { TableProfile } from '../profile/table-profile';
import { type ByteRowSink, CsvBytes } from './csv-bytes';
import type { FileLog } from './file-log';
import type { TextEncodingName } from './text-encoding';

/** Reads a CSV file into the tables of a profile. */
export function csvDatasetReader(log: FileLog, { header, delimiter }: CsvDatasetFormat): CsvBytes {
  const sink = header ? new RowsWithHeader(log) : new RowsWithoutHeader(log);
  return new CsvBytes(log.workspace.batch, sink, { maximumRecordBytes: log.maximumRecordBytes, delimiter });
}

/** How a CSV file is written. */
export interface CsvDatasetFormat {
  readonly header: boolean;
  /** one ASCII character; a comma where absent */
  readonly delimiter?: string;
  /** UTF-8 where absent */
  readonly encoding?: TextEncodingName;
}

class RowsWithoutHeader implements ByteRowSink {
  constructor(protected readonly log: FileLog) {}

  accept(width: number, line: number): boolean {
    return this.log.accept(width, line);
  }

  row(fields: readonly string[], line: number): void {
    this.log.row(fields, line);
  }

  problem(_: unknown, line: number, bytes?: number): void {
    if (bytes === undefined)
      this.log.defect(line, 'malformed-data', 'a quote is not closed before the end of the file');
    else this.log.tooLong(line, bytes);
  }
}

class RowsWithHeader extends RowsWithoutHeader {
  private readonly batch = this.log.workspace.batch;
  private names?: string[];
  private table?: TableProfile;

  override accept(width: number): boolean {
    if (!this.table || width !== this.table.columns.length || this.log.isHeaderBehind(width)) return false;
    if (this.batch.width !== width) this.batch.redirect(this.table, width);
    return true;
  }

  override row(fields: readonly string[], line: number): void {
    this.batch.release();
    if (!this.names) this.header(fields, line);
    else if (this.table && fields.length === this.names.length) {
      if (!this.log.isHeader(fields, line)) this.table.addRow(fields);
    } else {
      const detail = `${fields.length} columns instead of ${this.names.length}`;
      this.log.defect(line, this.table ? 'wrong-width' : 'too-many-columns', detail);
    }
  }

  private header(fields: readonly string[], line: number): void {
    this.log.isEmpty = false;
    const twice = repeatedName(fields);
    if (twice) this.log.defect(line, 'duplicate-name', twice);
    this.names = safeNames(fields);
    if (this.names.length > MAX_COLUMNS) {
      this.log.tooManyColumns(line);
      return;
    }
    this.table = this.log.profile.table('header', this.names, this.names.length);
    this.table.addPlace(this.log.place(line));
  }
}

/** Says that a header has a name twice; undefined where it has each once. */
export function repeatedName(fields: readonly string[]): string | undefined {
  const twice = fields.findIndex((field, index) => field !== '' && fields.indexOf(field) < index);
  return twice >= 0 ? `column ${twice + 1} has the name of another one` : undefined;
}

/**
 * A header's names as Spark reads them: an empty one becomes `_c` with its index, one that appears several times gets its index appended.
 *
 * @see https://github.com/apache/spark/blob/master/sql/catalyst/src/main/scala/org/apache/spark/sql/catalyst/csv/CSVUtils.scala
 */
export function safeNames(fields: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const field of fields) counts.set(field.toLowerCase(), (counts.get(field.toLowerCase()) ?? 0) + 1);
  return fields.map((field, index) => {
    if (field === '') return `_c${index}`;
    return (counts.get(field.toLowerCase()) ?? 0) > 1 ? `${field}${index}` : field;
  });
}
