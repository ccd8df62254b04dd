import type { Construct } from 'constructs';
import type { KindProp } from '../../../kind/kind-sheet';
import { KINDS } from '../../../kind/kinds';
import type { KindSpec } from '../../../monitor/kind-spec';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';
import type { AnalysisBlueprint } from './blueprint';
import { dataQualityBlueprint } from './data-quality';
import { modelBiasBlueprint } from './model-bias';
import { modelExplainabilityBlueprint } from './model-explainability';
import { modelQualityBlueprint } from './model-quality';

/** What makes the blueprint of each kind. */
const BLUEPRINTS: {
  readonly [Prop in KindProp]: (scope: Construct, spec: KindSpec<Prop>) => AnalysisBlueprint;
} = {
  dataQuality: dataQualityBlueprint,
  modelQuality: modelQualityBlueprint,
  modelBias: modelBiasBlueprint,
  modelExplainability: modelExplainabilityBlueprint,
};

/**
 * The blueprint of a monitor's analysis, by its kind.
 *
 * @internal
 */
export function analysisBlueprint(scope: Construct, spec: MonitorSpec): AnalysisBlueprint {
  return BLUEPRINTS[KINDS[spec.kind].prop](scope, spec as never); // it has the part of its kind
}
