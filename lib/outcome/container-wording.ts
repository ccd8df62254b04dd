import type { ContainerViolation } from '../kind/container-violation';
import type { FoundViolation } from './reported-violation';

/** What a container's sentence says in figures. */
export type WordedFigures = Omit<FoundViolation, 'entry'>;

/** How the description of a check reads; its groups are named as the figures are. */
interface Wording {
  readonly pattern: RegExp;
  /** whether the figures are percentages, which are told as shares */
  readonly isPercentage?: boolean;
}

/**
 * The sentences of Model Monitor's and Clarify's containers, as these write them: pages of the service show some, others are in files of real runs.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-violations.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-model-attribution-drift-violations.html
 */
const WORDINGS: readonly Wording[] = [
  {
    pattern:
      /Expected data type: (?<expectedType>\w+), Expected match: (?<expected>\S+)%\. Observed: Only (?<observed>\S+)% of data is/,
    isPercentage: true,
  },
  {
    pattern: /completeness requirement is not met\. Expected: (?<expected>\S+)%\. Observed: Only (?<observed>\S+)%/,
    isPercentage: true,
  },
  {
    pattern:
      /Categorical value match requirement is not met\. Expected match: (?<expected>\S+)%\. Observed: (?<observed>\S+)%/,
    isPercentage: true,
  },
  { pattern: /distance: (?<observed>\S+) exceeds (?:\w+ )?threshold: (?<expected>\S+)/ },
  {
    pattern:
      /Number of columns in current dataset: (?<observed>\d+), Number of columns in baseline constraints: (?<expected>\d+)/,
  },
  { pattern: /Metric \S+ with (?<observed>\S+)(?: \+\/- \S+)? was (?:Less|Greater)ThanThreshold '(?<expected>\S+)'/ },
  { pattern: /Metric value (?<observed>\S+) doesn't meet the baseline constraint requirement (?<expected>\S+)/ },
  { pattern: /Feature attribution drift (?<observed>\S+) exceeds threshold (?<expected>\S+)/ },
];

/**
 * The figures in the description of a violation, which is all that a container's file has of them: of a percentage the share, 0 to 1.
 *
 * A description in no known wording has none; a word that is no number, as `NaN`, gives NaN.
 */
export function wordedFigures({ description = '' }: ContainerViolation): WordedFigures {
  for (const { pattern, isPercentage } of WORDINGS) {
    const groups = pattern.exec(description)?.groups;
    if (!groups) continue;
    const [observed, expected] = [groups.observed, groups.expected].map(
      (text) => Number(text) / (isPercentage ? 100 : 1),
    );
    return { observed, expected, expectedType: groups.expectedType };
  }
  return {};
}
