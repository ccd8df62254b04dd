import type { MonitorKindName } from '../kind/kind-sheet';
import { KINDS } from '../kind/kinds';
import type { AlertSettings, EventViolation, ViolatedConstraint } from './contract';

/** One window is no incident: a window in a thousand is outside by chance, and a fleet has a thousand in an hour. */
export const DEFAULT_ALERT: AlertSettings = { windows: 2, lastWindows: 3 };

/** What chance does less often than this is believed at once. */
const BELIEVED_AT_ONCE = 1e-6;

/** A violation as a run found it, before it is known whether windows before had it. */
export type UnjudgedViolation = Omit<EventViolation, 'confirmed'>;

/** Violations of a run, and what they are judged by. */
export interface Confirmation {
  readonly kind: MonitorKindName;
  readonly violations: readonly UnjudgedViolation[];
  readonly alert: AlertSettings;
  /** what the windows before violated, the last one first; those that could not be analysed are left out */
  readonly earlier: readonly (readonly ViolatedConstraint[])[];
}

/** Whether a violation needs no other window: chance has no part in it, or next to none. */
export function isConfirmedAlone(
  kind: MonitorKindName,
  { check, pValue }: Pick<UnjudgedViolation, 'check' | 'pValue'>,
  { windows }: AlertSettings,
): boolean {
  if (windows === 1) return true;
  return pValue === undefined ? KINDS[kind].report.isWithoutChance(check) : pValue < BELIEVED_AT_ONCE;
}

/**
 * Says of each violation whether it is confirmed: by itself, or because enough of the last windows violated the same constraint, this one included.
 * Those that are confirmed come first.
 */
export function confirmed({ kind, violations, alert, earlier }: Confirmation): EventViolation[] {
  const counts = new Map<string, number>();
  for (const window of earlier.slice(0, alert.lastWindows - 1)) {
    for (const key of new Set(window.map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const judged = violations.map((violation) => ({
    ...violation,
    confirmed: isConfirmedAlone(kind, violation, alert) || (counts.get(keyOf(violation)) ?? 0) + 1 >= alert.windows,
  }));
  return [...judged.filter((one) => one.confirmed), ...judged.filter((one) => !one.confirmed)];
}

const keyOf = ({ feature, check }: ViolatedConstraint) => JSON.stringify([feature, check]);
