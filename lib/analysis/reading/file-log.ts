import { MAX_COLUMNS } from '../batch/field-memory';
import type { Profile } from '../profile/profile';
import type { TableProfile } from '../profile/table-profile';
import type { Statistics } from '../schemas';
import { type DefectReason, MAX_SAMPLES } from './defects';
import { HeaderNames } from './header-names';
import type { HeaderRows } from './header-rows';
import { tooLongDetail } from './record-size';
import type { Workspace } from './workspace';

/** The columns of a baseline. */
export interface ExpectedColumns {
  readonly names: readonly string[];
  /** whether rows without names must have as many values: others are counted, and not profiled */
  readonly mustFit: boolean;
  /** tells rows of names from records; absent where such rows are records, too */
  readonly headers?: HeaderNames;
}

/** What rows should be by the statistics of a baseline, and by whose rules. The container's take rows of any width, and headers for records. */
export const expectedColumns = ({ features }: Statistics, isContainers = false): ExpectedColumns => ({
  names: features.map(({ name }) => name),
  mustFit: !isContainers,
  ...(!isContainers && { headers: new HeaderNames(features) }),
});

/** The columns that the capture of a transform job generates: they come last in rows without names. */
export const GENERATED_COLUMNS = ['SageMakerInferenceId', 'SageMakerInferenceTime'];

/** What the files of one profiler share. */
export interface FileSettings {
  /** whether rows end with generated columns, which are not profiled; false where absent */
  readonly hasGeneratedIds?: boolean;
  /** of a window, where the baseline is known: its names, and the width that rows without names must have */
  readonly known?: ReadonlySet<string>;
  readonly width?: number;
  readonly headers?: HeaderRows;
  readonly profile: Profile;
  readonly workspace: Workspace;
  readonly maximumRecordBytes: number;
}

/** What is found in one file, with its place. */
export class FileLog {
  isEmpty = true;
  private readonly fileIndex: number;
  private batchTable?: TableProfile;
  /** columns at the end of rows without names that are not profiled */
  private readonly generated: number;

  readonly profile: Profile;
  readonly workspace: Workspace;
  readonly maximumRecordBytes: number;

  constructor(
    private readonly settings: FileSettings,
    private readonly file: string,
  ) {
    this.profile = settings.profile;
    this.workspace = settings.workspace;
    this.maximumRecordBytes = settings.maximumRecordBytes;
    this.fileIndex = this.profile.fileCount;
    this.profile.fileCount += 1;
    this.generated = settings.hasGeneratedIds ? GENERATED_COLUMNS.length : 0;
  }

  place(line: number) {
    return { fileIndex: this.fileIndex, file: this.file, line };
  }

  defect(line: number, reason: DefectReason, detail: string): void {
    this.isEmpty = false;
    this.profile.defects.add({ ...this.place(line), reason, detail });
  }

  /** Lets the batch take a row, whose first columns are so many answers, for the table of rows with as many columns. False when the row is to come as text. */
  accept(width: number, line: number, answers = 0): boolean {
    const own = width - this.generated;
    if (width > MAX_COLUMNS || own < 1 || own !== (this.settings.width ?? own)) return false;
    const { batch } = this.workspace;
    if (this.isHeaderBehind(own)) return false;
    if (batch.width !== width) {
      batch.flush(); // which table is the smallest, and may be dropped for another, depends on its rows
      this.batchTable = this.profile.table('width', [], own);
      batch.redirect(this.batchTable, width);
    }
    this.isEmpty = false;
    this.batchTable?.addAnswers(answers);
    if (this.batchTable && this.batchTable.places.length < MAX_SAMPLES) this.batchTable.addPlace(this.place(line));
    return true;
  }

  /** Adds a row, whose first columns are so many answers, to the table of rows with as many columns. */
  row(fields: readonly string[], line: number, answers = 0): void {
    this.isEmpty = false;
    this.workspace.batch.release();
    if (fields.length > MAX_COLUMNS) {
      this.tooManyColumns(line);
      return;
    }
    const own = fields.slice(0, Math.max(0, fields.length - this.generated));
    const { width = Math.max(1, own.length) } = this.settings;
    if (own.length !== width) {
      this.defect(line, 'wrong-width', `${fields.length} columns instead of ${width + this.generated}`);
      return;
    }
    if (this.isHeader(own, line)) return;
    const table = this.profile.table('width', [], width);
    table.addRow(own);
    table.addAnswers(answers);
    table.addPlace(this.place(line));
  }

  /** Adds a row of values with names, some of which were answered. */
  fields(all: ReadonlyMap<string, string | null>, line: number, answers?: ReadonlySet<string>): void {
    this.isEmpty = false;
    const fields = this.generated > 0 ? new Map([...all].filter(([name]) => !GENERATED_COLUMNS.includes(name))) : all;
    const { known, headers } = this.settings;
    if (headers?.isNamesOnly(fields)) {
      this.headerRow(line);
      return;
    }
    const table = this.profile.table('named', [], 0);
    if (!known && table.columns.length + table.newColumns(fields) > MAX_COLUMNS) {
      this.tooManyColumns(line);
      return;
    }
    table.addFields(fields, known);
    if (answers) table.addAnswerNames(answers);
    table.addPlace(this.place(line));
  }

  /** Whether the fields of a row are the names of the columns; then it is counted as no record. */
  isHeader(fields: readonly string[], line: number): boolean {
    const isHeader = this.settings.headers?.isHeader(fields) ?? false;
    if (isHeader) this.headerRow(line);
    return isHeader;
  }

  /** The same of fields that were just written behind the rows of the batch; counted once they come as text. */
  isHeaderBehind(width: number): boolean {
    return this.settings.headers?.isHeaderBehind(this.workspace.batch, width) ?? false;
  }

  private headerRow(line: number): void {
    this.defect(line, 'header-row', 'its values are the names of the columns');
  }

  tooLong(line: number, bytes: number): void {
    this.defect(line, 'record-too-long', tooLongDetail(bytes, this.maximumRecordBytes));
  }

  tooManyColumns(line: number): void {
    this.defect(line, 'too-many-columns', `more than ${MAX_COLUMNS} columns`);
  }
}
