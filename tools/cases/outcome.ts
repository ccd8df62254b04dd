import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Analysis,
  type AnalysisFiles,
  type DataQualitySettings,
  dataQualityAnalysis,
  type ProfileInput,
} from '../../lib/analysis';
import { healthOf } from '../../lib/outcome/health';

const DATASET: ProfileInput = { kind: 'dataset', format: { csv: { header: true } } };
const BASELINES = ['baseline.csv', 'train.csv'];
const FILES = ['statistics.json', 'constraints.json'];

/** What a user says beside the files. */
export interface Declared {
  /** What columns of the dataset are. */
  readonly columnTypes?: DataQualitySettings['columnTypes'];
  /** Which records of the monitored data count. */
  readonly filter?: ProfileInput['filter'];
  /** How their bodies become rows. */
  readonly recordFormat?: ProfileInput['recordFormat'];
  /** What is done to these. */
  readonly transformations?: ProfileInput['transformations'];
}

/**
 * What a monitor with the defaults comes to, from a folder with a baseline: a line for each violation, each note on its health, or the reason why it
 * was refused. Empty for a run that is whole and finds nothing.
 */
export async function outcomeOf(folder: string, traffic: string, declared: Declared = {}): Promise<string[]> {
  const baseline = await baselineOf(folder, declared);
  if ('refusal' in baseline) return [`refused at deployment: ${baseline.refusal}`];
  const isCapture = traffic.endsWith('.jsonl');
  const { filter, recordFormat, transformations } = declared;
  const captured: ProfileInput = { kind: 'capture', filter, recordFormat, transformations };
  const analysis = dataQualityAnalysis({ input: isCapture ? captured : DATASET });
  const part = read(analysis, join(folder, traffic));
  const counts = analysis.counts(part, baseline === NO_FEATURES ? undefined : baseline);
  const reasons = (leftOutCount: number) =>
    healthOf({
      status: 'Completed',
      evaluated: leftOutCount > 0 ? 'Part' : 'Whole',
      recordCount: counts.recordCount,
      leftOutCount,
      unreadable: counts,
    }).reasons;
  if (counts.recordCount === 0) return ['failed: no record can be used', ...reasons(0)];
  const problem = analysis.baselineProblem?.(baseline);
  if (problem) return [`failed: ${problem}`];
  const found = await analysis.check(part, baseline);
  if ('refusal' in found) return [`failed: ${found.refusal}`];
  const violations = found.violations.map(({ entry }) => Object.values(entry).slice(0, 2).join(' '));
  return [...violations, ...reasons(found.notEvaluated.filter(({ isUnasked }) => !isUnasked).length)];
}

/** Of a case that is about reading alone. */
const NO_FEATURES: AnalysisFiles = { 'statistics.json': { version: 0, dataset: { item_count: 0 }, features: [] } };

type Baseline = AnalysisFiles | { readonly refusal: string };

async function baselineOf(folder: string, { columnTypes }: Declared): Promise<Baseline> {
  const given = FILES.filter((name) => existsSync(join(folder, name)));
  if (given.length === FILES.length && !columnTypes) {
    return Object.fromEntries(given.map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8'))]));
  }
  const training = BASELINES.map((name) => join(folder, name)).find(existsSync);
  if (!training) return NO_FEATURES;
  const analysis = dataQualityAnalysis({ input: DATASET, columnTypes });
  const part = read(analysis, training);
  const { problem } = analysis.judgedDataset?.(part) ?? {};
  if (problem) return { refusal: problem };
  const made = await analysis.baseline(part);
  return 'refusal' in made ? made : (JSON.parse(JSON.stringify(made.files)) as AnalysisFiles);
}

function read<Part>(analysis: Analysis<Part>, path: string): Part {
  const reader = analysis.reader();
  const file = reader.file(path);
  file.push(readFileSync(path));
  file.end();
  return reader.finish();
}
