import type { MonitorKindName } from '../kind/kind-sheet';
import { KINDS } from '../kind/kinds';
import type { AlertSettings, EventViolation, ViolatedConstraint } from './contract';

/** One window is no incident: a window in a thousand is outside by chance, and a fleet has a thousand in an hour. */
export const DEFAULT_ALERT: AlertSettings = { windows: 2, lastWindows: 3 };

/** What chance does less often than this is believed at once. */
const BELIEVED_AT_ONCE = 1e-6;
/** Of the windows that confirm each other, one has to be as unlikely: a tenth of what a window without change may come to by default. */
const BELIEVED_WITH_OTHERS = 1e-4;

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
 * Says of each violation whether it is confirmed: by itself, or because enough of the last windows violated the same constraint, this one included, and
 * one of them so that chance alone does not explain it well: a chance that lasts, as where the same records come back, is none in each window.
 * Those that are confirmed come first.
 */
export function confirmed({ kind, violations, alert, earlier }: Confirmation): EventViolation[] {
  const before = earlier
    .slice(0, alert.lastWindows - 1)
    .map((window) => new Map(window.map((violated) => [keyOf(violated), violated])));
  const isConfirmed = (violation: UnjudgedViolation) => {
    if (isConfirmedAlone(kind, violation, alert)) return true;
    const seen: ViolatedConstraint[] = [violation, ...before.flatMap((window) => window.get(keyOf(violation)) ?? [])];
    return seen.length >= alert.windows && seen.some(({ pValue = 0 }) => pValue < BELIEVED_WITH_OTHERS);
  };
  const judged = violations.map((violation) => ({ ...violation, confirmed: isConfirmed(violation) }));
  return [...judged.filter((one) => one.confirmed), ...judged.filter((one) => !one.confirmed)];
}

const keyOf = ({ feature, check }: ViolatedConstraint) => JSON.stringify([feature, check]);
