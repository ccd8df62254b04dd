import { objectIn } from '../../core/contract';
import { FILES, type ReportOwner } from '../contract';
import { dueBefore, type RunWindow, reportFolder } from '../run-times';
import type { TimeWithoutData } from '../unseen/contract';
import type { DataPlace } from '../unseen/data-place';
import { type KnownBefore, timeWithoutData } from '../unseen/time-without-data';
import type { EarlierRuns } from './earlier-runs';
import { usableReport } from './kept-report';

/** Runs that are looked at for one that says something: those that were missed, or failed, do not. */
const RUNS_BACK = 5;

/** How long a monitor has been without data when one of its runs has none. */
export async function hoursWithoutData(
  runs: EarlierRuns,
  { place, window, ...owner }: ReportOwner & { readonly window: RunWindow; readonly place: DataPlace },
): Promise<TimeWithoutData> {
  return timeWithoutData(window, runs.times.everyHours, { before: await knownBefore(runs, owner), place });
}

async function knownBefore({ output, times, due }: EarlierRuns, owner: ReportOwner): Promise<KnownBefore> {
  let known: KnownBefore = 'nothing';
  let before = due;
  for (let back = 1; back <= RUNS_BACK; back++) {
    before = dueBefore(times, before);
    const report = await usableReport(objectIn(reportFolder(output, times, before), FILES.report), owner);
    if (report && report.outcome.status !== 'Failed') return report;
    if (report) known = 'failures';
  }
  return known;
}
