// What reports remember of how good a model was, from window to window.

/** The opt-in metrics of one monitor, Count: how many of its confirmed violations are of either check; none of windows in which that was not made. */
export const SIGNAL_METRICS = ['ConceptDrift', 'ModelDecay'] as const;

/** One of {@link SIGNAL_METRICS}. */
export type SignalMetric = (typeof SIGNAL_METRICS)[number];

/** A metric, and its standard error. */
export type QualityFigure = readonly [value: number, standardError: number];

/** How good a model was in a window, by metric. */
export interface RememberedQuality {
  /** whose records, where each variant is judged apart */
  readonly variant?: string;
  /** by labels; absent where too few rows have one */
  readonly realized?: { readonly [metric: string]: QualityFigure };
  /** as the probabilities of the model let expect; absent where they say nothing */
  readonly estimated?: { readonly [metric: string]: QualityFigure };
}

/** A window in which something was known of that. */
export interface QualityWindow {
  /** ISO 8601, as `end` */
  readonly start: string;
  readonly end: string;
  /** one, or one for each variant that is judged apart */
  readonly quality: readonly RememberedQuality[];
}

/** What of it a report says. */
export interface ReportedQuality {
  /** of its window and those before it, the oldest first, as far as is looked back; absent where nothing is known, and in reports of earlier versions */
  readonly qualityWindows?: readonly QualityWindow[];
  /** confirmed violations of checks that have a metric; absent where none is asked for, and of a check that was not made */
  readonly signalCounts?: { readonly [signal in SignalMetric]?: number };
}
