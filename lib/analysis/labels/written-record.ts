import { ID_WORDS } from './identifiers';

/** A bit of what stands behind the identifier of labels: how many rows they have. */
export const LABEL = 1 << 31;

/** Words of a row of either kind. */
export interface RowWords {
  readonly ofPrediction: number;
  readonly ofLabel: number;
}

/** Where a record stands among words: its identifier, how many rows it has, of labels the file and the line, and the numbers of its rows. */
export interface WrittenRecord {
  readonly from: number;
  /** where the numbers of its rows begin */
  readonly rowsFrom: number;
  readonly to: number;
  readonly rows: number;
  readonly isLabel: boolean;
}

/** The record that begins at a word. */
export function recordAt(words: Int32Array, from: number, { ofPrediction, ofLabel }: RowWords): WrittenRecord {
  const head = words[from + ID_WORDS];
  const rows = head & ~LABEL;
  const isLabel = head < 0;
  const rowsFrom = from + ID_WORDS + (isLabel ? 3 : 1);
  return { from, rowsFrom, to: rowsFrom + rows * (isLabel ? ofLabel : ofPrediction), rows, isLabel };
}

/** Takes the records of words, one after the other. */
export function eachRecord(words: Int32Array, rowWords: RowWords, take: (record: WrittenRecord) => void): void {
  for (let at = 0; at < words.length; ) {
    const record = recordAt(words, at, rowWords);
    take(record);
    at = record.to;
  }
}
