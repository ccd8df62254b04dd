import { Token } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { instance, requireProps, type Shapes } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { MonitorKind } from '../kind/monitor-kind';
import { AnalysisWindow } from './analysis-window';
import { BiasAnalysis } from './bias-analysis';
import { BIAS_METRIC, BiasMetric, type BiasMetricOptions } from './bias-metric';
import { ENGINE_MONITOR, EngineMonitor, type EngineMonitorProps } from './engine-monitor';
import type { LabelledMonitorOptions } from './labelled-monitor';
import { LABELLED_MONITOR_OPTIONS } from './labelled-monitor';
import type { EngineBinding } from './monitoring-engine';

/** Options of a bias monitor, whatever it is added to. */
export interface ModelBiasMonitorOptions extends LabelledMonitorOptions {
  /** Which groups are compared, and where labels and predictions stand. */
  readonly analysis: BiasAnalysis;
}

/** Props of a `ModelBiasMonitor`. */
export interface ModelBiasMonitorProps extends EngineMonitorProps, ModelBiasMonitorOptions {}

const PROPS: Shapes<ModelBiasMonitorProps> = {
  ...ENGINE_MONITOR,
  ...LABELLED_MONITOR_OPTIONS,
  analysis: instance(BiasAnalysis),
};

/**
 * Watches the bias metrics of a model's predictions against those of its baseline.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift.html
 */
export class ModelBiasMonitor extends EngineMonitor {
  public readonly monitorKind = MonitorKind.MODEL_BIAS;
  public readonly engineBinding: EngineBinding;
  private readonly analysis: BiasAnalysis;

  constructor(scope: Construct, id: string, props: ModelBiasMonitorProps) {
    super(scope, id, props);
    const { analysis, groundTruth, window = AnalysisWindow.sinceLastRun() } = props;
    this.analysis = analysis;
    this.engineBinding = this._bind(props.engine, { modelBias: { analysis, groundTruth, window } });
  }

  /** @internal */
  protected override _propShapes(): Shapes<ModelBiasMonitorProps> {
    return PROPS;
  }

  /**
   * A metric of bias of one group: SageMaker's own `bias_metric_{metric}`. Throws on an engine that does not publish it (it is Model Monitor's, opt-in
   * by `serviceMetrics`), and for a facet, a label or a metric that the monitor's analysis does not have.
   *
   * @default - average over the time between two runs
   */
  public metricBias(bias: BiasMetricOptions, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    requireProps(bias, BIAS_METRIC, this);
    throwIfAny('ServiceMetricNotPublished', unpublished(this.analysis, bias), this);
    return this.engineBinding.metrics.bias(bias, options);
  }
}

/** What of a metric the analysis does not compute. */
function unpublished(analysis: BiasAnalysis, { metric, facet, label }: BiasMetricOptions): Problem[] {
  const facets = analysis.facets.map(({ name }) => name);
  const needsGroup = metric === BiasMetric.CDDL || metric === BiasMetric.CDDPL;
  return [
    ...oneOf('facet', facet, facets),
    ...oneOf('label', label, [analysis.label]),
    ...(needsGroup && analysis.groupVariable === undefined
      ? [{ prop: 'metric', got: metric, allowed: "a metric that needs no 'groupVariable' of the analysis" }]
      : []),
  ];
}

function oneOf(prop: string, got: string, names: readonly string[]): Problem[] {
  const isAny = names.includes(got) || [got, ...names].some((name) => Token.isUnresolved(name));
  return isAny ? [] : [{ prop, got, allowed: `what the analysis has: ${names.join(', ')}` }];
}
