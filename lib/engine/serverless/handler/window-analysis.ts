import {
  type AnalysisFiles,
  type LabelCounts,
  type PartCounts,
  TEXT_STATISTICS,
  type Unreadable,
  type UnreadableSample,
} from '../../../analysis';
import { BASELINE_FOLDER } from '../../../baseline/contract';
import { type ObjectLocation, objectIn } from '../../../core/contract';
import { KINDS } from '../../../kind/kinds';
import { FILES, type LeftOut, labelCoverage, type ReportedUnreadable } from '../../../outcome/contract';
import type { Conclusion } from '../../../outcome/execution-report';
import { reportedViolation } from '../../../outcome/reported-violation';
import { readJson, readJsonIfExists, s3Uri, writeJson } from '../../../runtime/s3';
import type { MonitorRequest, Plan } from '../contract';
import { reportFolderOf } from '../request-window';
import { hasExtracts } from './has-extracts';
import { judgedWindow } from './judged-window';
import { analysisOf } from './kinds/analyses';
import { windowParts } from './window-parts';

/** Beside the report. */
const PARTS_FILE = 'parts.json';

/**
 * Checks the records of a window against the monitor's baseline and writes the files of the run, constraint_violations.json last.
 *
 * A window without records has status NoData; one whose records were all unreadable, or that the analysis refuses, has failed, since nothing
 * is known about it.
 */
export async function analyseWindow(request: MonitorRequest, execution: string, plan: Plan): Promise<Conclusion> {
  if (plan.itemCount === 0) return { status: 'NoData' };
  const baseline = await baselineFiles(request);
  const problem = analysisOf(request).baselineProblem?.(baseline);
  if (problem !== undefined) return { status: 'Failed', failureReason: `UnusableBaseline: ${problem}` };
  const parts = await windowParts(request, { output: request.output, execution }, plan.itemCount);
  const window = await judgedWindow(request, parts);
  const counts = window.counts(baseline);
  if (counts.refusal !== undefined) return refused(counts.refusal, counts);
  if (hasTooFewLabels(request, counts)) {
    return { status: 'LabelsMissing', recordCount: counts.recordCount, ...reported(counts) };
  }
  if (counts.recordCount === 0) return withoutRecords(counts);
  const found = await window.check(baseline);
  if ('refusal' in found) return refused(found.refusal, counts);
  const { files, violations, notEvaluated, ...rest } = found;
  if (hasExtracts(request)) await writePartNames(request, parts);
  await writeFiles(request, { ...files, [FILES.violations]: { violations: violations.map(({ entry }) => entry) } });
  return {
    status: 'Analysed',
    recordCount: counts.recordCount,
    violations: violations.map((finding) => reportedViolation(request.monitor.kind, finding)),
    ...rest,
    notEvaluated: [...notEvaluated, ...givenUp(counts)],
    ...reported(counts),
  };
}

/** Whether fewer predictions have a label than are needed; of no prediction, nothing is missing. */
function hasTooFewLabels({ limits }: MonitorRequest, { labels }: PartCounts): boolean {
  return (labelCoverage(labels) ?? 1) < (limits?.labelCoverage ?? 0);
}

const reported = (counts: PartCounts) => ({ unreadable: reportedUnreadable(counts), labels: counts.labels });

/** The conclusion about a window of which the analysis says nothing. */
function refused(refusal: string, counts: PartCounts): Conclusion {
  return { status: 'Failed', failureReason: `NotAnalysed: ${refusal}`, ...reported(counts) };
}

async function baselineFiles(request: MonitorRequest): Promise<AnalysisFiles> {
  const { statistics, constraints } = request.baseline;
  const text = textStatisticsOf(request);
  const kept = text && (await readJsonIfExists<object>(text));
  return {
    ...(statistics && { [FILES.statistics]: await readJson<object>(statistics) }),
    [KINDS[request.monitor.kind].baseline.constraintsFile]: await readJson<object>(constraints),
    ...(kept && { [TEXT_STATISTICS]: kept }),
  };
}

/** Where a baseline that this engine made keeps what the service's files have no place for: beside them. What is imported has no such file. */
function textStatisticsOf({ baseline: { statistics }, output }: MonitorRequest): ObjectLocation | undefined {
  if (!statistics) return undefined;
  const { key, ...bucket } = statistics;
  const isOwn = bucket.bucket === output.bucket && key.startsWith(`${output.prefix}/${BASELINE_FOLDER}/`);
  return isOwn ? { ...bucket, key: `${key.slice(0, key.lastIndexOf('/'))}/${TEXT_STATISTICS}` } : undefined;
}

async function writeFiles(request: MonitorRequest, files: AnalysisFiles): Promise<void> {
  const folder = reportFolderOf(request);
  for (const [name, content] of Object.entries(files)) await writeJson(objectIn(folder, name), content);
}

/** Which parts a report is of: where they lie, in the order in which they were merged. */
async function writePartNames(request: MonitorRequest, parts: readonly ObjectLocation[]): Promise<void> {
  await writeJson(objectIn(reportFolderOf(request), PARTS_FILE), { version: '1', parts: parts.map(s3Uri) });
}

/** The conclusion about a window in which no record could be used. */
export function withoutRecords(counts: PartCounts): Conclusion {
  const failureReason = whyNone(counts);
  if (failureReason === undefined) return { status: 'NoData', ...reported(counts) };
  return { status: 'Failed', failureReason, ...reported(counts) };
}

function whyNone(counts: PartCounts): string | undefined {
  const unread = counts.unreadableCount > 0 ? unreadableWords(counts) : undefined;
  if (counts.labels && counts.labels.predictionsWithoutLabel > 0) {
    return `LabelsMissing: ${[missingWords(counts.labels), ...(unread ? [unread] : [])].join('; ')}`;
  }
  return unread && `AllUnreadable: ${unread}`;
}

/** That no prediction has a label, and what to look at. */
function missingWords({ predictionsWithoutLabel, labelsWithoutPrediction }: LabelCounts): string {
  const none = `none of ${predictionsWithoutLabel} predictions has a label`;
  return labelsWithoutPrediction === 0
    ? `${none}: no label lies below the hours from the window's begin to its run; write them there, or let the window be as much earlier as they come later`
    : `${none}, and ${labelsWithoutPrediction} labels that were read have other identifiers: the eventId of a label is the inferenceId of its record, or else the record's own eventId`;
}

/** Why objects are not read whole, in words. */
const GIVEN_UP = {
  'out-of-time': 'for want of time: the log of the function has which',
  'unreadable-file':
    'as no Parquet that can be read: report.json has the first of them, and the log of the function says why',
};

/** Objects that were not read whole leave all checks with less than the window. */
function givenUp({ byReason }: Unreadable): LeftOut[] {
  return Object.entries(GIVEN_UP).flatMap(([reason, why]) => {
    const count = byReason[reason as keyof typeof GIVEN_UP] ?? 0;
    if (count === 0) return [];
    const objects = count === 1 ? '1 object was' : `${count} objects were`;
    return [{ feature: '', check: 'all', reason: `${objects} not read to the end, ${why}` }];
  });
}

/** "3 records are unreadable: s3://bucket/key line 4 (notJson), ..." with the first three; `detailed` for data of one's own, whose columns may be named. */
export function unreadableWords({ unreadableCount, samples }: Unreadable, detailed = false): string {
  const why = ({ reason, detail }: UnreadableSample) => (detailed ? `${reason}: ${detail}` : reason);
  const first = samples.slice(0, 3).map((sample) => `${sample.file} line ${sample.line} (${why(sample)})`);
  return `${unreadableCount} ${unreadableCount === 1 ? 'record is' : 'records are'} unreadable: ${first.join(', ')}`;
}

/** Without the details of the samples: these may name columns as clients call them. */
function reportedUnreadable(counts: PartCounts): ReportedUnreadable {
  const { samples, recordCount, labels, refusal, ...rest } = counts;
  return {
    ...rest,
    samples: samples.map(({ file, line, reason }) => ({ file, line, reason })),
  };
}
