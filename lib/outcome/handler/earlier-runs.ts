import { type ObjectLocation, objectIn, type PrefixLocation } from '../../core/contract';
import { FILES, isAnalysed, type ReportOwner, reportFolder, type ViolatedConstraint, windowBefore } from '../contract';
import { usableReport } from './kept-report';

/** Runs of a monitor before one of its runs. */
export interface EarlierRuns {
  /** where their reports lie, `{prefix}/yyyy/mm/dd/hh/` */
  readonly output: PrefixLocation;
  /** the hour at which the run was due */
  readonly due: Date;
  readonly everyHours: number;
}

/** How far is looked back for windows with data: an endpoint may have its traffic on one day of the week. */
const HOURS_BACK = 7 * 24;
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
): Promise<ViolatedConstraint[][]> {
  const found: ViolatedConstraint[][] = [];
  const farthest = Math.max(Math.ceil(HOURS_BACK / runs.everyHours), count * RUNS_PER_WINDOW);
  for (let back = 1; back <= farthest && found.length < count; back++) {
    const report = await usableReport(reportBefore(runs, back), owner);
    if (report && isAnalysed(report.outcome.status)) found.push(report.violated ?? report.outcome.violations); // earlier versions kept the first 20
  }
  return found;
}

function reportBefore({ output, due, everyHours }: EarlierRuns, back: number): ObjectLocation {
  const { start } = windowBefore(due, back * everyHours);
  return objectIn(reportFolder(output, start), FILES.report);
}
