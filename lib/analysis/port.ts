import type { Comparing } from './comparison';
import type { Estimate } from './numbers/delta-method';
import type { FileReader, RowReader } from './profile/profiler';
import type { LabelCounts } from './reading/label-counts';
import type { OwnCalls } from './reading/own-calls';
import type { FileTimes } from './reading/time-window';
import type { Unreadable } from './reading/unreadable';
import type { DatasetJudgement } from './validation/dataset';

/** A check that the baseline asks for and that could not be made. */
export interface NotEvaluated {
  /** empty for the dataset as a whole */
  readonly feature: string;
  /** a constraint check type, or `all` */
  readonly check: string;
  readonly reason: string;
  /** true for what the baseline itself does not ask for: it is told, and the run is whole without it */
  readonly isUnasked?: true;
}

/** One violated constraint: the container's words for it, and its figures. */
export interface Finding<Entry = object> {
  /** as `constraint_violations.json` lists it */
  readonly entry: Entry;
  /** what the data have; of a share 0 to 1. Absent where it is no number */
  readonly observed?: number;
  /** what the baseline asks for, in the unit of `observed` */
  readonly expected?: number;
  /** the type that the baseline asks for, as `Integral`, where types are checked */
  readonly expectedType?: string;
  /** how likely chance alone does this, 0 to 1, adjusted for the number of tests; 0 where chance has no part, absent where it is not known */
  readonly pValue?: number;
}

/** How far a feature, or a label's attributions, are from the baseline, violated or not. */
export interface Distance {
  readonly feature: string;
  /** 0 to 1; the statistic of a `Simple` ChiSquared is not bounded */
  readonly distance: number;
  /** above it the distance violates */
  readonly threshold: number;
  readonly method: string;
  /** how likely chance alone does this, adjusted for the number of features, 0 to 1; absent for methods without a test */
  readonly pValue?: number;
}

/** What a part holds. */
export interface PartCounts extends Unreadable {
  /** how records and labels met, of an analysis that compares the two; its records are those that did */
  readonly labels?: LabelCounts;
  /** why not all that was read is held, so that nothing can be said of it; absent while it is */
  readonly refusal?: string;
}

/** The contents of files by name, as the service's containers write them: `statistics.json`, `constraints.json`. */
export type AnalysisFiles = { readonly [name: string]: object };

/** Metrics of a model, each with its standard error. */
export interface QualityFigures {
  readonly [metric: string]: Estimate;
}

/** How good a model was in a window, as far as that is known. */
export interface WindowQuality {
  /** by labels; absent where too few rows have one */
  readonly realized?: QualityFigures;
  /** as its probabilities let expect, for all predictions; absent where they say nothing */
  readonly estimated?: QualityFigures;
}

/** What an analysis found in a window. Lists are empty where there is nothing to say. */
export interface Findings {
  /** those of the run, without the list of violations */
  readonly files: AnalysisFiles;
  readonly violations: Finding[];
  readonly distances: Distance[];
  readonly notEvaluated: NotEvaluated[];
  /** of an analysis that looks for what falls from window to window; absent where nothing of the kind is known */
  readonly quality?: WindowQuality;
  /** how many metrics were compared with what the model's probabilities let expect; absent, or 0, where none was */
  readonly gapCount?: number;
  /** how many checks were made: a window of which none was has told nothing. Absent where the container's rules hold, by which that is a result */
  readonly checkCount?: number;
}

/** What was left out of a computation: the files' contents, or why there are none, in words without data. */
export type BaselineFiles = { readonly files: AnalysisFiles } | { readonly refusal: string };

/** What a file holds: records with their predictions, or the labels of records. */
export type FileContent = 'records' | 'labels';

/** Reads the files of one part, one after the other; their order is the order of the rows. */
export interface PartReader<Part> {
  /** Begins a file of text; of captured records with when it was written, where that is known. The name appears in what is reported as unreadable. */
  file(name: string, content?: FileContent, times?: FileTimes): FileReader;
  /** Begins a file that another reader takes apart: Parquet. */
  rows(name: string, columnNames: readonly string[]): RowReader;
  /** What was read; every file must have ended. What became of own calls is counted, of which no file has any more. */
  finish(ownCalls?: OwnCalls): Part;
}

/** What of an analysis the readers of its files need: parts are read anywhere, and travel as text. */
export interface Reading<Part> {
  /** `isRanged`: whether {@link encodeRanges} is all that will be asked of the part, which then holds little of what is read; false where absent. */
  reader(isRanged?: boolean): PartReader<Part>;
  encode(part: Part): string;
  /** The bytes for a {@link Meeting}, of an analysis that has one, once. */
  encodeRanges?(part: Part): Uint8Array;
}

/** What a window comes to. */
export interface JudgedWindow {
  /** What was read and what could not be, with the names that its baseline expects. */
  counts(baseline?: AnalysisFiles): PartCounts;
  /** Checks it against the files of its baseline, which have no problem. Needs at least one record. */
  check(baseline: AnalysisFiles): Promise<Findings | { readonly refusal: string }>;
  /** What the records alone let expect, for a window that has too few labels to be checked. Absent where they say nothing. */
  expected?(baseline: AnalysisFiles): Pick<Findings, 'files' | 'quality'> | undefined;
}

/** Words that a shelf keeps. */
export interface KeptWords {
  /** Those from one to before another; they stay what they are until the shelf is asked for others. */
  read(from: number, to: number): Int32Array;
}

/** Where the records of parts are kept until all parts are there. */
export interface PartShelf {
  /** bytes for which there is room */
  readonly room: number;
  keep(words: Int32Array): KeptWords;
}

/** Brings together the records and the labels of parts, without holding all of what a merged part would. */
export interface Meeting {
  /** Takes what was encoded for it, in the order in which it was read. Throws when that is no part, or one of another version. */
  add(bytes: Uint8Array): void;
  /** What all of them come to. */
  judged(): JudgedWindow;
}

/** What of an analysis is made of parts that were read: it needs nothing of what reads. */
export interface Judging<Part> {
  /** Throws when the text is no part, or one of another version. */
  decode(text: string): Part;
  /** The parts stay as they are, and are taken one after the other; none give an empty part. */
  merge(parts: Iterable<Part>): Part;
  /**
   * Begins a meeting of parts that were encoded for it, in memory unless there is a shelf. Absent where parts are merged.
   *
   * @param baseline by which it will be judged, where that says how rows are counted
   */
  meeting?(shelf?: PartShelf, baseline?: AnalysisFiles): Meeting;
  /** Compares parts of two variants. Absent where nothing of the kind is compared. */
  comparing?(): Comparing;
  /** What was read and what could not be; of a window, with the names that its baseline expects. */
  counts(part: Part, baseline?: AnalysisFiles): PartCounts;
  /** What is to be known of data before a baseline is made of them. Absent where nothing is judged. */
  judgedDataset?(part: Part): DatasetJudgement;
  /** The files of a baseline that these data make. */
  baseline(part: Part): Promise<BaselineFiles>;
  /**
   * Why files are no baseline of this analysis, in words without data; undefined where they are one. Absent where nothing is known of files before
   * data meet them.
   */
  baselineProblem?(baseline: AnalysisFiles): string | undefined;
  /** What is to be known of the files of a baseline before there is a window, in words without data. Absent where nothing is. */
  baselineNotes?(baseline: AnalysisFiles): string[];
  /** Checks a window against the files of its baseline, which have no problem. Needs at least one record. */
  check(part: Part, baseline: AnalysisFiles): Promise<Findings | { readonly refusal: string }>;
}

/**
 * The port that all kinds of analysis fit. Parts are merged in the order of their files: `merge([read(a), read(b)])` says what `read(a ++ b)`
 * says, and `decode(encode(part))` is the part.
 */
export interface Analysis<Part> extends Reading<Part>, Judging<Part> {}
