import type { Construct } from 'constructs';
import { throwIfAny } from '../core/validation-error';
import type { KindProp } from '../kind/kind-sheet';
import { KINDS } from '../kind/kinds';
import type { MonitorSpec } from './monitoring-engine';

/**
 * What a monitor of one kind asks of an engine: with the part of that kind.
 *
 * @internal
 */
export type KindSpec<Prop extends KindProp> = MonitorSpec & Required<Pick<MonitorSpec, Prop>>;

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
