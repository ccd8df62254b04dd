import type { Problem } from '../../core/validation-error';
import type { MonitorSpec } from '../../monitor/monitoring-engine';
import { hasContainerRules } from './container-rules';
import type { RunSettings } from './monitor-request';

/** Whether estimates are asked for where the container's rules hold. */
export function probabilitiesProblems({ modelQuality }: MonitorSpec, settings: RunSettings): Problem[] {
  if (!modelQuality?.problem.probabilities || !hasContainerRules(settings)) return [];
  const got = 'probabilities of several labels';
  const advice = "the container's rules estimate nothing: leave them out";
  return [{ prop: 'problem.probabilities', got, allowed: OWN_RULES, advice }];
}

const OWN_RULES = 'Checks.BY_MEANING and a DriftMethod but MODEL_MONITOR';

/** Whether metrics of checks are asked for that the container's rules do not make. */
export function signalProblems({ modelQuality }: MonitorSpec, settings: RunSettings): Problem[] {
  if (!modelQuality?.signalMetrics || !hasContainerRules(settings)) return [];
  const advice = "the container's rules look neither for concept drift nor for decay: leave it out";
  return [{ prop: 'signalMetrics', got: true, allowed: OWN_RULES, advice }];
}

/** Whether a trend is asked for where the container's rules hold. */
export function decayProblems({ modelQuality }: MonitorSpec, settings: RunSettings): Problem[] {
  if (!modelQuality?.decay || !hasContainerRules(settings)) return [];
  const advice =
    "the container's rules know of no errors of metrics, by which a fall is told from chance: leave it out";
  return [{ prop: 'decay', got: 'a ModelDecay', allowed: OWN_RULES, advice }];
}
