import { DefectLog } from '../reading/defects';
import { ID_WORDS, type Identifiers } from './identifiers';
import { type PartHead, type RangedPart, RangedWords, rangeOf, type WrittenDictionary } from './ranged-part';
import type { RecordSink } from './record-files';
import { append, RequestRecords, type Requests } from './request-records';

/** The numbers of rows of predictions that are one column. */
export interface RowColumn {
  readonly numbers: number[];
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

/** Numbers and identifiers that are held until they are written: some megabytes. */
const BATCH_NUMBERS = 65_536;

/** Records that are written by ranges of their identifiers, and read range by range. */
export abstract class RangedRecords<Predictions extends Requests> extends RequestRecords<Predictions> {
  /** the columns of rows of predictions, each of which has a number of each row, or none */
  protected abstract readonly rowColumns: readonly RowColumn[];
  /** what numbers stand for; labels are of the first */
  protected abstract readonly dictionaries: readonly Dictionary[];

  private readonly ranges = new RangedWords();
  /** which columns rows have that were written, and whether they are fractions; undefined while none were */
  private writtenColumns?: PartHead['columns'];
  private hasFractionLabels = false;

  /** Writes what is held, and forgets it, where that is a batch: then all that can be made of the rest is {@link encodeRanges}. */
  writeBatch(least = BATCH_NUMBERS): void {
    if (this.heldCount >= least) this.writeHeld();
  }

  /** Writes what was read by ranges of identifiers, so that parts meet range by range. What was read is forgotten. */
  encodeRanges(): Uint8Array {
    this.writeHeld();
    const { fileNames, defects, outsideWindow, refusal } = this.state;
    const dictionaries = this.dictionaries.map(
      ({ texts, isOverfull = false }): WrittenDictionary => ({ texts, isOverfull }),
    );
    const { writtenColumns: columns = [], hasFractionLabels } = this;
    const head = { fileNames, defects, outsideWindow, refusal, dictionaries, columns, hasFractionLabels };
    return this.ranges.bytes(head);
  }

  private writeHeld(): void {
    this.writePredictions();
    this.writeLabels();
    this.countWritten();
    this.clear();
  }

  /** All rows have numbers in the same columns, which the first ones show. */
  private writePredictions(): void {
    const { rowColumns } = this;
    const { ids, rowCounts } = this.predictions;
    if (ids.length === 0) return;
    this.writtenColumns ??= rowColumns.flatMap((column, index) =>
      column.numbers.length > 0 ? [[index, this.isFraction(column)] as const] : [],
    );
    const columns = this.writtenColumns.map(([index, isFraction]) => ({ ...rowColumns[index], isFraction }));
    const rowWords = columns.reduce((sum, { isFraction }) => sum + (isFraction ? 2 : 1), 0);
    let row = 0;
    for (let index = 0; index < ids.length; index += 1) {
      const rows = rowCounts[index];
      const { words, at } = this.begin(ids, index, 1 + rows * rowWords);
      words[at] = rows;
      let next = at + 1;
      for (const end = row + rows; row < end; row += 1) {
        for (const { numbers, isFraction } of columns) next = put(words, next, numbers[row], isFraction);
      }
    }
  }

  private writeLabels(): void {
    const { ids, rowCounts, actual, fileIndexes, lines } = this.labels;
    if (ids.length === 0) return;
    this.hasFractionLabels = this.isFraction({ numbers: actual, dictionary: 0 });
    const { hasFractionLabels } = this;
    let row = 0;
    for (let index = 0; index < ids.length; index += 1) {
      const rows = rowCounts[index];
      const { words, at } = this.begin(ids, index, 3 + rows * (hasFractionLabels ? 2 : 1));
      words[at] = rows | LABEL;
      words[at + 1] = fileIndexes[index];
      words[at + 2] = lines[index];
      let next = at + 3;
      for (const end = row + rows; row < end; row += 1) next = put(words, next, actual[row], hasFractionLabels);
    }
  }

  /** Numbers that stand for something are whole, as are the bits of samples. */
  private isFraction({ dictionary, isWhole = false }: RowColumn): boolean {
    return !isWhole && (dictionary === undefined || this.dictionaries[dictionary].texts.length === 0);
  }

  /** Writes an identifier, and makes room for so many words behind it. */
  private begin(ids: Identifiers, index: number, count: number): { readonly words: Int32Array; readonly at: number } {
    const from = index * ID_WORDS;
    const list = this.ranges.lists[rangeOf(ids.words[from])];
    const at = list.reserve(ID_WORDS + count);
    const { words } = list;
    for (let word = 0; word < ID_WORDS; word += 1) words[at + word] = ids.words[from + word];
    return { words, at: at + ID_WORDS };
  }

  /** Takes what a part says beside its records, which come after those of the parts before. */
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
    const { columns, hasFractionLabels } = part.head;
    const rowColumns = columns.map(([index, isFraction]) => {
      const { numbers, dictionary } = this.rowColumns[index];
      return { numbers, isFraction, codes: dictionary === undefined ? undefined : recodings[dictionary] };
    });
    const { actual } = this.labels;
    const labelColumns = [{ numbers: actual, isFraction: hasFractionLabels, codes: recodings[0] }];
    const words = part.words(from, to);
    for (let at = 0; at < words.length; ) {
      const head = words[at + ID_WORDS];
      const rows = head & ~LABEL;
      const isLabel = head < 0;
      const isTaken = isLabel
        ? this.beginLabels(words, at, rows, fileCount)
        : this.beginRows(words, at, rows, columns.length);
      if (!isTaken) return;
      const next = at + ID_WORDS + (isLabel ? 3 : 1);
      at = taken(words, next, rows, isLabel ? labelColumns : rowColumns);
    }
  }

  private beginLabels(words: Int32Array, at: number, rows: number, fileCount: number): boolean {
    if (!this.hasRoom(rows)) return false;
    const { ids, rowCounts, fileIndexes, lines } = this.labels;
    ids.pushFrom(words, at);
    rowCounts.push(rows);
    fileIndexes.push(words[at + ID_WORDS + 1] + fileCount);
    lines.push(words[at + ID_WORDS + 2]);
    return true;
  }

  private beginRows(words: Int32Array, at: number, rows: number, columns: number): boolean {
    if (!this.hasRoom(rows * columns)) return false;
    this.predictions.ids.pushFrom(words, at);
    this.predictions.rowCounts.push(rows);
    return true;
  }

  /** Forgets all requests, and nothing else. */
  clear(): void {
    const { predictions, labels } = this;
    const { ids, ...columns } = labels;
    for (const identifiers of [ids, predictions.ids]) identifiers.clear();
    const rows = this.rowColumns.map(({ numbers }) => numbers);
    for (const column of [predictions.rowCounts, ...Object.values(columns), ...rows]) column.length = 0;
  }
}

/** Lets records be written batch by batch while their files are read. */
export function writtenAsTheyCome(sink: RecordSink, records: RangedRecords<Requests>): RecordSink {
  return {
    matched(found, place) {
      const isTaken = sink.matched(found, place);
      if (isTaken) records.writeBatch();
      return isTaken;
    },
    text(line, place) {
      sink.text(line, place);
      records.writeBatch();
    },
  };
}

/** A bit of what stands behind the identifier of labels: how many rows they have. */
const LABEL = 1 << 31;

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
  readonly numbers: number[];
  readonly isFraction: boolean;
  readonly codes?: readonly number[];
}

/** Adds the numbers of rows to their columns, and returns where the next record stands. */
function taken(words: Int32Array, from: number, rows: number, columns: readonly TakingColumn[]): number {
  let at = from;
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
  return at;
}
