import type { Problem } from '../../core/validation-error';
import type { MonitorSpec } from '../../monitor/monitoring-engine';
import { hasContainerRules } from './container-rules';
import type { RunSettings } from './monitor-request';

/** Whether a trend is asked for where the container's rules hold. */
export function decayProblems({ modelQuality }: MonitorSpec, settings: RunSettings): Problem[] {
  if (!modelQuality?.decay || !hasContainerRules(settings)) return [];
  const allowed = 'Checks.BY_MEANING and a DriftMethod but MODEL_MONITOR';
  const advice =
    "the container's rules know of no errors of metrics, by which a fall is told from chance: leave it out";
  return [{ prop: 'decay', got: 'a ModelDecay', allowed, advice }];
}
