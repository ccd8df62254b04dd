import type { Generation } from '../profile/inferred-type';
import { BinaryTally } from './binary';
import type { Confusion } from './confusion';
import { precisionRecallCurve, receiverOperatingCharacteristic } from './curves';
import { MulticlassTally } from './multiclass';
import type { QualityProfile } from './quality-profile';
import type { ConfusionMatrix, ModelQualityStatistics, QualityMetric, QualitySampling } from './schemas';
import { MIN_ROWS_FOR_DEVIATION, SAMPLE_COUNT, standardDeviation } from './subsamples';
import type { UndefinedMetric } from './tally';

/** What `statistics.json` says beside the metrics. */
export interface QualityStatisticsOptions {
  /** `deequ-2.0` where absent; the older one has no `au_prc`, and `NaN` in place of null */
  readonly generation?: Generation;
  /** of a run; ISO 8601 */
  readonly window?: { readonly start: string; readonly end: string };
  /** ISO 8601 */
  readonly evaluationTime?: string;
}

/** The statistics of a profile, or why there are none. */
export type QualityStatisticsResult =
  | {
      readonly statistics: ModelQualityStatistics;
      readonly undefinedMetrics: UndefinedMetric[];
      readonly sampling: QualitySampling;
    }
  | { readonly refusal: string };

/**
 * The `statistics.json` of a model-quality baseline or run. There are none, but a reason, when no row has both a prediction and a label, when not
 * all rows could be held, and when there are too many labels. A metric that is undefined for the rows has the value null (`NaN` in files of
 * the older generation), as has every standard deviation below 200 rows; one that needs probabilities is absent without them. Metrics
 * of both kinds are listed.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
 */
export function qualityStatistics(
  profile: QualityProfile,
  options: QualityStatisticsOptions = {},
): QualityStatisticsResult {
  const refusal = profile.refusal();
  if (refusal !== undefined) return { refusal };
  const generation = options.generation ?? 'deequ-2.0';
  const metrics = metricTable(profile, generation);
  const statistics: ModelQualityStatistics = {
    version: 0,
    dataset: {
      item_count: profile.itemCount,
      ...(options.window && { start_time: options.window.start, end_time: options.window.end }),
      ...(options.evaluationTime !== undefined && { evaluation_time: options.evaluationTime }),
    },
    ...typedMetrics(profile, metrics, generation),
  };
  const withoutValue = Object.entries(metrics)
    .filter(([, { value }]) => typeof value !== 'number')
    .map(([metric]) => ({ metric, reason: UNDEFINED }));
  const undefinedMetrics = [...withoutValue, ...profile.tally.absent(generation)];
  return { statistics, undefinedMetrics, sampling: samplingOf(profile, metrics) };
}

/** How much chance is in those metrics that have a value. */
function samplingOf({ tally, itemCount }: QualityProfile, metrics: MetricTable): QualitySampling {
  const estimates = [...tally.standardErrors()].flatMap(([name, error]) => {
    const value = Object.hasOwn(metrics, name) ? metrics[name].value : null;
    return typeof value === 'number' ? [[name, [value, error]] as const] : [];
  });
  const known = new Set(estimates.map(([name]) => name));
  const skews = [...(tally.skews?.() ?? [])].filter(([name]) => known.has(name));
  const skewness = skews.length > 0 ? { skewness: Object.fromEntries(skews) } : undefined;
  return { rows: itemCount, estimates: Object.fromEntries(estimates), ...skewness };
}

const UNDEFINED = 'these rows do not define it: they have only one label or value, or numbers too large to square';

type MetricTable = Record<string, QualityMetric>;

/** The metrics of all rows, each with its standard deviation over the five samples. */
function metricTable({ tally, itemCount }: QualityProfile, generation: Generation): MetricTable {
  const samples =
    itemCount >= MIN_ROWS_FOR_DEVIATION
      ? Array.from({ length: SAMPLE_COUNT - 1 }, (_, index) => tally.metrics(index + 1, generation))
      : [];
  const deviation = (name: string) => standardDeviation(samples.map((sample) => sample.get(name) ?? Number.NaN));
  const written = (value: number) => (Number.isFinite(value) ? value : UNDEFINED_VALUE[generation]);
  return Object.fromEntries(
    Array.from(tally.metrics(0, generation), ([name, value]) => [
      name,
      { value: written(value), standard_deviation: written(deviation(name)) },
    ]),
  );
}

/** What the containers write for a number that there is none of: observed in files of 2022, and of 2024. */
const UNDEFINED_VALUE = { 'deequ-1.0': 'NaN', 'deequ-2.0': null } as const;

function typedMetrics(
  { tally }: QualityProfile,
  metrics: MetricTable,
  generation: Generation,
): Partial<ModelQualityStatistics> {
  if (tally instanceof BinaryTally) return { binary_classification_metrics: binaryMetrics(tally, metrics, generation) };
  if (!(tally instanceof MulticlassTally)) return { regression_metrics: metrics } as Partial<ModelQualityStatistics>;
  const confusion_matrix = confusionMatrix(tally.confusion);
  return { multiclass_classification_metrics: { confusion_matrix, ...metrics } } as Partial<ModelQualityStatistics>;
}

type BinaryMetrics = NonNullable<ModelQualityStatistics['binary_classification_metrics']>;

/** The curves stand behind the rates, before the areas, as in the container's files. */
function binaryMetrics(tally: BinaryTally, metrics: MetricTable, generation: Generation): BinaryMetrics {
  const points = tally.curve(0, generation);
  const curves = points && {
    receiver_operating_characteristic_curve: receiverOperatingCharacteristic(points),
    precision_recall_curve: precisionRecallCurve(points),
  };
  const names = Object.keys(metrics);
  const pick = (from: number, to?: number) =>
    Object.fromEntries(names.slice(from, to).map((name) => [name, metrics[name]]));
  const rates = names.indexOf('false_negative_rate') + 1;
  const table = { confusion_matrix: confusionMatrix(tally.confusion), ...pick(0, rates), ...curves, ...pick(rates) };
  return table as unknown as BinaryMetrics;
}

/** All pairs of labels. A row is copied whole, which takes a fiftieth of the time that its labels take one by one. */
function confusionMatrix(confusion: Confusion): ConfusionMatrix {
  const { labels, pairs } = confusion.counts(0);
  const none = Object.fromEntries(labels.map((label) => [label, 0]));
  const matrix = Object.fromEntries(labels.map((label) => [label, { ...none }]));
  for (const { actual, predicted, count } of pairs) matrix[labels[actual]][labels[predicted]] = count;
  return matrix;
}
