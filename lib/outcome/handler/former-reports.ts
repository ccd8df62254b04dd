import { type ObjectLocation, objectIn } from '../../core/contract';
import { type ExecutionReport, FILES, type ReportOwner } from '../contract';
import type { MonitorRun } from '../execution-report';
import { isSameDecision } from '../report-disposition';
import type { Decision } from './decision';
import { keptReport, usableReport } from './kept-report';

// What earlier versions left of executions of Model Monitor: a report beside the container's files, which said what was told, and at the window's key one
// that claimed the window and said from the beginning that all was told. Before engines took turns the former was the only one.

/** A report at the window's key with what was told of it: of an earlier version's claim, the report beside its files says that. */
export async function toldThen(
  report: ExecutionReport,
  location: ObjectLocation,
  owner: ReportOwner,
): Promise<ExecutionReport> {
  const beside = besideFiles(report, location);
  if (!isFormer(report) || isSamePlace(beside, location)) return report;
  const other = await usableReport(beside, owner);
  return { ...report, published: other && isSameDecision(other, report) ? other.published : [] };
}

/** What an earlier version decided about the window of a run beside its files alone. */
export async function formerDecision(run: MonitorRun, location: ObjectLocation): Promise<Decision | undefined> {
  const beside = objectIn(run.folder, FILES.report);
  if (isSamePlace(beside, location)) return undefined;
  const kept = await keptReport(beside, run);
  return kept && isFormer(kept.report) ? { report: kept.report, location, owner: run } : undefined;
}

/** Where a report, found at a place, lies beside its run's files: where the run says that these are. */
export function besideFiles({ outcome: { reportUri } }: ExecutionReport, found: ObjectLocation): ObjectLocation {
  const [, , bucket, ...path] = reportUri.split('/');
  const { bucketOwner } = bucket === found.bucket ? found : {};
  return { bucket, bucketOwner, key: [...path.filter((part) => part !== ''), FILES.report].join('/') };
}

/** Whether two places are one. */
export function isSamePlace(one: ObjectLocation, other: ObjectLocation): boolean {
  return one.bucket === other.bucket && one.key === other.key;
}

function isFormer({ outcome: { outcomeId, engine } }: ExecutionReport): boolean {
  return outcomeId === undefined && engine === 'model-monitor';
}
