import { DefectLog } from '../reading/defects';
import { ID_LENGTH, RangedLines, type RangedPart, type WrittenDictionary } from './ranged-part';
import { append, RequestRecords, type Requests } from './request-records';

/** The numbers of rows of predictions that are one column. */
export interface RowColumn {
  readonly numbers: number[];
  /** which dictionary has what they stand for; they are what they are where absent */
  readonly dictionary?: number;
}

/** What numbers stand for. */
export interface Dictionary {
  readonly texts: string[];
  isOverfull?: boolean;
  /** the number of a value, which is known from then on */
  code(text: string): number;
}

/** A part whose lines are read: what its numbers and its files are among those of the records that it becomes part of. */
export interface OpenedPart {
  readonly part: RangedPart;
  readonly fileCount: number;
  /** by dictionary; undefined where nothing stands for anything */
  readonly recodings: readonly (readonly number[] | undefined)[];
}

/** Numbers and identifiers that are held until they are written: some megabytes. */
const BATCH_NUMBERS = 65_536;

/** Records that are written by ranges of their identifiers, and read range by range. */
export abstract class RangedRecords<Predictions extends Requests> extends RequestRecords<Predictions> {
  /** the columns of rows of predictions, each of which has a number of each row, or none */
  protected abstract readonly rowColumns: readonly RowColumn[];
  /** what numbers stand for; labels are of the first */
  protected abstract readonly dictionaries: readonly Dictionary[];

  private readonly lines = new RangedLines();
  /** which columns rows have that were written; undefined while none were */
  private writtenColumns?: readonly number[];

  /** Writes the lines of what is held, and forgets it, where that is a batch: then all that can be made of the rest is {@link encodeRanges}. */
  writeBatch(least = BATCH_NUMBERS): void {
    if (this.heldCount >= least) this.writeHeld();
  }

  /** Writes what was read by ranges of identifiers, which have to be hashes, so that parts meet range by range. What was read is forgotten. */
  encodeRanges(): string {
    this.writeHeld();
    const { fileNames, defects, outsideWindow, refusal } = this.state;
    const dictionaries = this.dictionaries.map(
      ({ texts, isOverfull = false }): WrittenDictionary => ({ texts, isOverfull }),
    );
    const { writtenColumns: columns = [] } = this;
    return this.lines.text({ fileNames, defects, outsideWindow, refusal, dictionaries, columns });
  }

  private writeHeld(): void {
    this.writePredictions();
    this.writeLabels();
    this.lines.pack();
    this.countWritten();
    this.clear();
  }

  /** All rows have numbers in the same columns, which the first ones show. */
  private writePredictions(): void {
    const { lines, rowColumns } = this;
    const { ids, rowCounts } = this.predictions;
    if (ids.length === 0) return;
    this.writtenColumns ??= rowColumns.flatMap(({ numbers }, index) => (numbers.length > 0 ? [index] : []));
    const written = this.writtenColumns.map((index) => rowColumns[index].numbers);
    let row = 0;
    for (const [index, id] of ids.entries()) {
      const numbers: number[] = [];
      for (const end = row + rowCounts[index]; row < end; row += 1)
        for (const column of written) numbers.push(column[row]);
      lines.push(id, `${PREDICTION}${numbers.join(',')}`);
    }
  }

  private writeLabels(): void {
    const { lines } = this;
    const { ids, rowCounts, actual, fileIndexes, lines: places } = this.labels;
    let row = 0;
    for (const [index, id] of ids.entries()) {
      const numbers = actual.slice(row, row + rowCounts[index]);
      row += rowCounts[index];
      lines.push(id, `${LABEL}${[fileIndexes[index], places[index], ...numbers].join(',')}`);
    }
  }

  /** Takes what a part says beside its lines, which come after those of the parts before. */
  open(part: RangedPart): OpenedPart {
    const { fileNames, defects, outsideWindow, refusal, dictionaries } = part.head;
    const fileCount = this.fileNames.length;
    const log = new DefectLog();
    for (const [reason, count] of defects.counts) log.addMany(reason, count, []);
    log.samples.push(...defects.samples);
    this.defects.merge(log, fileCount);
    this.outsideWindow += outsideWindow;
    this.refusal ??= refusal;
    append(this.fileNames, fileNames);
    return { part, fileCount, recodings: this.dictionaries.map((own, index) => recoding(own, dictionaries[index])) };
  }

  /** Adds the records of some ranges of a part. */
  addRanges({ part, fileCount, recodings }: OpenedPart, from: number, to: number): void {
    const columns = part.head.columns.map((index) => this.rowColumns[index]);
    for (const line of part.lines(from, to)) {
      const id = line.slice(0, ID_LENGTH);
      const numbers = numbersOf(line.slice(ID_LENGTH + 1));
      if (line[ID_LENGTH] === PREDICTION) this.addRows(id, numbers, { columns, recodings });
      else this.addWritten(id, numbers, { fileCount, recodings });
    }
  }

  private addWritten(
    id: string,
    [fileIndex, line, ...codes]: readonly number[],
    { fileCount, recodings }: Pick<OpenedPart, 'fileCount' | 'recodings'>,
  ): void {
    if (!this.hasRoom(codes.length)) return;
    this.pushLabels(id, codes.map(recoded(recodings[0])), { fileIndex: fileIndex + fileCount, line });
  }

  private addRows(
    id: string,
    numbers: readonly number[],
    { columns, recodings }: { readonly columns: readonly RowColumn[] } & Pick<OpenedPart, 'recodings'>,
  ): void {
    const width = columns.length;
    if (!this.beginPredictions(id, numbers.length / width, width)) return;
    for (const [at, number] of numbers.entries()) {
      const { numbers: column, dictionary } = columns[at % width];
      column.push(dictionary === undefined ? number : recoded(recodings[dictionary])(number));
    }
  }

  /** Forgets all requests, and nothing else. */
  clear(): void {
    const { predictions, labels } = this;
    const columns = [predictions.ids, predictions.rowCounts, ...Object.values(labels)];
    for (const column of [...columns, ...this.rowColumns.map(({ numbers }) => numbers)]) column.length = 0;
  }
}

/** What stands behind the identifier of a line. */
const PREDICTION = 'p';
const LABEL = 'l';

/** What has no number here. */
const NO_CODE = -1;

function recoding(own: Dictionary, { texts, isOverfull }: WrittenDictionary): number[] | undefined {
  if (isOverfull) own.isOverfull = true;
  return texts.length === 0 ? undefined : texts.map((text) => own.code(text));
}

const numbersOf = (text: string): number[] => (text === '' ? [] : text.split(',').map(Number));

const recoded = (codes: readonly number[] | undefined) => (code: number) => (codes ? (codes[code] ?? NO_CODE) : code);
