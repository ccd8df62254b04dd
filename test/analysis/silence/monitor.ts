import {
  type AnalysisFiles,
  dataQualityAnalysis,
  expectedColumns,
  type ProfileInput,
  type Statistics,
  type Unreadable,
} from '../../../lib/analysis';
import { withoutRecords } from '../../../lib/engine/serverless/handler/judged-parts';
import { confirmed, DEFAULT_ALERT } from '../../../lib/outcome/confirmation';
import { type ExecutionReport, FILES } from '../../../lib/outcome/contract';
import { executionReport } from '../../../lib/outcome/execution-report';
import { reportedViolation } from '../../../lib/outcome/reported-violation';
import { RUN } from '../../outcome/run';
import { FAST_KEYS } from '../data-quality/text/text-traffic';

const KIND = 'DataQuality';
const NOW = new Date('2026-03-04T09:05:00Z');

const analysisOf = (input: ProfileInput) => dataQualityAnalysis({ input, textKeys: FAST_KEYS });
const DATASET = analysisOf({ kind: 'dataset', format: { csv: { header: true } } });

/** What a window came to, as its monitor tells it. */
export interface Told extends Pick<ExecutionReport['outcome'], 'status' | 'health' | 'healthReasons' | 'recordCount'> {
  /** `feature check`, confirmed or watched */
  readonly violations: readonly string[];
  /** features with checks that the baseline asks for and that could not be made */
  readonly leftOut: readonly string[];
  readonly unreadable: Unreadable;
}

/** The files that a monitor with the defaults makes of a dataset of CSV with a header, as it reads them back. */
export async function baselineOf(dataset: string): Promise<AnalysisFiles> {
  const made = await DATASET.baseline(partOf(DATASET, dataset));
  if ('refusal' in made) throw new Error(made.refusal);
  const files = JSON.parse(JSON.stringify(made.files)) as AnalysisFiles;
  const problem = DATASET.baselineProblem?.(files);
  if (problem) throw new Error(problem);
  return files;
}

/** What a monitor with the defaults tells of a window of captured records that is the first one it sees. */
export async function toldOf(baseline: AnalysisFiles, traffic: string | Buffer): Promise<Told> {
  const columns = expectedColumns(baseline[FILES.statistics] as Statistics);
  const capture = analysisOf({ kind: 'capture', columns });
  const part = partOf(capture, traffic);
  const counts = capture.counts(part, baseline);
  const report = executionReport(RUN, await conclusionOf(), NOW);
  const { status, health, healthReasons, recordCount } = report.outcome;
  const leftOut = report.outcome.leftOut.map(({ feature }) => feature);
  const violations = report.violated.map(({ feature, check }) => `${feature} ${check}`);
  return { status, health, healthReasons, recordCount, violations, leftOut, unreadable: counts };

  async function conclusionOf() {
    if (counts.recordCount === 0) return { ...withoutRecords(counts), violations: [] };
    const found = await capture.check(part, baseline);
    if ('refusal' in found) return { status: 'Failed' as const, failureReason: found.refusal };
    const violations = found.violations.map((finding) => reportedViolation(KIND, finding));
    const judged = confirmed({ kind: KIND, violations, alert: DEFAULT_ALERT, earlier: [], everyHours: 1 });
    const { distances, notEvaluated } = found;
    return {
      status: 'Analysed' as const,
      recordCount: counts.recordCount,
      violations: judged,
      distances,
      notEvaluated,
      unreadable: counts,
    };
  }
}

/** Whether nobody hears of a window: whole, and nothing found or watched. */
export const isSilent = ({ status, health }: Told): boolean => status === 'Completed' && health === 0;

function partOf(analysis: typeof DATASET, text: string | Buffer) {
  const reader = analysis.reader();
  const file = reader.file('file');
  file.push(Buffer.from(text));
  file.end();
  return reader.finish();
}
