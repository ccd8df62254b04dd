import type { Problem } from '../../core/validation-error';
import type { MonitorSpec } from '../../monitor/monitoring-engine';

/** Whether anything is asked for that follows from probabilities of several labels, which the service's containers do not read. */
export function probabilitiesProblems({ modelQuality }: MonitorSpec): Problem[] {
  if (!modelQuality?.problem.probabilities) return [];
  const advice = "the service's containers take the probability of the predicted label alone, as 'probability'";
  const got = 'probabilities of several labels';
  return [{ prop: 'problem.probabilities', got, allowed: 'MonitoringEngine.serverless()', advice }];
}

/** Whether a trend is asked for, which the service's containers do not look at. */
export function decayProblems({ modelQuality }: MonitorSpec): Problem[] {
  if (!modelQuality?.decay) return [];
  const advice = "the service's containers say no errors of metrics, by which a fall is told from chance: leave it out";
  return [{ prop: 'decay', got: 'a ModelDecay', allowed: 'MonitoringEngine.serverless()', advice }];
}

/** Whether metrics are asked for of checks that the service's containers do not make. */
export function signalProblems({ modelQuality }: MonitorSpec): Problem[] {
  if (!modelQuality?.signalMetrics) return [];
  const advice = "the service's containers look neither for concept drift nor for decay: leave it out";
  return [{ prop: 'signalMetrics', got: true, allowed: 'MonitoringEngine.serverless()', advice }];
}
