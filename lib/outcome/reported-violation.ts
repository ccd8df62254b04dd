import { type ContainerViolation, namedSubject } from '../kind/container-violation';
import type { MonitorKindName } from '../kind/kind-sheet';
import { KINDS } from '../kind/kinds';
import type { UnjudgedViolation } from './confirmation';
import type { Figure } from './contract';

/** A violation that an analysis or a container found. */
export interface FoundViolation {
  /** as constraint_violations.json lists it */
  readonly entry: ContainerViolation;
  readonly observed?: number;
  readonly expected?: number;
  readonly expectedType?: string;
  /** 0 where chance has no part; absent where it is not known */
  readonly pValue?: number;
}

/** One violation as it is told. An image of the user may name its subject otherwise than the kind does. A figure that is NaN is not known. */
export function reportedViolation(kind: MonitorKindName, found: FoundViolation): UnjudgedViolation {
  const { entry, observed, expected, expectedType, pValue } = found;
  return {
    feature: KINDS[kind].report.subjectOf(entry) ?? namedSubject(entry),
    check: entry.constraint_check_type ?? '',
    description: entry.description ?? '',
    observed: figure(observed),
    expected: figure(expected),
    expectedType,
    pValue: Number.isNaN(pValue) ? undefined : pValue,
  };
}

function figure(value: number | undefined): Figure | undefined {
  if (value === undefined || Number.isNaN(value)) return undefined;
  if (Number.isFinite(value)) return value;
  return value > 0 ? 'Infinity' : '-Infinity';
}
