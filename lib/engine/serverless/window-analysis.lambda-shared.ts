import {
  type Constraints,
  checkWindow,
  type Statistics,
  suggestConstraints,
  type Unreadable,
  unreadable,
} from '../../analysis';
import { objectIn } from '../../core/contract';
import { FILES, type ReportedUnreadable, reportFolder } from '../../outcome/contract';
import type { Conclusion } from '../../outcome/execution-report';
import { readJson, writeJson } from '../../runtime/s3';
import type { MonitorRequest, Plan } from './contract';
import { mergedProfile } from './merged-profile.lambda-shared';

/**
 * Checks the records of a window against the monitor's baseline and writes statistics.json, constraints.json (what the window itself
 * suggests) and constraint_violations.json.
 *
 * A window without records has status NoData; one whose records were all unreadable has failed, since nothing is known about it.
 */
export async function analyseWindow(request: MonitorRequest, execution: string, plan: Plan): Promise<Conclusion> {
  if (plan.itemCount === 0) return { status: 'NoData' };
  const profile = await mergedProfile({ output: request.output, execution }, plan.itemCount);
  const baselineStatistics = await readJson<Statistics>(request.baseline.statistics);
  const baselineConstraints = await readJson<Constraints>(request.baseline.constraints);
  const counts = unreadable(profile, { columnNames: baselineConstraints.features.map(({ name }) => name) });
  if (counts.recordCount === 0) return withoutRecords(counts);
  const result = checkWindow({ profile, baselineStatistics, baselineConstraints, drift: request.drift });
  const folder = reportFolder(request.output, request.scheduledTime);
  const write = (name: string, value: unknown) => writeJson(objectIn(folder, name), value);
  await write(FILES.statistics, result.statistics);
  await write(FILES.constraints, suggestConstraints(result.statistics));
  await write(FILES.violations, { violations: result.violations });
  return {
    status: result.violations.length > 0 ? 'CompletedWithViolations' : 'Completed',
    recordCount: counts.recordCount,
    violations: result.violations.map((violation) => ({
      feature: violation.feature_name,
      check: violation.constraint_check_type,
      description: violation.description,
    })),
    distances: result.distances,
    notEvaluated: result.notEvaluated,
    unreadable: reportedUnreadable(counts),
  };
}

/** The conclusion about a window in which no record could be used. */
export function withoutRecords(counts: Unreadable): Conclusion {
  const reported = { unreadable: reportedUnreadable(counts) };
  if (counts.unreadableCount === 0) return { status: 'NoData', ...reported };
  return { status: 'Failed', failureReason: `AllUnreadable: ${unreadableWords(counts)}`, ...reported };
}

/** "3 records are unreadable: s3://bucket/key line 4 (notJson), ..." with the first three. */
export function unreadableWords({ unreadableCount, samples }: Unreadable): string {
  const first = samples.slice(0, 3).map(({ file, line, reason }) => `${file} line ${line} (${reason})`);
  return `${unreadableCount} ${unreadableCount === 1 ? 'record is' : 'records are'} unreadable: ${first.join(', ')}`;
}

/** Without the details of the samples: these may quote data. */
function reportedUnreadable({ unreadableCount, outsideWindow, byReason, samples }: Unreadable): ReportedUnreadable {
  return {
    unreadableCount,
    outsideWindow,
    byReason,
    samples: samples.map(({ file, line, reason }) => ({ file, line, reason })),
  };
}
