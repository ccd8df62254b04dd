import type { MonitorKindName } from './kind-sheet';

/** What a violation is a sign of. */
export type SignalName =
  | 'DataDrift'
  | 'ConceptDrift'
  | 'ModelDecay'
  | 'QualityLoss'
  | 'BiasDrift'
  | 'AttributionDrift'
  | 'DataForm';

/** Of which concern each is. */
export const SIGNAL_CONCERNS = {
  DataDrift: 'Drift',
  ConceptDrift: 'Quality',
  ModelDecay: 'Quality',
  QualityLoss: 'Quality',
  BiasDrift: 'Drift',
  AttributionDrift: 'Drift',
  DataForm: 'Form',
} as const satisfies { readonly [signal in SignalName]: 'Drift' | 'Quality' | 'Form' };

/** Checks that say more than their concern. */
const BY_CHECK: { readonly [check: string]: SignalName } = {
  concept_drift_check: 'ConceptDrift',
  model_decay_check: 'ModelDecay',
};

/** What violations of a check are a sign of, where it says more than its concern. */
export const signalOf = (check: string): SignalName | undefined =>
  Object.hasOwn(BY_CHECK, check) ? BY_CHECK[check] : undefined;

/** What violations of a concern are a sign of, where their check does not say more. */
const BY_CONCERN: { readonly [kind in MonitorKindName]: { readonly [concern: string]: SignalName } } = {
  DataQuality: { Drift: 'DataDrift', Form: 'DataForm' },
  ModelQuality: { Quality: 'QualityLoss' },
  ModelBias: { Drift: 'BiasDrift' },
  ModelExplainability: { Drift: 'AttributionDrift' },
};

/** What an outcome is known to have found; reports of earlier versions may lack either. */
export interface FoundSigns {
  readonly monitorKind: MonitorKindName;
  /** what its confirmed violations are about */
  readonly concerns?: readonly string[];
  readonly violations?: readonly { readonly check: string; readonly confirmed?: boolean }[];
}

/**
 * What the confirmed violations of an outcome are a sign of, each once, in the order of the alphabet. Those of a check that says no more than its concern are known by that, however
 * many violations there are.
 */
export function signalsOf({ monitorKind, concerns = [], violations = [] }: FoundSigns): SignalName[] {
  const checks = violations.filter(({ confirmed = true }) => confirmed).map(({ check }) => check);
  const known = checks.flatMap((check) => signalOf(check) ?? []);
  const isAllKnown = (concern: string) =>
    known.some((signal) => SIGNAL_CONCERNS[signal] === concern) &&
    checks.every((check) => signalOf(check) !== undefined);
  const others = concerns.flatMap((concern) => (isAllKnown(concern) ? [] : (BY_CONCERN[monitorKind][concern] ?? [])));
  return [...new Set([...known, ...others])].sort();
}
