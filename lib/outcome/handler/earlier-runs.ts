import { objectIn, type PrefixLocation } from '../../core/contract';
import { type ExecutionReport, FILES, isAnalysed, type ReportOwner } from '../contract';
import type { EarlierWindow } from '../incident/incidents';
import type { RunTimes } from '../origin/contract';
import { dueBefore, reportFolder } from '../run-times';
import { type KeptReport, keptReport, usableReport } from './kept-report';

/** Runs of a monitor before one of its runs. */
export interface EarlierRuns {
  /** below it their reports lie */
  readonly output: PrefixLocation;
  readonly times: RunTimes;
  /** when the run was due */
  readonly due: Date;
  /** reports that were read for the run, by their keys: each is asked for once. Absent: whoever asks reads it again */
  readonly read?: Map<string, Promise<KeptReport | undefined>>;
}

/** The report of the run that was due then, as `keptReport` has it. */
export function keptEarlier(
  { output, times, read }: EarlierRuns,
  due: Date,
  owner: ReportOwner,
): Promise<KeptReport | undefined> {
  const location = objectIn(reportFolder(output, times, due), FILES.report);
  const known = read?.get(location.key);
  if (known) return known;
  const kept = keptReport(location, owner);
  read?.set(location.key, kept);
  kept.catch(() => read?.delete(location.key)); // what failed may not fail again
  return kept;
}

/** What the report of the run that was due then says, as `usableReport` has it. */
export function usableEarlier(runs: EarlierRuns, due: Date, owner: ReportOwner): Promise<ExecutionReport | undefined> {
  const location = objectIn(reportFolder(runs.output, runs.times, due), FILES.report);
  return usableReport(location, owner, () => keptEarlier(runs, due, owner));
}

/** How far is looked back for windows with data: an endpoint may have its traffic on one day of the week. */
export const HOURS_BACK = 7 * 24;
/** Runs that are looked at whatever time that takes, for each window that is sought. */
const RUNS_PER_WINDOW = 3;

/**
 * What the last windows violated, the last one first: of so many runs before that had data, at most a week back, or three runs for each. Runs that failed,
 * had no data or left no report of this monitor say nothing.
 */
export async function earlierViolations(
  runs: EarlierRuns,
  owner: ReportOwner,
  count: number,
): Promise<EarlierWindow[]> {
  const found: EarlierWindow[] = [];
  const farthest = Math.max(Math.ceil(HOURS_BACK / runs.times.everyHours), count * RUNS_PER_WINDOW);
  let { due } = runs;
  for (let back = 1; back <= farthest && found.length < count; back++) {
    due = dueBefore(runs.times, due);
    const report = await usableEarlier(runs, due, owner);
    if (!report || !isAnalysed(report.outcome.status)) continue;
    const { violated = report.outcome.violations, outcome } = report; // earlier versions kept the first 20
    found.push({ start: outcome.windowStart, violated });
  }
  return found;
}
