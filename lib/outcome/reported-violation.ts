import { type ContainerViolation, namedSubject } from '../kind/container-violation';
import type { MonitorKindName } from '../kind/kind-sheet';
import { KINDS } from '../kind/kinds';
import type { EventViolation } from './contract';

/** One entry of constraint_violations.json as it is told. An image of the user may name its subject otherwise than the kind does. */
export function reportedViolation(kind: MonitorKindName, violation: ContainerViolation): EventViolation {
  return {
    feature: KINDS[kind].report.subjectOf(violation) ?? namedSubject(violation),
    check: violation.constraint_check_type ?? '',
    description: violation.description ?? '',
  };
}
