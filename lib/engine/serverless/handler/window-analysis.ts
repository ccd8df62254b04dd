import { type AnalysisFiles, TEXT_STATISTICS, type Unreadable } from '../../../analysis';
import { BASELINE_FOLDER } from '../../../baseline/contract';
import { type ObjectLocation, objectIn } from '../../../core/contract';
import { FILES, type ReportedUnreadable } from '../../../outcome/contract';
import type { Conclusion } from '../../../outcome/execution-report';
import { reportedViolation } from '../../../outcome/reported-violation';
import { readJson, readJsonIfExists, writeJson } from '../../../runtime/s3';
import type { MonitorRequest, Plan } from '../contract';
import { reportFolderOf } from '../request-window';
import { analysisOf } from './kinds/analyses';
import { mergedPart } from './merged-part';

/**
 * Checks the records of a window against the monitor's baseline and writes the files of the run, constraint_violations.json last.
 *
 * A window without records has status NoData; one whose records were all unreadable, or that the analysis refuses, has failed, since nothing
 * is known about it.
 */
export async function analyseWindow(request: MonitorRequest, execution: string, plan: Plan): Promise<Conclusion> {
  if (plan.itemCount === 0) return { status: 'NoData' };
  const analysis = analysisOf(request);
  const baseline = await baselineFiles(request);
  const problem = analysis.baselineProblem?.(baseline);
  if (problem !== undefined) return { status: 'Failed', failureReason: `UnusableBaseline: ${problem}` };
  const part = await mergedPart(analysis, { output: request.output, execution }, plan.itemCount);
  const counts = analysis.counts(part, baseline);
  if (counts.recordCount === 0) return withoutRecords(counts);
  const found = await analysis.check(part, baseline);
  const unreadable = reportedUnreadable(counts);
  if ('refusal' in found) return { status: 'Failed', failureReason: `NotAnalysed: ${found.refusal}`, unreadable };
  const { files, violations, ...rest } = found;
  await writeFiles(request, { ...files, [FILES.violations]: { violations: violations.map(({ entry }) => entry) } });
  return {
    status: 'Analysed',
    recordCount: counts.recordCount,
    violations: violations.map((finding) => reportedViolation(request.monitor.kind, finding)),
    ...rest,
    unreadable,
  };
}

async function baselineFiles(request: MonitorRequest): Promise<AnalysisFiles> {
  const { statistics, constraints } = request.baseline;
  const text = textStatisticsOf(request);
  const kept = text && (await readJsonIfExists<object>(text));
  return {
    [FILES.statistics]: await readJson<object>(statistics),
    [FILES.constraints]: await readJson<object>(constraints),
    ...(kept && { [TEXT_STATISTICS]: kept }),
  };
}

/** Where a baseline that this engine made keeps what the service's files have no place for: beside them. What is imported has no such file. */
function textStatisticsOf({ baseline: { statistics }, output }: MonitorRequest): ObjectLocation | undefined {
  const { key, ...bucket } = statistics;
  const isOwn = bucket.bucket === output.bucket && key.startsWith(`${output.prefix}/${BASELINE_FOLDER}/`);
  return isOwn ? { ...bucket, key: `${key.slice(0, key.lastIndexOf('/'))}/${TEXT_STATISTICS}` } : undefined;
}

async function writeFiles(request: MonitorRequest, files: AnalysisFiles): Promise<void> {
  const folder = reportFolderOf(request);
  for (const [name, content] of Object.entries(files)) await writeJson(objectIn(folder, name), content);
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

/** Without the details of the samples: these may name columns as clients call them. */
function reportedUnreadable(counts: Unreadable): ReportedUnreadable {
  const { samples, recordCount, ...rest } = counts;
  return {
    ...rest,
    samples: samples.map(({ file, line, reason }) => ({ file, line, reason })),
  };
}
