import { holmAdjusted } from '../../numbers/holm';
import { oneSided } from '../../numbers/one-sided';
import type { MetricValues } from '../tally';
import type { EstimatedQuality } from './estimate';

/** What a violation of the comparison is called; no container makes it. */
export const CONCEPT_DRIFT_CHECK = 'concept_drift_check';

const NAMES = ['precision', 'recall', 'true_negative_rate', 'f1', 'auc'];

/** The metrics by which what came true is compared with what was estimated; all others follow from these. */
const COMPARED = ['accuracy', ...['', 'macro_'].flatMap((mean) => NAMES.map((name) => `${mean}${name}`))];

/** A metric of rows whose labels have come, beside its estimate from before. */
export interface QualityGap {
  readonly metric: string;
  readonly realized: number;
  readonly estimated: number;
  /** of the difference of both, by chance */
  readonly standardError: number;
  /** how likely chance alone puts it that far below its estimate, adjusted for the number of metrics, 0 to 1; 1 where it is not below */
  readonly pValue: number;
}

/**
 * Compares the quality of rows with its estimate from the probabilities of the same rows. What moves the features alone moves both; a gap that chance does not
 * explain says that the relation of labels to features is another one than in the baseline: concept drift. What is better than its estimate is no reason to do anything. Metrics that either does not have are left out.
 */
export function qualityGaps(realized: MetricValues, estimated: EstimatedQuality): QualityGap[] {
  const gaps = COMPARED.flatMap((metric) => {
    const [value, estimate] = [realized.get(metric) ?? Number.NaN, estimated.get(metric)];
    if (!estimate || Number.isNaN(value)) return [];
    const [expected, standardError] = estimate;
    const isBelow = value < expected;
    const pValue = isBelow ? oneSided((expected - value) / standardError) : 1;
    return Number.isNaN(pValue) ? [] : [{ metric, realized: value, estimated: expected, standardError, pValue }];
  });
  const adjusted = holmAdjusted(gaps.map(({ pValue }) => pValue));
  return gaps.map((gap, index) => ({ ...gap, pValue: adjusted[index] }));
}
