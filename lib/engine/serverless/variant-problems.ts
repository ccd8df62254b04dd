import type { Problem } from '../../core/validation-error';
import { variantsOf } from '../../endpoint/endpoint-variants';
import { KINDS } from '../../kind/kinds';
import type { MonitorSpec } from '../../monitor/monitoring-engine';
import { hasContainerRules } from './container-rules';
import type { AnalysisBlueprint } from './kinds/blueprint';
import type { RunSettings } from './monitor-request';

/** What of the variants of monitored data this engine does not judge. */
export function variantProblems(spec: MonitorSpec, blueprint: AnalysisBlueprint, settings: RunSettings): Problem[] {
  const { perVariant } = spec.endpointInput ?? spec.writtenInput ?? {};
  return perVariant ? apartProblems(spec, blueprint, settings) : shadowProblems(spec);
}

/** Variants are told apart by the extracts of their records. */
function apartProblems({ kind }: MonitorSpec, { leavesExtracts }: AnalysisBlueprint, settings: RunSettings): Problem[] {
  const refused = (allowed: string, advice: string) => [{ prop: 'data.perVariant', got: true, allowed, advice }];
  if (!leavesExtracts) {
    const asked = `a monitor of ${KINDS[kind].aspect} asks one model, and each variant has its own`;
    return refused(`nothing for ${kind}`, `${asked}: make a monitor for each, with 'variants' and its predictor`);
  }
  if (!hasContainerRules(settings)) return [];
  const rules = "the container's rules read a window as one, and share no rate of false alarms among variants";
  return refused('Checks.BY_MEANING and a DriftMethod but MODEL_MONITOR', `${rules}: make a monitor for each variant`);
}

/** A shadow variant answers the requests of production variants once more: by an identifier, nobody can tell the two answers apart. */
function shadowProblems({ kind, endpointInput }: MonitorSpec): Problem[] {
  const { variants = [], endpoint } = endpointInput ?? {};
  const known = endpoint && variantsOf(endpoint);
  if (!KINDS[kind].readsLabels || !known) return [];
  const isMixed =
    variants.some((name) => known.shadow.includes(name)) && variants.some((name) => known.production.includes(name));
  if (!isMixed) return [];
  const allowed = 'production variants, or a shadow variant, where predictions are compared with labels';
  return [{ prop: 'data.variants', got: variants, allowed, advice: 'let perVariant judge each apart' }];
}
