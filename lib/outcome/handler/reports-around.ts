import { nameOf, wordsOf } from '../../runtime/failure';
import { log } from '../../runtime/log';
import { listObjects } from '../../runtime/s3';
import { type ExecutionReport, FILES, type ReportOwner } from '../contract';
import { dueBefore, dueBetween, HOUR_MILLISECONDS, reportPath } from '../run-times';
import { type EarlierRuns, usableEarlier } from './earlier-runs';
import { listedReport } from './kept-report';

/** What they are. */
export interface ReportsAround {
  readonly before?: ExecutionReport;
  /** of a later window */
  readonly after?: ExecutionReport;
}

/** How far back the last report may lie: what was before a longer silence is another incident. */
const HOURS_BACK = 7 * 24;

/** Runs that are due after a late one and looked at: one that has no report says nothing, and the next one does. */
const LATER_RUNS = 24;

/**
 * The reports by which a run knows its monitor's incidents: the last one before it, or that which it replaces, and one of a later window, if one was there first.
 *
 * None where they may not be read, which keeps no run from being told: what it found is then told as if nothing had been before.
 */
export async function reportsAround(
  runs: EarlierRuns,
  owner: ReportOwner,
  replaced: ExecutionReport | undefined,
): Promise<ReportsAround> {
  try {
    const after = await laterReport(runs, owner);
    return after ? { after } : { before: replaced ?? (await lastReport(runs, owner)) };
  } catch (error) {
    if (nameOf(error) !== 'AccessDenied') throw error;
    log('incidents not known', { monitorId: owner.monitorId, reason: wordsOf(error) });
    return { before: replaced };
  }
}

/** Nearly every run has none: it ends before the next one is due. */
async function laterReport(runs: EarlierRuns, owner: ReportOwner): Promise<ExecutionReport | undefined> {
  const { times, due } = runs;
  const later = dueBetween(times, due, new Date()).slice(-LATER_RUNS).reverse();
  for (const time of later) {
    const report = await usableEarlier(runs, time, owner);
    if (report) return report;
  }
  return undefined;
}

/** That of the run before, as a rule; where it has left none, the last one of a week. */
async function lastReport(runs: EarlierRuns, owner: ReportOwner): Promise<ExecutionReport | undefined> {
  const previous = dueBefore(runs.times, runs.due);
  return (await usableEarlier(runs, previous, owner)) ?? (await lastListed(runs, owner));
}

/** Keys of reports end so, below their monitor's: files beside them, and those of Model Monitor's containers, do not. */
const REPORT = new RegExp(`^\\d{4}/\\d\\d/\\d\\d/\\d\\d(/\\d\\d)?/${FILES.report}$`);

async function lastListed(
  { output, times, due }: EarlierRuns,
  owner: ReportOwner,
): Promise<ExecutionReport | undefined> {
  const root = `${output.prefix}/`;
  const first = new Date(due.getTime() - HOURS_BACK * HOUR_MILLISECONDS);
  const range = { after: root + reportPath(times, first), until: root + reportPath(times, due) };
  const reports = (await listObjects(output, root, range)).filter(({ key }) => REPORT.test(key.slice(root.length)));
  for (const place of reports.reverse()) {
    const report = await listedReport(place, owner);
    if (report) return report;
  }
  return undefined;
}
