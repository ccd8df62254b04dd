import type { PartCounts } from '../port';
import { DefectLog, type WrittenDefects } from '../reading/defects';
import { defectsAsUnreadable } from '../reading/unreadable';
import type { FeatureRow } from './model-answers';
import type { AttributionAnalysis } from './schemas';

/** Raised with every change to what is stored: parts of two versions are never mixed. */
const VERSION = 1;

/** A row of a sample, and its place in the order by which rows are taken. */
export interface SampledRow {
  /** a keyed hash: of two rows with the same one, one is kept */
  readonly rank: string;
  readonly values: FeatureRow;
}

/** What the rows of a sample were explained to, or why they were not, in words without data. */
export type Explanation = { readonly analysis: AttributionAnalysis } | { readonly refusal: string };

interface SampleState {
  readonly version: number;
  readonly capacity: number;
  readonly rowCount: number;
  /** absent in what was written before requests were counted: each row stands for one */
  readonly requestCount?: number;
  readonly outsideWindow: number;
  /** absent where no filter leaves any out */
  readonly filtered?: number;
  readonly fileNames: string[];
  readonly defects: WrittenDefects;
  readonly rows: SampledRow[];
  readonly explanation?: Explanation;
}

/**
 * A bounded sample of rows, each as likely as every other: those of the lowest ranks. The same rows give the same sample, in whatever parts they were read
 * and in whatever order these are merged. How many rows there were, and what could not be read, is counted whole.
 */
export class RowSample {
  readonly fileNames: string[] = [];
  readonly defects = new DefectLog();
  /** captured records with a time outside the window */
  outsideWindow = 0;
  /** captured records that a filter left out */
  filtered = 0;
  /** what was made of the rows, by whoever asked the model */
  explanation?: Explanation;
  /** captured requests, of which each has one row or more */
  requestCount = 0;
  private rowCount = 0;
  private kept: SampledRow[] = [];

  /** Begins with no rows. */
  constructor(readonly capacity: number) {}

  /** The rows, the lowest rank first. */
  get rows(): readonly SampledRow[] {
    this.settle();
    return this.kept;
  }

  /** What was read, and what could not be. */
  get counts(): PartCounts {
    const { rowCount: recordCount, outsideWindow, filtered } = this;
    return defectsAsUnreadable(this.defects, { recordCount, outsideWindow, filtered });
  }

  /** Counts a row, and keeps it while its rank is among the lowest. */
  add(row: SampledRow): void {
    this.rowCount += 1;
    this.kept.push(row);
    if (this.kept.length > 2 * this.capacity) this.settle();
  }

  /** Adds what was read after this. */
  merge(that: RowSample): void {
    this.rowCount += that.rowCount;
    this.requestCount += that.requestCount;
    this.outsideWindow += that.outsideWindow;
    this.filtered += that.filtered;
    this.defects.merge(that.defects, this.fileNames.length);
    for (const name of that.fileNames) this.fileNames.push(name);
    this.kept.push(...that.rows);
    this.settle();
    this.explanation ??= that.explanation;
  }

  /** The same counts, with those rows alone that have the lowest ranks, at most so many. */
  limitedTo(rows: number): RowSample {
    const whole = new RowSample(rows);
    whole.merge(this);
    return whole;
  }

  /** The same counts, with what came of the rows in the place of these. */
  explained(explanation: Explanation): RowSample {
    const whole = new RowSample(this.capacity);
    whole.merge(this);
    whole.kept = [];
    whole.explanation = explanation;
    return whole;
  }

  /** As compact JSON, from which {@link decodeSample} restores it. */
  encode(): string {
    const { capacity, rowCount, requestCount, outsideWindow, filtered, fileNames, rows, explanation } = this;
    const defects = this.defects.written;
    const counts = { rowCount, requestCount, outsideWindow, ...(filtered > 0 && { filtered }) };
    const sampled = { ...counts, fileNames, defects, rows: [...rows] };
    return JSON.stringify({ version: VERSION, capacity, ...sampled, explanation } satisfies SampleState);
  }

  /** Makes an empty sample the one that was written. */
  restore(state: SampleState): this {
    this.defects.restore(state.defects);
    this.fileNames.push(...state.fileNames);
    this.rowCount = state.rowCount;
    this.requestCount = state.requestCount ?? state.rowCount;
    this.outsideWindow = state.outsideWindow;
    this.filtered = state.filtered ?? 0;
    this.kept = [...state.rows];
    this.explanation = state.explanation;
    return this;
  }

  /** Leaves the rows of the lowest ranks, each rank once. */
  private settle(): void {
    const byRank = new Map(this.kept.map((row) => [row.rank, row]));
    const sorted = [...byRank.values()].sort((a, b) => (a.rank < b.rank ? -1 : 1));
    this.kept = sorted.slice(0, this.capacity);
  }
}

/** Restores a sample. Throws when the text has none, or one of another version. */
export function decodeSample(text: string): RowSample {
  const state: SampleState = JSON.parse(text);
  if (state?.version === VERSION) return new RowSample(state.capacity).restore(state);
  throw new Error(
    `SampleVersion: the part has the version ${state?.version}, this analysis reads ${VERSION}; read the data again`,
  );
}
