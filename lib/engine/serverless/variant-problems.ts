import type { Problem } from '../../core/validation-error';
import { variantsOf } from '../../endpoint/endpoint-variants';
import { KINDS } from '../../kind/kinds';
import type { MonitorSpec } from '../../monitor/monitoring-engine';
import { hasContainerRules } from './container-rules';
import type { RunSettings } from './monitor-request';

/** What of the variants of monitored data this engine does not judge. */
export function variantProblems(spec: MonitorSpec, settings: RunSettings): Problem[] {
  const { perVariant } = spec.endpointInput ?? spec.writtenInput ?? {};
  const isApart = perVariant && !KINDS[spec.kind].asksModel; // which explains one model, whose variant it is asked of
  return isApart ? apartProblems(settings) : shadowProblems(spec);
}

/** Variants are told apart by the extracts of their records. */
function apartProblems(settings: RunSettings): Problem[] {
  if (!hasContainerRules(settings)) return [];
  const allowed = 'Checks.BY_MEANING and a DriftMethod but MODEL_MONITOR';
  const rules = "the container's rules read a window as one, and share no rate of false alarms among variants";
  const advice = `${rules}: make a monitor for each variant`;
  return [{ prop: 'data.perVariant', got: true, allowed, advice }];
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
