import type { MonitorKindName } from '../kind/kind-sheet';
import { KINDS } from '../kind/kinds';
import type { AlertSettings, EventViolation, ViolatedConstraint } from './contract';

/**
 * One window is no incident: a window in a thousand is outside by chance, and a fleet has a thousand in an hour. Where windows are alike, chance comes back
 * with them: of two, one has to be clear. A fleet of 1,200 hourly monitors has 864,000 hours in a month, and so clear a chance in at most two of them in the
 * mean, however much a window is like the one before it: of a hundred months 99 have five at most.
 */
export const DEFAULT_ALERT: AlertSettings = { windows: 2, lastWindows: 3, chancePerHour: 2e-6 };

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
  /** hours from one window to the next */
  readonly everyHours: number;
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
 * by default one of them so that chance does not explain it well. Those that are confirmed come first.
 */
export function confirmed({ kind, violations, alert, earlier, everyHours }: Confirmation): EventViolation[] {
  const before = earlier
    .slice(0, alert.lastWindows - 1)
    .map((window) => new Map(window.map((violated) => [constraintKey(violated), violated])));
  const believed = (alert.chancePerHour ?? Number.POSITIVE_INFINITY) * everyHours;
  const isConfirmed = (violation: UnjudgedViolation) => {
    if (isConfirmedAlone(kind, violation, alert)) return true;
    const seen: ViolatedConstraint[] = [
      violation,
      ...before.flatMap((window) => window.get(constraintKey(violation)) ?? []),
    ];
    return seen.length >= alert.windows && seen.some(({ pValue = 0 }) => pValue < believed);
  };
  const judged = violations.map((violation) => ({ ...violation, confirmed: isConfirmed(violation) }));
  return [...judged.filter((one) => one.confirmed), ...judged.filter((one) => !one.confirmed)];
}

/** By which a constraint is known again in other windows. */
export const constraintKey = ({ feature, variant, check }: ViolatedConstraint): string =>
  JSON.stringify([feature, check, variant]);
