import type { Construct } from 'constructs';
import type { KindProp } from '../../../kind/kind-sheet';
import { KINDS } from '../../../kind/kinds';
import { type KindSpec, validateSpec } from '../../../monitor/kind-spec';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';
import type { ModelMonitorEngineOptions } from '../model-monitor-engine-options';
import type { JobBlueprint } from './blueprint';
import { dataQualityBlueprint } from './data-quality';
import { modelBiasBlueprint } from './model-bias';
import { modelExplainabilityBlueprint } from './model-explainability';
import { modelQualityBlueprint } from './model-quality';

/** What makes the blueprint of each kind: a kind without one does not compile. */
type Blueprints = {
  readonly [prop in KindProp]: (
    scope: Construct,
    spec: KindSpec<prop>,
    options: ModelMonitorEngineOptions,
  ) => JobBlueprint;
};

const BLUEPRINTS: Blueprints = {
  dataQuality: dataQualityBlueprint,
  modelQuality: modelQualityBlueprint,
  modelBias: modelBiasBlueprint,
  modelExplainability: modelExplainabilityBlueprint,
};

/**
 * The blueprint of a monitor's jobs, by its kind.
 *
 * @internal
 */
export function jobBlueprint(scope: Construct, spec: MonitorSpec, options: ModelMonitorEngineOptions): JobBlueprint {
  validateSpec(scope, spec);
  const make = BLUEPRINTS[KINDS[spec.kind].prop];
  return make(scope, spec as never, options); // it has the part of its kind
}
