import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { instance, optional, requireProps, type Shapes } from '../core/prop-shapes';
import { MonitorKind } from '../kind/monitor-kind';
import { AnalysisWindow } from './analysis-window';
import { ENGINE_MONITOR, EngineMonitor, type EngineMonitorProps } from './engine-monitor';
import type { LabelledMonitorOptions } from './labelled-monitor';
import { LABELLED_MONITOR_OPTIONS } from './labelled-monitor';
import { ModelDecay } from './model-decay';
import { ModelProblem } from './model-problem';
import { ModelQualityMetric } from './model-quality-metric';
import type { EngineBinding } from './monitoring-engine';

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
}

/** Props of a `ModelQualityMonitor`. */
export interface ModelQualityMonitorProps extends EngineMonitorProps, ModelQualityMonitorOptions {}

const PROPS: Shapes<ModelQualityMonitorProps> = {
  ...ENGINE_MONITOR,
  ...LABELLED_MONITOR_OPTIONS,
  problem: instance(ModelProblem),
  decay: optional(instance(ModelDecay)),
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

  constructor(scope: Construct, id: string, props: ModelQualityMonitorProps) {
    super(scope, id, props);
    this._problem = props.problem;
    const { problem, groundTruth, decay, window = AnalysisWindow.sinceLastRun() } = props;
    this.engineBinding = this._bind(props.engine, { modelQuality: { problem, groundTruth, window, decay } });
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
}
