import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { BOOLEAN, instance, optional, requireProps, type Shapes } from '../core/prop-shapes';
import { type Problem, ValidationError } from '../core/validation-error';
import { MonitorKind } from '../kind/monitor-kind';
import type { SignalMetric } from '../outcome/quality/contract';
import { AnalysisWindow } from './analysis-window';
import { ENGINE_MONITOR, EngineMonitor, type EngineMonitorProps } from './engine-monitor';
import type { LabelledMonitorOptions } from './labelled-monitor';
import { LABELLED_MONITOR_OPTIONS } from './labelled-monitor';
import { ModelDecay } from './model-decay';
import { ModelProblem } from './model-problem';
import { ModelQualityMetric } from './model-quality-metric';
import type { EngineBinding } from './monitoring-engine';
import { signalMetric } from './outcome-metric';

/** Options of a model-quality monitor, whatever it is added to. */
export interface ModelQualityMonitorOptions extends LabelledMonitorOptions {
  /** What the model predicts, and where its predictions stand. */
  readonly problem: ModelProblem;

  /**
   * Over how many windows the model's quality may not fall. Not for `MonitoringEngine.modelMonitor()`, nor for `DriftMethod.MODEL_MONITOR` and `Checks.MODEL_MONITOR`, which
   * know of no errors.
   *
   * @default ModelDecay.overWindows(10), where errors are known
   */
  readonly decay?: ModelDecay;

  /**
   * Whether `ConceptDrift` and `ModelDecay` become metrics: how many confirmed violations of either check a run has, 0 or more, and no value of a run that did not make the check. They are
   * billed as up to two custom metrics. Either check is made and told without them, too. Not for `MonitoringEngine.modelMonitor()`, nor for `DriftMethod.MODEL_MONITOR` and
   * `Checks.MODEL_MONITOR`, which make neither check.
   *
   * @default false, they count among `Violations` alone
   */
  readonly signalMetrics?: boolean;
}

/** Props of a `ModelQualityMonitor`. */
export interface ModelQualityMonitorProps extends EngineMonitorProps, ModelQualityMonitorOptions {}

const PROPS: Shapes<ModelQualityMonitorProps> = {
  ...ENGINE_MONITOR,
  ...LABELLED_MONITOR_OPTIONS,
  problem: instance(ModelProblem),
  decay: optional(instance(ModelDecay)),
  signalMetrics: optional(BOOLEAN),
};

/**
 * Watches the predictions of a model against ground truth: for each window its metrics (`rmse`, `f1`, `auc`, ...) against those of the baseline.
 *
 * The suggested constraints are the baseline's own values, so any worse value is a violation: loosen them with `withOverrides` where that is too
 * strict. Its reports:
 *
 * ```text
 * statistics.json               the metrics of the window
 * estimated_quality.json        on `serverless()`, of a classification with probabilities: the metrics that these let expect, with and without labels
 * constraint_violations.json    {"violations": [{"metric_name": ..., "constraint_check_type": ..., "description": ...}]}
 * report.json                   window, counts; on `serverless()`, the metrics of the last windows (`qualityWindows`)
 * ```
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality.html
 *
 * @example
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * declare const monitoring: ModelMonitoring;
 * declare const bucket: s3.IBucket;
 *
 * monitoring.addModelQualityMonitor('ModelQuality', {
 *   baseline: Baseline.fromDataset(
 *     Dataset.csv(bucket, 'validation/churn.csv', { columns: { label: 'churned', probability: 'score' } }),
 *   ),
 *   problem: ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 }),
 *   groundTruth: GroundTruth.fromBucket(bucket, 'labels'),
 *   window: AnalysisWindow.delayedBy(Duration.days(1)),
 * });
 */
export class ModelQualityMonitor extends EngineMonitor {
  public readonly monitorKind = MonitorKind.MODEL_QUALITY;
  public readonly engineBinding: EngineBinding;
  /** @internal */
  public readonly _problem: ModelProblem;
  private readonly watched: Pick<ModelQualityMonitorProps, 'decay' | 'signalMetrics'>;

  constructor(scope: Construct, id: string, props: ModelQualityMonitorProps) {
    super(scope, id, props);
    this._problem = props.problem;
    const { problem, groundTruth, decay, signalMetrics, window = AnalysisWindow.sinceLastRun() } = props;
    this.watched = { decay, signalMetrics };
    const modelQuality = { problem, groundTruth, window, decay, signalMetrics };
    this.engineBinding = this._bind(props.engine, { modelQuality });
  }

  /** @internal */
  protected override _propShapes(): Shapes<ModelQualityMonitorProps> {
    return PROPS;
  }

  /**
   * A measure of the model's quality: SageMaker's own metric. Throws on an engine that does not publish it (it is Model Monitor's, opt-in by
   * `serviceMetrics`), and for a measure that is not published for the monitor's problem.
   *
   * @default - average over the time between two runs
   */
  public metricModelQuality(metric: ModelQualityMetric, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    requireProps({ metric }, { metric: instance(ModelQualityMetric) }, this);
    return this.engineBinding.metrics.modelQuality(metric, options);
  }

  /**
   * How many differences two variants have in a window: of what is predicted, and of each metric by labels, those that chance does not explain, adjusted by Holm for their number, 0 or more. It has no value of windows in which nothing could be compared. Throws where the data ask
   * for no such metric: `VariantComparison.between(reference, candidate, { metric: true })`.
   *
   * @default - maximum over the time between two runs
   */
  public metricVariantDifferences(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this._metricVariantDifferences(options);
  }

  /**
   * How many metrics of a window are confirmed to have concept drift, 0 or more: labels show less than the model's probabilities let expect. It has no value of windows in which the two were not
   * compared: without a baseline that says how, or with fewer than 30 rows that have a label. Throws where `signalMetrics` are not asked for, and for a problem without probabilities.
   *
   * @default - maximum over the time between two runs
   */
  public metricConceptDrift(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const { problemType, probability, probabilities } = this._problem;
    const isEstimated = probabilities ?? (problemType === 'BinaryClassification' ? probability : undefined);
    return this.metricSignal('ConceptDrift', isEstimated === undefined ? [UNESTIMATED] : [], options);
  }

  /**
   * How many metrics of a window are confirmed to have become worse over the last windows, 0 or more. It has no value of windows in which no metric was watched, as while fewer windows are
   * remembered than `decay` asks for. Throws where `signalMetrics` are not asked for, and for `ModelDecay.notWatched()`.
   *
   * @default - maximum over the time between two runs
   */
  public metricModelDecay(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const isWatched = this.watched.decay?._settings.lastWindows !== 0;
    return this.metricSignal('ModelDecay', isWatched ? [] : [UNWATCHED], options);
  }

  private metricSignal(
    signal: SignalMetric,
    problems: readonly Problem[],
    options?: cloudwatch.MetricOptions,
  ): cloudwatch.Metric {
    const unpublished = this.watched.signalMetrics ? problems : [NOT_ASKED, ...problems];
    if (unpublished.length > 0) throw new ValidationError('SignalMetricNotPublished', [...unpublished], this);
    return signalMetric(this, signal, options);
  }
}

const NOT_ASKED: Problem = {
  prop: 'signalMetrics',
  got: false,
  allowed: 'true, where a metric of a signal is asked for',
};

const UNESTIMATED: Problem = {
  prop: 'problem',
  got: 'no probabilities by which quality is estimated',
  allowed: "a binary classification with 'probability', or a classification with 'probabilities' of all labels",
};

const UNWATCHED: Problem = {
  prop: 'decay',
  got: 'ModelDecay.notWatched()',
  allowed: 'ModelDecay.overWindows(windows), or none',
};
