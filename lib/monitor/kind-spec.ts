import type { Construct } from 'constructs';
import { throwIfAny } from '../core/validation-error';
import type { KindProp } from '../kind/kind-sheet';
import { KINDS } from '../kind/kinds';
import type {
  DataQualitySpec,
  ModelBiasSpec,
  ModelExplainabilitySpec,
  ModelQualitySpec,
  MonitorSpec,
} from './monitoring-engine';

/**
 * What a monitor of one kind asks of an engine: with the part of that kind.
 *
 * @internal
 */
export type KindSpec<Prop extends KindProp> = MonitorSpec & Required<Pick<MonitorSpec, Prop>>;

/**
 * What a data-quality monitor asks of an engine, with its part.
 *
 * @internal
 */
export interface DataQualityMonitorSpec extends MonitorSpec {
  readonly dataQuality: DataQualitySpec;
}

/**
 * What a model-quality monitor asks of an engine, with its part.
 *
 * @internal
 */
export interface ModelQualityMonitorSpec extends MonitorSpec {
  readonly modelQuality: ModelQualitySpec;
}

/**
 * What a bias monitor asks of an engine, with its part.
 *
 * @internal
 */
export interface ModelBiasMonitorSpec extends MonitorSpec {
  readonly modelBias: ModelBiasSpec;
}

/**
 * What an explainability monitor asks of an engine, with its part.
 *
 * @internal
 */
export interface ModelExplainabilityMonitorSpec extends MonitorSpec {
  readonly modelExplainability: ModelExplainabilitySpec;
}

/**
 * Throws for a specification that has not exactly the part of its kind.
 *
 * @internal
 */
export function validateSpec(scope: Construct, spec: MonitorSpec): void {
  const { prop, aspect } = KINDS[spec.kind];
  const given = Object.values(KINDS).flatMap((sheet) => (spec[sheet.prop] === undefined ? [] : [sheet.prop]));
  const isRight = given.length === 1 && given[0] === prop;
  const allowed = `'${prop}' and no other of them, for a monitor of ${aspect}`;
  throwIfAny('InvalidMonitorSpec', isRight ? [] : [{ prop: 'spec', got: given, allowed }], scope);
}
