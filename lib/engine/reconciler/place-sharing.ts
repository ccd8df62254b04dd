// Who reconciles the monitor of a place. Files of a container do not say whose they are: deployments that share a place know of each other by what each leaves there. Pure.
import type { Home } from '../../core/contract';
import { HOUR_MILLISECONDS } from '../../outcome/run-times';
import type { Reconciled, Reconciler } from './contract';

/** Who has not come for so long is gone: reconcilers come once an hour. */
const GONE_AFTER = 3 * HOUR_MILLISECONDS;

/** The deployments of other accounts or regions that reconcile the same place at a time. Nobody is known where nothing is remembered, and of what earlier versions wrote. */
export function othersAt(before: Reconciled | undefined, home: Home, scheduledTime: string): Reconciler[] {
  const earliest = Date.parse(scheduledTime) - GONE_AFTER;
  return before?.by?.filter((one) => !isOf(home, one) && Date.parse(one.until) >= earliest) ?? [];
}

/** Who reconciles a place from this reconciliation on: those who do not seem to be gone, and this deployment. */
export function reconcilersNow(before: Reconciled | undefined, home: Home, scheduledTime: string): Reconciler[] {
  return [...othersAt(before, home, scheduledTime), { ...home, until: scheduledTime }];
}

const isOf = (home: Home, { accountId, region }: Home) => accountId === home.accountId && region === home.region;
