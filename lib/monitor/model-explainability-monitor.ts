import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { instance, type Shapes } from '../core/prop-shapes';
import { MonitorKind } from '../kind/monitor-kind';
import { ENGINE_MONITOR, EngineMonitor, type EngineMonitorProps } from './engine-monitor';
import type { MonitorOptions } from './monitor-placement';
import type { EngineBinding } from './monitoring-engine';
import { ShapAnalysis } from './shap-analysis';

/** Options of an explainability monitor, whatever it is added to. */
export interface ModelExplainabilityMonitorOptions extends MonitorOptions {
  /** How feature attributions are computed. */
  readonly analysis: ShapAnalysis;
}

/** Props of a `ModelExplainabilityMonitor`. */
export interface ModelExplainabilityMonitorProps extends EngineMonitorProps, ModelExplainabilityMonitorOptions {}

const PROPS: Shapes<ModelExplainabilityMonitorProps> = {
  ...ENGINE_MONITOR,
  analysis: instance(ShapAnalysis),
};

/**
 * Watches which features a model's predictions rest on, against the order of its baseline.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-feature-attribution-drift.html
 */
export class ModelExplainabilityMonitor extends EngineMonitor {
  public readonly monitorKind = MonitorKind.MODEL_EXPLAINABILITY;
  public readonly engineBinding: EngineBinding;

  constructor(scope: Construct, id: string, props: ModelExplainabilityMonitorProps) {
    super(scope, id, props);
    this.engineBinding = this._bind(props.engine, { modelExplainability: { analysis: props.analysis } });
  }

  /** @internal */
  protected override _propShapes(): Shapes<ModelExplainabilityMonitorProps> {
    return PROPS;
  }

  /**
   * How much the predictions rest on a feature, the mean of its absolute SHAP values: SageMaker's own metric `feature_{feature}`. Throws on an engine that
   * does not publish it: it is Model Monitor's, opt-in by `serviceMetrics`.
   *
   * @param labelHeader the output of the model: its header, or `label0`, `label1`, ... for outputs without one
   * @default - of `label0`, average over the time between two runs
   */
  public metricFeatureAttribution(
    feature: string,
    labelHeader?: string,
    options?: cloudwatch.MetricOptions,
  ): cloudwatch.Metric {
    return this.engineBinding.metrics.featureAttribution(feature, labelHeader, options);
  }
}
