import {
  createQualityMerger,
  type MergedQuality,
  type ModelQualityStatistics,
  type QualityProblem,
  QualityProfile,
  type QualityRow,
  type QualityStatisticsOptions,
  qualityStatistics,
  type UndefinedMetric,
} from '../../../lib/analysis/model-quality';

export const REGRESSION: QualityProblem = { type: 'Regression', inferenceAttribute: '0' };
export const BINARY: QualityProblem = { type: 'BinaryClassification', probabilityAttribute: '0' };
export const MULTICLASS: QualityProblem = { type: 'MulticlassClassification', inferenceAttribute: '0' };

/** A profile of rows whose identifiers are `row-0`, `row-1`, ... */
export function profileOf(problem: QualityProblem, rows: readonly QualityRow[]): QualityProfile {
  const profile = new QualityProfile(problem);
  for (const [index, row] of rows.entries()) profile.add(row, `row-${index}`);
  return profile;
}

interface Outcome {
  readonly statistics: ModelQualityStatistics;
  readonly undefinedMetrics: UndefinedMetric[];
}

/** The statistics of a profile that must have some. */
export function statisticsOf(profile: QualityProfile, options?: QualityStatisticsOptions): Outcome {
  const result = qualityStatistics(profile, options);
  if ('refusal' in result) throw new Error(`no statistics: ${result.refusal}`);
  return result;
}

/** The metrics of whichever problem type, by name. */
export function metricsOf(profile: QualityProfile, options?: QualityStatisticsOptions) {
  const { regression_metrics, binary_classification_metrics, multiclass_classification_metrics } = statisticsOf(
    profile,
    options,
  ).statistics;
  const metrics = regression_metrics ?? binary_classification_metrics ?? multiclass_classification_metrics;
  return metrics as unknown as Record<
    string,
    { value: number | 'NaN' | null; standard_deviation: number | 'NaN' | null }
  >;
}

interface CapturedOutput {
  readonly id: string;
  readonly output: unknown;
  readonly inferenceId?: unknown;
  readonly encoding?: string;
  readonly time?: unknown;
}

/** A line of a capture file. */
export function captured({ id, output, inferenceId, encoding = 'CSV', time = '2024-05-01T10:30:00Z' }: CapturedOutput) {
  return JSON.stringify({
    captureData: {
      endpointInput: { data: 'not,looked,at', encoding: 'CSV' },
      endpointOutput: { data: output, encoding },
    },
    eventMetadata: { eventId: id, inferenceId, inferenceTime: time },
    eventVersion: '0',
  });
}

/** A line of a ground-truth file. */
export const truth = (id: string, data: unknown, encoding: unknown = 'CSV') =>
  JSON.stringify({ groundTruthData: { data, encoding }, eventMetadata: { eventId: id }, eventVersion: '0' });

interface MergeFiles {
  readonly problem?: QualityProblem;
  readonly window?: { readonly start: string; readonly end: string };
  /** files in the order in which they are read */
  readonly files: readonly { readonly kind: 'captures' | 'groundTruth'; readonly lines: readonly string[] }[];
}

/** Merges files; a file's name is `captures-1` or `groundTruth-2`, by its place in the list. */
export function merge({ problem = BINARY, window, files }: MergeFiles): MergedQuality {
  const merger = createQualityMerger({ problem, window });
  for (const [index, { kind, lines }] of files.entries()) {
    const reader = merger[kind](`${kind}-${index + 1}`);
    reader.push(Buffer.from(lines.join('\n')));
    reader.end();
  }
  return merger.finish();
}
