import { identifierHash, type Words128 } from '../batch/identifier-hash';
import { type RequestUnit, type UnitSource, unitOf } from '../labels/request-unit';
import { GROUPS } from '../sequential/grouped-window';

/** The group that the unit of a request is in: the same in whichever window, and for whichever variant. */
export type UnitGroups = (source: UnitSource) => number;

/** Puts units into groups by their hash. Nothing else is kept of them. */
export function unitGroups(unit: RequestUnit, key: Words128): UnitGroups {
  return (source) => identifierHash(key, `unit\n${unitOf(unit, source)}`)[0] & (GROUPS - 1);
}
