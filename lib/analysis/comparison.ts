import type { AnalysisFiles, Distance, NotEvaluated } from './port';
import type { WindowTally } from './sequential/grouped-window';

/** A number, and the interval that has it in 95 of 100 samples. */
export interface IntervalFigure {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Of which of two variants something is; labels are of both. */
export type ComparedSide = 'reference' | 'candidate' | 'labels';

/** A number of each of two variants, and how much more the candidate has. */
export interface ComparedFigure {
  readonly reference: number;
  readonly candidate: number;
  readonly difference: IntervalFigure;
}

/** What two variants predict, whatever they were asked. */
export interface ComparedPredictions {
  /** `mean` of what a regression predicts, `positiveShare` of a binary classification, `labels` of one of several labels */
  readonly measure: 'mean' | 'positiveShare' | 'labels';
  /** absent of `labels` */
  readonly figure?: ComparedFigure;
  /** of `labels`: the share of predictions that would have to have another label, 0 to 1 */
  readonly distance?: number;
  /** of `labels`: how likely chance alone does this, 0 to 1; absent where both have answered the same requests, which chance does not draw apart */
  readonly pValue?: number;
}

/** What two variants say of the same requests. */
export interface Agreement {
  /** requests that both have answered, with as many rows */
  readonly requests: number;
  readonly rows: number;
  /** of classifications: rows of which both say the same, and their share */
  readonly agreeing?: number;
  readonly share?: IntervalFigure;
  /** of regressions: how much more the candidate says, and how far the two are apart, in the mean */
  readonly meanDifference?: IntervalFigure;
  readonly meanDistance?: IntervalFigure;
}

/** How often two variants were right about the same rows: windows can be added up. */
export interface ComparedAnswers {
  readonly bothRight: number;
  readonly onlyReferenceRight: number;
  readonly onlyCandidateRight: number;
  readonly neitherRight: number;
}

/** A metric of two variants. */
export interface ComparedMetric extends ComparedFigure {
  readonly metric: string;
}

/** What two variants are worth, by labels. */
export interface ComparedQuality {
  /** rows with a label, of each, and of both */
  readonly rows: { readonly reference: number; readonly candidate: number; readonly shared: number };
  readonly metrics: ComparedMetric[];
  /** of classifications, about `shared` rows */
  readonly answers?: ComparedAnswers;
}

/** What a test of more windows than one may be of: of rows with a label `accuracy` or `mae`; of all what is predicted, and how far both are apart about the same request. */
export type TestedRowsMetric = 'accuracy' | 'mae' | 'predictions' | 'disagreement';

/** Rows by the groups of their requests, and what each is worth. */
export interface TestedRows {
  readonly metric: TestedRowsMetric;
  readonly rows: WindowTally;
}

/** How a candidate differs from a reference. What cannot be said is in `notCompared`. */
export interface Comparison {
  /** rows that were read of each */
  readonly rows: { readonly reference: number; readonly candidate: number };
  /** of the candidate's columns to the reference's */
  readonly distances?: Distance[];
  readonly predictions?: ComparedPredictions;
  readonly agreement?: Agreement;
  readonly quality?: ComparedQuality;
  /** what a test of more windows than one is made of; absent where rows have no quality */
  readonly tested?: readonly TestedRows[];
  readonly notCompared: NotEvaluated[];
}

/** Takes the parts of two variants, in the order in which they were read. */
export interface Comparing {
  /** Takes one. Throws when it is no part, or one of another version. */
  add(bytes: Uint8Array, side: ComparedSide): void;
  /** What they come to, in the light of the baseline of both; why there is nothing to say, in words without data. */
  compared(baseline: AnalysisFiles): Promise<Comparison | { readonly refusal: string }>;
}
