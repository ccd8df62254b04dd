import type { Construct } from 'constructs';
import { EngineMonitor } from './engine-monitor';
import { MonitorKind } from './monitor-kind';
import type { MonitorOptions, MonitorPlacement } from './monitor-placement';
import type { EngineBinding } from './monitoring-engine';
import type { ShapAnalysis } from './shap-analysis';

/** Options of an explainability monitor, whatever it is added to. */
export interface ModelExplainabilityMonitorOptions extends MonitorOptions {
  /** How feature attributions are computed. */
  readonly analysis: ShapAnalysis;
}

/** Props of a `ModelExplainabilityMonitor`. */
export interface ModelExplainabilityMonitorProps extends MonitorPlacement, ModelExplainabilityMonitorOptions {}

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
    this.engineBinding = props.engine.bindModelExplainability(this, { ...this.spec, analysis: props.analysis });
  }
}
