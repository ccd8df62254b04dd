import type { Words128 } from '../batch/identifier-hash';
import { sum } from '../numbers/sum';
import { DefectLog } from '../reading/defects';
import { ID_WORDS } from './identifiers';
import type { NumberColumn } from './number-column';
import { type PartHead, type RangedPart, RangedWords, rowWordsOf, type WrittenDictionary } from './ranged-part';
import type { LinePlace } from './record-files';
import { append, RequestRecords, type Requests } from './request-records';
import { RequestSizes } from './request-sizes';
import { eachRecord, LABEL, recordAt, type WrittenRecord } from './written-record';

/** The numbers of rows of predictions that are one column. */
export interface RowColumn {
  readonly numbers: NumberColumn;
  /** which dictionary has what they stand for; they are what they are where absent */
  readonly dictionary?: number;
  /** whether they are whole, and below 2^31; false where absent, unless they stand for something */
  readonly isWhole?: boolean;
}

/** What numbers stand for. */
export interface Dictionary {
  readonly texts: string[];
  isOverfull?: boolean;
  /** the number of a value, which is known from then on */
  code(text: string): number;
}

/** A part whose records are read: what its numbers and its files are among those of the records that it becomes part of. */
export interface OpenedPart {
  readonly part: RangedPart;
  readonly fileCount: number;
  /** by dictionary; undefined where nothing stands for anything */
  readonly recodings: readonly (readonly number[] | undefined)[];
}

/** Ranges in a row, from the first to the one before the last. */
export type RangeSpan = readonly [from: number, to: number];

/** Numbers and identifiers that are held until they are written: some megabytes. */
const BATCH_NUMBERS = 65_536;

/** Records that are written by ranges of their identifiers, and read range by range. */
export abstract class RangedRecords<Predictions extends Requests> extends RequestRecords<Predictions> {
  /** the columns of rows of predictions, each of which has a number of each row, or none */
  protected abstract readonly rowColumns: readonly RowColumn[];
  /** what numbers stand for; labels are of the first */
  protected abstract readonly dictionaries: readonly Dictionary[];

  private readonly ranges = new RangedWords();
  private isWrittenAsRead = false;
  /** which columns rows have that were written, and whether they are fractions; undefined while none were */
  private writtenColumns?: PartHead['columns'];
  private rowWords = 0;
  /** by written column */
  private areFractions: readonly boolean[] = [];
  private hasFractionLabels = false;
  /** that a request may have: no bound, until the largest are given up */
  private mostNumbers = Number.POSITIVE_INFINITY;
  /** records, and numbers of their rows, that surely have room while they come one by one */
  private readonly sure = { records: 0, numbers: 0 };
  /** where an identifier was written last */
  private target = new Int32Array();

  /** Lets what is read be written, and little of it be held: then all that can be made of it is {@link encodeRanges}. */
  writeAsRead(): void {
    this.isWrittenAsRead = true;
  }

  /** Writes what is held, and forgets it, where that is a batch and records are written as they are read. */
  writeBatch(least = BATCH_NUMBERS): void {
    if (this.isWrittenAsRead && this.heldCount >= least) this.writeHeld();
  }

  override addLabel(id: Words128, code: number, place: LinePlace): void {
    if (!this.isWrittenAsRead) super.addLabel(id, code, place);
    else if (this.hasRoomForOne(1)) this.writeLabel(id, code, place);
  }

  /**
   * Writes the one row of a request, where records are written as they are read; else returns false.
   *
   * @param columns those of which the row has numbers, the same of all rows
   */
  protected writesRow(id: Words128, columns: readonly number[], row: Float64Array): boolean {
    if (!this.isWrittenAsRead) return false;
    if (!this.hasRoomForOne(this.numbersPerRow)) return true;
    if (!this.writtenColumns) this.columnsOf(columns);
    const { areFractions } = this;
    let at = this.begin(id, 0, 1 + this.rowWords);
    const { target } = this;
    target[at] = 1;
    at += 1;
    for (let index = 0; index < areFractions.length; index += 1) at = put(target, at, row[index], areFractions[index]);
    return true;
  }

  /**
   * Whether there is room for a record of one row that is written at once, and counts from then on; what was read before it is written, too. How much
   * has room is asked once for all that come one after the other.
   */
  private hasRoomForOne(numbers: number): boolean {
    const { sure } = this;
    if (sure.records > 0 && sure.numbers >= numbers) {
      sure.records -= 1;
      sure.numbers -= numbers;
      this.countWritten(1, numbers);
      return true;
    }
    if (!this.hasRoom(numbers)) return false;
    if (this.heldCount > 0) this.writeHeld();
    this.countWritten(1, numbers);
    Object.assign(sure, this.roomLeft);
    return true;
  }

  /** Where there is no room for all that is written as it is read, the largest requests are given up, and those that come later and are as large. */
  protected override hasRoom(numbers: number, records = 1): boolean {
    this.sure.records = 0;
    if (this.isWrittenAsRead && this.refusal === undefined && !this.hasRoomForNumbers(numbers)) this.makeRoom(numbers);
    if (numbers <= this.mostNumbers) return super.hasRoom(numbers, records);
    this.giveUpOne();
    return false;
  }

  /** Leaves half of the room to those that come, unless it is requests of one row that fill it. */
  private makeRoom(numbers: number): void {
    this.writeHeld();
    const rowWords = { ofPrediction: this.rowWords, ofLabel: this.hasFractionLabels ? 2 : 1 };
    const sizes = new RequestSizes();
    sizes.add(numbers);
    this.ranges.each(rowWords, (record) => sizes.add(this.numbersOf(record)));
    this.mostNumbers = this.boundOf(sizes, this.room.numbers / 2);
    this.ranges.keep(rowWords, (record) => {
      const own = this.numbersOf(record);
      if (own <= this.mostNumbers) return true;
      this.countWritten(-1, -own);
      this.giveUpOne();
      return false;
    });
  }

  /** Numbers that a request may have, so that all have room; no bound where requests of one row have none: then there are too many. */
  private boundOf(sizes: RequestSizes, room: number): number {
    const most = sizes.mostWithin(room);
    return most < this.numbersPerRow ? Number.POSITIVE_INFINITY : most;
  }

  private numbersOf({ rows, isLabel }: WrittenRecord): number {
    return isLabel ? rows : rows * this.numbersPerRow;
  }

  private giveUpOne(): void {
    this.defects.addMany('too-many-rows', 1, []);
  }

  private writeLabel(id: Words128, code: number, { fileIndex, line }: LinePlace): void {
    this.hasFractionLabels = this.dictionaries[0].texts.length === 0;
    const at = this.begin(id, 0, this.hasFractionLabels ? 5 : 4);
    const { target } = this;
    target[at] = 1 | LABEL;
    target[at + 1] = fileIndex;
    target[at + 2] = line;
    put(target, at + 3, code, this.hasFractionLabels);
  }

  /** Writes what was read by ranges of identifiers, so that parts meet range by range. What was read is forgotten. */
  encodeRanges(): Uint8Array {
    this.writeHeld();
    const { fileNames, defects, outsideWindow, filtered, refusal } = this.state;
    const dictionaries = this.dictionaries.map(
      ({ texts, isOverfull = false }): WrittenDictionary => ({ texts, isOverfull }),
    );
    const { writtenColumns: columns = [], hasFractionLabels } = this;
    const head = { fileNames, defects, outsideWindow, filtered, refusal, dictionaries, columns, hasFractionLabels };
    return this.ranges.bytes(head);
  }

  private writeHeld(): void {
    this.writePredictions();
    this.writeLabels();
    this.countHeld();
    this.clear();
  }

  /** All rows have numbers in the same columns, which the first ones show. */
  private writePredictions(): void {
    const { rowColumns } = this;
    const { ids, rowCounts } = this.predictions;
    if (ids.length === 0) return;
    const held = [...rowColumns.keys()].filter((index) => rowColumns[index].numbers.length > 0);
    const columns = this.columnsOf(held).map(([index, isFraction]) => ({ ...rowColumns[index], isFraction }));
    let row = 0;
    for (let index = 0; index < ids.length; index += 1) {
      const rows = rowCounts.values[index];
      let at = this.begin(ids.words, index * ID_WORDS, 1 + rows * this.rowWords);
      const { target } = this;
      target[at] = rows;
      at += 1;
      for (const end = row + rows; row < end; row += 1) {
        for (const { numbers, isFraction } of columns) at = put(target, at, numbers.values[row], isFraction);
      }
    }
  }

  private writeLabels(): void {
    const { ids, rowCounts, actual, fileIndexes, lines } = this.labels;
    if (ids.length === 0) return;
    const isFraction = this.dictionaries[0].texts.length === 0;
    this.hasFractionLabels = isFraction;
    let row = 0;
    for (let index = 0; index < ids.length; index += 1) {
      const rows = rowCounts.values[index];
      let at = this.begin(ids.words, index * ID_WORDS, 3 + rows * (isFraction ? 2 : 1));
      const { target } = this;
      target[at] = rows | LABEL;
      target[at + 1] = fileIndexes.values[index];
      target[at + 2] = lines.values[index];
      at += 3;
      for (const end = row + rows; row < end; row += 1) at = put(target, at, actual.values[row], isFraction);
    }
  }

  /** The columns that rows have, once some have any. */
  private columnsOf(indexes: readonly number[]): PartHead['columns'] {
    if (this.writtenColumns) return this.writtenColumns;
    const { rowColumns } = this;
    this.writtenColumns = indexes.map((index) => [index, this.isFraction(rowColumns[index])]);
    this.areFractions = this.writtenColumns.map(([, isFraction]) => isFraction);
    this.rowWords = this.writtenColumns.reduce((sum, [, isFraction]) => sum + (isFraction ? 2 : 1), 0);
    return this.writtenColumns;
  }

  /** Numbers that stand for something are whole, as are the bits of samples. */
  private isFraction({ dictionary, isWhole = false }: RowColumn): boolean {
    return !isWhole && (dictionary === undefined || this.dictionaries[dictionary].texts.length === 0);
  }

  /** Writes an identifier, and makes room for so many words behind it: in `target`, from the position on that it returns. */
  private begin(ids: Int32Array, from: number, count: number): number {
    const list = this.ranges.list(ids[from]);
    const at = list.reserve(ID_WORDS + count);
    const { words } = list;
    words[at] = ids[from];
    words[at + 1] = ids[from + 1];
    words[at + 2] = ids[from + 2];
    words[at + 3] = ids[from + 3];
    this.target = words;
    return at + ID_WORDS;
  }

  /** Takes what a part says beside its records, which come after those of the parts before. */
  open(part: RangedPart): OpenedPart {
    const { fileNames, defects, outsideWindow, filtered = 0, refusal, dictionaries } = part.head;
    const fileCount = this.fileNames.length;
    this.defects.merge(new DefectLog().restore(defects), fileCount);
    this.outsideWindow += outsideWindow;
    this.filtered += filtered;
    this.refusal ??= refusal;
    append(this.fileNames, fileNames);
    return { part, fileCount, recodings: this.dictionaries.map((own, index) => recoding(own, dictionaries[index])) };
  }

  /** Numbers that a request may have of some ranges of parts. Where all are more than are held, as they may be of one identifier, the largest are given up. */
  mostNumbersOf(parts: readonly OpenedPart[], [from, to]: RangeSpan): number {
    const { numbers } = this.room;
    if (sum(parts.map(({ part }) => part.wordCount(from, to))) <= numbers) return Number.POSITIVE_INFINITY;
    const sizes = new RequestSizes();
    for (const { part } of parts) {
      eachRecord(part.words(from, to), rowWordsOf(part.head), (record) => sizes.add(this.numbersOf(record)));
    }
    return this.boundOf(sizes, numbers);
  }

  /** Adds the records of some ranges of a part, but for those of more numbers than they may have: these are given up. */
  addRanges({ part, fileCount, recodings }: OpenedPart, [from, to]: RangeSpan, most = Number.POSITIVE_INFINITY): void {
    const { columns, hasFractionLabels } = part.head;
    const rowColumns = columns.map(([index, isFraction]) => {
      const { numbers, dictionary } = this.rowColumns[index];
      return { numbers, isFraction, codes: dictionary === undefined ? undefined : recodings[dictionary] };
    });
    const { actual } = this.labels;
    const labelColumns = [{ numbers: actual, isFraction: hasFractionLabels, codes: recodings[0] }];
    const words = part.words(from, to);
    const rowWords = rowWordsOf(part.head);
    for (let at = 0; at < words.length; ) {
      const record = recordAt(words, at, rowWords);
      at = record.to;
      if (this.numbersOf(record) > most) this.giveUpOne();
      else if (!this.begins(words, record, fileCount)) return;
      else take(words, record, record.isLabel ? labelColumns : rowColumns);
    }
  }

  /** Begins a request that was written; false where there is no room for it. */
  private begins(words: Int32Array, record: WrittenRecord, fileCount: number): boolean {
    const { predictions, labels } = this;
    const { from, rows, isLabel } = record;
    if (!this.hasRoom(this.numbersOf(record))) return false;
    const requests = isLabel ? labels : predictions;
    requests.ids.pushFrom(words, from);
    requests.rowCounts.push(rows);
    if (!isLabel) return true;
    labels.fileIndexes.push(words[from + ID_WORDS + 1] + fileCount);
    labels.lines.push(words[from + ID_WORDS + 2]);
    return true;
  }

  /** Forgets all requests, and nothing else. */
  clear(): void {
    const { predictions, labels } = this;
    const { ids, ...columns } = labels;
    for (const identifiers of [ids, predictions.ids]) identifiers.clear();
    const rows = this.rowColumns.map(({ numbers }) => numbers);
    for (const column of [predictions.rowCounts, ...Object.values(columns), ...rows]) column.clear();
  }
}

/** What has no number here. */
const NO_CODE = -1;

function recoding(own: Dictionary, { texts, isOverfull }: WrittenDictionary): number[] | undefined {
  if (isOverfull) own.isOverfull = true;
  return texts.length === 0 ? undefined : texts.map((text) => own.code(text));
}

const FRACTION = new Float64Array(1);
const FRACTION_WORDS = new Int32Array(FRACTION.buffer);

/** Writes a number, and returns where the next one stands. */
function put(words: Int32Array, at: number, number: number, isFraction: boolean): number {
  if (!isFraction) {
    words[at] = number;
    return at + 1;
  }
  FRACTION[0] = number;
  words[at] = FRACTION_WORDS[0];
  words[at + 1] = FRACTION_WORDS[1];
  return at + 2;
}

/** The numbers of a column of a part that is read, and what they are here. */
interface TakingColumn {
  readonly numbers: NumberColumn;
  readonly isFraction: boolean;
  readonly codes?: readonly number[];
}

/** Adds the numbers of the rows of a record to their columns. */
function take(words: Int32Array, { rowsFrom, rows }: WrittenRecord, columns: readonly TakingColumn[]): void {
  let at = rowsFrom;
  for (let row = 0; row < rows; row += 1) {
    for (const { numbers, isFraction, codes } of columns) {
      if (isFraction) {
        FRACTION_WORDS[0] = words[at];
        FRACTION_WORDS[1] = words[at + 1];
        numbers.push(FRACTION[0]);
        at += 2;
      } else {
        numbers.push(codes ? (codes[words[at]] ?? NO_CODE) : words[at]);
        at += 1;
      }
    }
  }
}
