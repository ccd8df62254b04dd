import type { ReportOwner } from '../contract';
import { dueBefore, type RunWindow } from '../run-times';
import type { TimeWithoutData } from '../unseen/contract';
import type { DataPlace } from '../unseen/data-place';
import { type KnownBefore, timeWithoutData } from '../unseen/time-without-data';
import { type EarlierRuns, usableEarlier } from './earlier-runs';

/** Runs that are looked at for one that says something: those that were missed, or failed, do not. */
const RUNS_BACK = 5;

/** How long a monitor has been without data when one of its runs has none. */
export async function hoursWithoutData(
  runs: EarlierRuns,
  { place, window, ...owner }: ReportOwner & { readonly window: RunWindow; readonly place: DataPlace },
): Promise<TimeWithoutData> {
  return timeWithoutData(window, runs.times.everyHours, { before: await knownBefore(runs, owner), place });
}

async function knownBefore(runs: EarlierRuns, owner: ReportOwner): Promise<KnownBefore> {
  let known: KnownBefore = 'nothing';
  let before = runs.due;
  for (let back = 1; back <= RUNS_BACK; back++) {
    before = dueBefore(runs.times, before);
    const report = await usableEarlier(runs, before, owner);
    if (report && report.outcome.status !== 'Failed') return report;
    if (report) known = 'failures';
  }
  return known;
}
