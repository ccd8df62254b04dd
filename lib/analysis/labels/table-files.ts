import type { DatasetFormat, FileReader, RowReader } from '../profile/profiler';
import { safeNames } from '../reading/csv-dataset';
import type { RecordProblem } from '../reading/defects';
import { GENERATED_COLUMNS } from '../reading/file-log';
import { jsonRecordReader } from '../reading/json-dataset';
import type { TakeColumns } from './column-records';
import type { ColumnRow } from './column-row';
import { malformed } from './json-record';
import type { LinePlace, RecordFiles, TextSink } from './record-files';

/** What objects of rows are, which transform jobs have read or written. */
export interface TableForm {
  readonly format: DatasetFormat;
  /** whether rows have an identifier and a time that capture has generated: the last two values of those without names. False where absent */
  readonly hasGeneratedIds?: boolean;
  /** whether answers stand behind the features of rows without names, where a job joins these; false where absent */
  readonly hasAnswers?: boolean;
}

/** Reads objects of rows, each as a record of its own. */
export class TableFiles {
  constructor(
    private readonly files: RecordFiles,
    private readonly form: TableForm,
    private readonly take: TakeColumns,
  ) {}

  /** Begins an object of CSV or JSON. */
  file(name: string): FileReader {
    const { json, csv = { header: true } } = this.form.format;
    const take = this.rowsOf(name);
    if (json) return this.files.json(name, json.lines, this.jsonRows(take));
    return this.files.csv(name, csv.header ? withHeader(take) : (fields, place) => take([...fields], place));
  }

  /** Begins an object that another reader takes apart: Parquet. */
  rows(name: string, columnNames: readonly string[]): RowReader {
    const take = this.rowsOf(name);
    return this.files.rows(name, (fields, place) => take(named(fields, columnNames), place));
  }

  private jsonRows(take: TakeRow): TextSink<string> {
    const read = jsonRecordReader({}, new Set());
    return (text, place) => {
      const fields = read(text);
      take(fields instanceof Map ? fields : { problem: fields }, place);
    };
  }

  /** Takes the rows of one object, which are told apart by how many came before. */
  private rowsOf(name: string): TakeRow {
    let count = 0;
    return (row, place) => {
      count += 1;
      const read = isRow(row) ? this.identified(row) : row;
      const refused = 'problem' in read ? read : this.take({ ...read, identity: `${name}\n${count}` }, place);
      if (refused) this.files.defect(place, refused.problem);
    };
  }

  private identified(row: ColumnRow) {
    const { hasGeneratedIds = false, hasAnswers: hasAnswersBehind } = this.form;
    const record = (id: string, rows: readonly ColumnRow[]) => ({ id, rows, firstFeature: 0, hasAnswersBehind });
    if (!hasGeneratedIds) return record('', [row]);
    const [idName] = GENERATED_COLUMNS;
    const own = row instanceof Map ? row : (row as readonly string[]).slice(0, -GENERATED_COLUMNS.length);
    const id = row instanceof Map ? row.get(idName) : (row as readonly string[]).at(-GENERATED_COLUMNS.length);
    return id ? record(id, [own]) : malformed('malformed-record', `no "${idName}"`);
  }
}

type Refused = { readonly problem: RecordProblem };

/** Takes a row, or why it is none. */
type TakeRow = (row: ColumnRow | Refused, place: LinePlace) => void;

const isRow = (row: ColumnRow | Refused): row is ColumnRow => !('problem' in row);

/** Gives the rows of a file the names of its first one. */
function withHeader(take: TakeRow): TextSink<readonly string[]> {
  let header: readonly string[] | undefined;
  return (fields, place) => {
    if (header) take(named(fields, header), place);
    else header = safeNames(fields);
  };
}

function named(fields: readonly string[], names: readonly string[]): ColumnRow | Refused {
  if (fields.length !== names.length)
    return malformed('wrong-width', `${fields.length} columns instead of ${names.length}`);
  return new Map(names.map((name, index) => [name, fields[index] === '' ? null : fields[index]]));
}
