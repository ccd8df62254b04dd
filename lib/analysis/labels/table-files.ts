import type { DatasetFormat, FileReader, RowReader } from '../profile/profiler';
import { safeNames } from '../reading/csv-dataset';
import type { RecordProblem } from '../reading/defects';
import { GENERATED_COLUMNS } from '../reading/file-log';
import {
  namedFields,
  type ReadTableRecord,
  type TableRecord,
  type TableRules,
  tableRecordReader,
} from '../reading/table-record';
import type { TakeColumns } from './column-records';
import { verdictOn } from './filtered-lines';
import type { LinePlace, RecordFiles, TextSink } from './record-files';

/** What objects of rows are, which transform jobs have read or written. In rows without names answers stand behind the features, where a job joins these. */
export interface TableForm extends Pick<TableRules, 'hasAnswers' | 'hasGeneratedIds'> {
  readonly format: DatasetFormat;
}

/** Which records are read, and how, and what counts those that are not. */
interface TableReading extends Omit<TableRules, 'hasAnswers' | 'hasGeneratedIds'> {
  readonly table: TableForm;
  readonly counts: { filtered: number };
}

/** Reads objects of rows, each record by itself. */
export class TableFiles {
  private readonly read: (record: TableRecord) => ReadTableRecord;

  constructor(
    private readonly files: RecordFiles,
    private readonly reading: TableReading,
    private readonly take: TakeColumns,
  ) {
    this.read = tableRecordReader({ ...reading, ...reading.table }, new Set());
  }

  /** Begins an object of CSV or JSON. */
  file(name: string): FileReader {
    const { json, csv = { header: true } } = this.reading.table.format;
    const take = this.recordsOf(name);
    if (json) return this.files.json(name, json.lines, take);
    return this.files.csv(name, csv.header ? this.withHeader(take) : take);
  }

  /** Begins an object that another reader takes apart: Parquet. */
  rows(name: string, columnNames: readonly string[]): RowReader {
    const take = this.recordsOf(name);
    return this.files.rows(name, (fields, place) => this.named({ fields, names: columnNames, place }, take));
  }

  /** Gives the rows of a file the names of its first one. */
  private withHeader(take: TakeRecord): TextSink<readonly string[]> {
    let names: readonly string[] | undefined;
    return (fields, place) => {
      if (names) this.named({ fields, names, place }, take);
      else names = safeNames(fields);
    };
  }

  private named({ fields, names, place }: HeadedFields, take: TakeRecord): void {
    const row = namedFields(fields, names);
    if (row instanceof Map) take(row, place);
    else this.files.defect(place, row);
  }

  /** Takes the records of one object, which are told apart by how many came before. */
  private recordsOf(name: string): TakeRecord {
    let count = 0;
    return (record, place) => {
      count += 1;
      const refused = this.record(this.read(record), { identity: `${name}\n${count}`, place });
      if (refused) this.files.defect(place, refused);
    };
  }

  /** Takes a record, or says why it cannot be used. One of which a row does not fit, or of whose rows a filter leaves some, cannot. */
  private record({ read, id }: ReadTableRecord, { identity, place }: IdentifiedPlace): RecordProblem | undefined {
    if ('problem' in read) return read.problem;
    const verdict = verdictOn(read);
    if (verdict === 'left out') {
      this.reading.counts.filtered += 1;
      return undefined;
    }
    if (verdict !== 'read') return verdict.problem;
    const { hasGeneratedIds, hasAnswers: hasAnswersBehind } = this.reading.table;
    if (hasGeneratedIds && !id) return { reason: 'malformed-record', detail: `no "${GENERATED_COLUMNS[0]}"` };
    const rows = 'csv' in read ? read.csv : read.json;
    return this.take({ id: id ?? '', identity, rows, firstFeature: 0, hasAnswersBehind }, place)?.problem;
  }
}

type TakeRecord = (record: TableRecord, place: LinePlace) => void;

interface HeadedFields {
  readonly fields: readonly string[];
  readonly names: readonly string[];
  readonly place: LinePlace;
}

interface IdentifiedPlace {
  readonly identity: string;
  readonly place: LinePlace;
}
