// Shapes of what a run says of two variants beside each other.
import type { LeftOut, ReportedDistance } from '../contract';

/** The opt-in metric of one monitor, Count: how many differences of two variants chance does not explain; none of windows in which nothing could be compared. */
export const VARIANT_DIFFERENCES = 'VariantDifferences';

/** A number, and the interval that has it in 95 of 100 samples. */
export interface FigureInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A number of each of two variants, and how much more the candidate has. */
export interface FigureDifference {
  readonly reference: number;
  readonly candidate: number;
  readonly difference: FigureInterval;
}

/** What is said of two variants of one window; members are absent of which nothing is known, or that the kind of monitor does not compare. */
export interface ComparedVariants {
  readonly reference: string;
  readonly candidate: string;
  /** rows that were read of each; absent where all of them could not be held */
  readonly rows?: { readonly reference: number; readonly candidate: number };
  /** what each predicts, whatever it was asked */
  readonly predictions?: {
    /** `mean` of a regression, `positiveShare` of a binary classification, `labels` of several labels */
    readonly measure: 'mean' | 'positiveShare' | 'labels';
    /** absent of `labels` */
    readonly figure?: FigureDifference;
    /** of `labels`: the share of predictions that would have to have another label, 0 to 1 */
    readonly distance?: number;
    /** of `labels`: how likely chance alone does this, 0 to 1; absent where both have answered the same requests */
    readonly pValue?: number;
  };
  /** what both say of the same requests */
  readonly agreement?: {
    readonly requests: number;
    readonly rows: number;
    /** of classifications: rows of which both say the same, and their share */
    readonly agreeing?: number;
    readonly share?: FigureInterval;
    /** of regressions: how much more the candidate says, and how far the two are apart, in the mean */
    readonly meanDifference?: FigureInterval;
    readonly meanDistance?: FigureInterval;
  };
  /** what both are worth, by labels */
  readonly quality?: {
    /** rows with a label: of each, and those that both have answered */
    readonly rows: { readonly reference: number; readonly candidate: number; readonly shared: number };
    readonly metrics: readonly (FigureDifference & { readonly metric: string })[];
    /** of classifications, about `shared` rows: windows can be added up */
    readonly answers?: {
      readonly bothRight: number;
      readonly onlyReferenceRight: number;
      readonly onlyCandidateRight: number;
      readonly neitherRight: number;
    };
  };
  /** where a metric of it is asked for: columns that drifted, or predictions and metrics, whose difference chance does not explain; absent where there is none to look at */
  readonly differenceCount?: number;
  readonly notCompared: readonly LeftOut[];
}

/** `comparison` of a report. */
export interface ReportedComparison extends ComparedVariants {
  /** of the candidate's columns to the reference's */
  readonly distances?: readonly ReportedDistance[];
  /** columns that are farther apart than their thresholds, and than chance explains */
  readonly drifted?: readonly string[];
  /** where a test of the two was asked for, and the kind of monitor has some */
  readonly evidence?: TestEvidence;
}

/** What the rows of one variant say, by groups of their requests: how many there are, and the sum of what each is worth. */
export interface GroupedEvidence {
  readonly rows: readonly number[];
  readonly sums: readonly number[];
}

/** What a window says to a test of more windows than one. */
export interface TestEvidence {
  /** the test that asked for it */
  readonly test: string;
  /** the first is by labels */
  readonly metrics: readonly MetricEvidence[];
}

/** What a window says of one metric. */
export interface MetricEvidence {
  /**
   * Of rows with a label the share of right answers, or the mean absolute error; of all rows the share of the positive label, or the mean that is predicted; of requests
   * that both have answered the share of other labels, or how far numbers are apart
   */
  readonly metric: 'accuracy' | 'mae' | 'predictions' | 'disagreement';
  readonly reference: GroupedEvidence;
  readonly candidate: GroupedEvidence;
}

/** `comparison` of an event: without distances, which are in the report; of each list the first 20. */
export interface ComparisonOutcome extends ComparedVariants {
  readonly drifted?: readonly string[];
  readonly driftedCount?: number;
}
