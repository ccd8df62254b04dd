import { type ContainerViolation, namedSubject } from '../kind/container-violation';
import { KINDS } from '../kind/kinds';
import type { Acceptance } from '../outcome/exception/contract';
import type { ReportedRun } from './reported-run';

/** One violated constraint, as the page tells it. */
export interface Finding {
  /** the feature, metric, group or output that it is about */
  readonly subject: string;
  readonly check: string;
  readonly description: string;
  /** whose records violated it, where each variant is judged apart */
  readonly variant?: string;
  readonly isConfirmed: boolean;
  /** why it does not count, where people said so */
  readonly accepted?: Acceptance;
  readonly pValue?: number;
}

/**
 * All that was violated, what is confirmed first. The report has the words of the first 20; those of the others are in constraint_violations.json.
 */
export function findingsOf({ report, violations = [] }: Pick<ReportedRun, 'report' | 'violations'>): Finding[] {
  const { outcome, violated = outcome.violations } = report; // earlier versions kept the first 20
  const words = new Map(
    violations.map((entry) => [
      keyOf(subjectOf(report.outcome.monitorKind, entry), entry.constraint_check_type ?? ''),
      entry.description,
    ]),
  );
  const { accepted = [] } = report; // they come last, in the same order
  const counting = violated.length - accepted.length;
  return violated.map(({ feature, check, pValue, variant }, index) => {
    const told = outcome.violations[index];
    const description = told?.description ?? words.get(keyOf(feature, check)) ?? '';
    return {
      subject: feature,
      check,
      description,
      isConfirmed: told?.confirmed ?? index < outcome.violationCount,
      pValue,
      variant,
      accepted: accepted[index - counting],
    };
  });
}

function subjectOf(kind: keyof typeof KINDS, entry: ContainerViolation): string {
  return KINDS[kind].report.subjectOf(entry) ?? namedSubject(entry);
}

const keyOf = (subject: string, check: string) => JSON.stringify([subject, check]);

/** How a finding stands, in a word. */
export function findingWord({
  isConfirmed,
  accepted,
}: Pick<Finding, 'isConfirmed' | 'accepted'>): 'violated' | 'watched' | 'accepted' {
  if (accepted) return 'accepted';
  return isConfirmed ? 'violated' : 'watched';
}

const CHECK_NAMES: { readonly [check: string]: string } = {
  data_type_check: 'type',
  completeness_check: 'completeness',
  baseline_drift_check: 'drift',
  missing_column_check: 'missing column',
  extra_column_check: 'extra column',
  categorical_values_check: 'known values',
  known_values_check: 'values seen before',
  text_length_check: 'length of text',
  text_form_check: 'form of text',
  numbers_among_text_check: 'numbers among text',
  bias_drift_check: 'bias',
  feature_attribution_drift_check: 'attributions',
  GreaterThanThreshold: 'above its limit',
  LessThanThreshold: 'below its limit',
  all: 'all checks',
};

/** What a reader calls a check; one of a container of one's own by its own name. */
export function checkName(check: string): string {
  return CHECK_NAMES[check] ?? check;
}
