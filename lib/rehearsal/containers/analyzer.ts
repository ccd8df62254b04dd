import {
  type AnalysisFiles,
  type DatasetFormat,
  dataQualityAnalysis,
  modelQualityAnalysis,
  type PartReader,
  type ProblemType,
  type QualityProblem,
  type Unreadable,
} from '../../analysis';
import { type ContainerEnd, type ContainerStart, fileAt, filesBelow } from '../../cloud/account/sagemaker/container';
import { FILES } from '../../outcome/contract';
import { completed, failed, jsonFiles, OUR_ANALYZER, textOfUnreadable } from './container-end';

/** What SageMaker's analyzer does: the files of a baseline, or the check of a window of captured data against them. */
export async function analyzer(start: ContainerStart): Promise<ContainerEnd> {
  if (start.environment.baseline_constraints !== undefined) {
    return window(start);
  }
  return start.environment.analysis_type === 'MODEL_QUALITY' ? qualityBaseline(start) : baseline(start);
}

/** Types, completeness, categories and distributions by the container's rules, drift as its constraints say. */
async function window(start: ContainerStart): Promise<ContainerEnd> {
  const { environment } = start;
  const range = { start: environment.start_time ?? '', end: environment.end_time ?? '' };
  const input = { kind: 'capture', window: range } as const;
  const analysis = dataQualityAnalysis({ input, drift: { method: 'ModelMonitor' } });
  const part = read(analysis.reader(), start);
  const files = baselineFiles(start);
  if (files === undefined) {
    return failed(`the files of the baseline are not at ${environment.baseline_constraints}`);
  }
  const counts = analysis.counts(part, files);
  if (counts.recordCount === 0) {
    return failed(`no record of the window could be read: ${textOfUnreadable(counts)}`);
  }
  const found = await analysis.check(part, files);
  if ('refusal' in found) {
    return failed(found.refusal);
  }
  const violations = found.violations.map(({ entry }) => entry);
  return completed(jsonFiles(start, { ...found.files, [FILES.violations]: { violations } }), violations.length);
}

async function baseline(start: ContainerStart): Promise<ContainerEnd> {
  const format = JSON.parse(start.environment.dataset_format ?? '{}') as DatasetFormat;
  if (format.parquet !== undefined) {
    return failed('a rehearsal reads no Parquet: rehearse with the dataset as CSV, JSON or JSON Lines');
  }
  const analysis = dataQualityAnalysis({ input: { kind: 'dataset', format }, keepsRowOrder: true });
  const part = read(analysis.reader(), start);
  return suggested(start, analysis.counts(part), () => analysis.baseline(part));
}

async function qualityBaseline(start: ContainerStart): Promise<ContainerEnd> {
  const { environment } = start;
  const format = JSON.parse(environment.dataset_format ?? '{}') as DatasetFormat;
  if (format.csv === undefined) {
    return failed('a rehearsal reads datasets of predictions as CSV alone: rehearse with the dataset as CSV');
  }
  const analysis = modelQualityAnalysis({
    problem: problemOf(environment),
    groundTruthAttribute: environment.ground_truth_attribute ?? '',
    format,
    followsContainer: true,
  });
  const part = read(analysis.reader(), start);
  return suggested(start, analysis.counts(part), () => analysis.baseline(part));
}

function problemOf(environment: ContainerStart['environment']): QualityProblem {
  const threshold = environment.probability_threshold_attribute;
  return {
    type: environment.problem_type as ProblemType,
    inferenceAttribute: environment.inference_attribute,
    probabilityAttribute: environment.probability_attribute,
    probabilityThreshold: threshold === undefined ? undefined : Number(threshold),
  };
}

/** A baseline stands for the whole dataset, or is none. */
async function suggested(
  start: ContainerStart,
  counts: Unreadable,
  make: () => Promise<{ readonly files: AnalysisFiles } | { readonly refusal: string }>,
): Promise<ContainerEnd> {
  if (counts.unreadableCount > 0 || counts.recordCount === 0) {
    return failed(`the dataset cannot be used: ${textOfUnreadable(counts)}`);
  }
  const made = await make();
  return 'refusal' in made ? failed(made.refusal) : { ...completed(jsonFiles(start, made.files)), by: OUR_ANALYZER };
}

function read<Part>(reader: PartReader<Part>, start: ContainerStart): Part {
  for (const { uri, content } of filesBelow(start, start.environment.dataset_source ?? '')) {
    const file = reader.file(uri);
    file.push(content);
    file.end();
  }
  return reader.finish();
}

function baselineFiles(start: ContainerStart): AnalysisFiles | undefined {
  const { baseline_constraints: constraints = '', baseline_statistics: statistics = '' } = start.environment;
  const found = { [FILES.statistics]: fileAt(start, statistics), [FILES.constraints]: fileAt(start, constraints) };
  const entries = Object.entries(found).flatMap(([name, file]) =>
    file === undefined ? [] : [[name, JSON.parse(file.content.toString('utf8')) as object] as const],
  );
  return entries.length === 2 ? Object.fromEntries(entries) : undefined;
}
