import { type AnalysisFiles, TEXT_STATISTICS } from '../../../analysis';
import { BASELINE_FOLDER } from '../../../baseline/contract';
import { type ObjectLocation, objectIn } from '../../../core/contract';
import { KINDS } from '../../../kind/kinds';
import { FILES } from '../../../outcome/contract';
import { readJson, readJsonIfExists, s3Uri, writeJson } from '../../../runtime/s3';
import type { MonitorRequest, Plan } from '../contract';
import { reportFolderOf } from '../request-window';
import { hasExtracts } from './has-extracts';
import { judgedParts } from './judged-parts';
import { judgedVariants } from './judged-variants';
import { analysisOf } from './kinds/analyses';
import type { AnalysedWindow } from './window-decay';
import { windowParts } from './window-parts';

/** Beside the report. */
const PARTS_FILE = 'parts.json';

/**
 * Checks the records of a window against the monitor's baseline and writes the files of the run, constraint_violations.json last.
 *
 * A window without records has status NoData; one whose records were all unreadable, or that the analysis refuses, has failed, since nothing
 * is known about it.
 */
export async function analyseWindow(request: MonitorRequest, execution: string, plan: Plan): Promise<AnalysedWindow> {
  if (plan.itemCount === 0) return { conclusion: { status: 'NoData' } };
  const baseline = await baselineFiles(request);
  const problem = analysisOf(request).baselineProblem?.(baseline);
  if (problem !== undefined) return { conclusion: { status: 'Failed', failureReason: `UnusableBaseline: ${problem}` } };
  const work = { output: request.output, execution };
  const parts = await windowParts(request, work, plan.itemCount);
  const judge = request.variants?.apart ? judgedVariants : judgedParts;
  const { files, ...analysed } = await judge({ request, work, parts, baseline });
  if (files && hasExtracts(request)) await writePartNames(request, parts);
  if (files) await writeFiles(request, files);
  return analysed;
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
