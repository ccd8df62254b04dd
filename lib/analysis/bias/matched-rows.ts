import type { Words128 } from '../batch/identifier-hash';
import { KnownTexts } from '../batch/known-texts';
import { plainNumber } from '../batch/plain-number';
import { MAX_LABEL } from '../labels/ground-truth';
import type { StringRange } from '../reading/capture-fields';
import type { MatchedLine } from '../reading/capture-layout';
import { isOneRow } from '../reading/matched-rows';
import { placeInTime, type TimeWindow } from '../reading/time-window';
import type { BiasRecords } from './bias-records';
import { readPredicted } from './predicted-label';
import { columnIndex, type ReadPlaces, rowWidths } from './record-rows';
import { NO_CODE, type ValueCodes } from './value-codes';

const OPEN_ARRAY = 91;

/** Whether the data of a side are surely one row, and no list. */
const isPlainRow = (memory: Uint8Array, side: StringRange): boolean =>
  isOneRow(memory, side) && memory[side.from] !== OPEN_ARRAY;

/** What is read, and where it is kept. */
export interface BiasRowReading {
  readonly window?: TimeWindow;
  readonly key: Words128;
  readonly records: BiasRecords;
}

/** Texts as the numbers of their column, which a text without room has none of. */
export const codesOf = (column: ValueCodes, read: (text: string) => string | object) =>
  new KnownTexts((text) => {
    const value = read(text);
    const code = typeof value === 'object' ? NO_CODE : column.code(value);
    return code === NO_CODE ? undefined : code;
  });

/** Takes the rows of captured lines of a known layout whose sides are one row of CSV each, as {@link BiasRowReader} reads them. */
export class MatchedBiasRows {
  private readonly indexes: readonly number[];
  private readonly widths?: readonly number[];
  private readonly values: readonly KnownTexts<number>[];
  private readonly predictions: KnownTexts<number>;
  private readonly row: Float64Array;

  constructor(
    private readonly places: ReadPlaces,
    private readonly reading: BiasRowReading,
  ) {
    const [, predicted, ...groups] = reading.records.columns;
    this.indexes = places.columns.map((name) => columnIndex(name, places.headers));
    this.row = new Float64Array(1 + this.indexes.length);
    this.widths = rowWidths(places);
    this.values = groups.map((column) => codesOf(column, (text) => text));
    this.predictions = codesOf(predicted, (text) => readPredicted(text, places.threshold));
  }

  /** False for what is to be read as text. */
  take(found: MatchedLine): boolean {
    const { window, records, key } = this.reading;
    const place = placeInTime(found.time, window);
    if (place === 'elsewhere') return false;
    if (place === 'beside') {
      records.outsideWindow += 1;
      return true;
    }
    const { output, input, memory } = found;
    if (!output || !input || !found.isNamed() || !this.areRows(memory, output, input)) return false;
    const predicted = this.predicted(memory, output);
    if (predicted === undefined) return false;
    this.row[0] = predicted;
    for (let column = 0; column < this.indexes.length; column++) {
      const index = this.indexes[column];
      const code = this.values[column].of(memory, input.start(index), input.end(index));
      if (code === undefined) return false;
      this.row[column + 1] = code;
    }
    records.addRowOf(found.identifier(key), this.row);
    return true;
  }

  private areRows(memory: Uint8Array, output: StringRange, input: StringRange): boolean {
    if (!isPlainRow(memory, output) || !isPlainRow(memory, input)) return false;
    for (let at = 0; at < this.indexes.length; at++) {
      const index = this.indexes[at];
      if (!(index < input.count) || input.end(index) - input.start(index) > MAX_LABEL) return false;
    }
    return this.widths === undefined || this.widths.includes(input.count);
  }

  private predicted(memory: Uint8Array, output: StringRange): number | undefined {
    const { predicted, threshold } = this.places;
    const index = 'column' in predicted ? predicted.column : 0;
    if (!('column' in predicted ? index < output.count : output.count === 1)) return undefined;
    const from = output.start(index);
    const to = output.end(index);
    const probability = threshold === undefined ? Number.NaN : plainNumber(memory, from, to);
    if (Number.isNaN(probability)) return this.predictions.of(memory, from, to);
    return this.codeOf(probability > (threshold ?? 0) ? '1' : '0');
  }

  private codeOf(label: string): number | undefined {
    const code = this.reading.records.columns[1].code(label);
    return code === NO_CODE ? undefined : code;
  }
}
