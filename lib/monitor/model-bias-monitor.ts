import type { Construct } from 'constructs';
import { AnalysisWindow } from './analysis-window';
import type { BiasAnalysis } from './bias-analysis';
import { EngineMonitor } from './engine-monitor';
import type { GroundTruth } from './ground-truth';
import { MonitorKind } from './monitor-kind';
import type { MonitorOptions, MonitorPlacement } from './monitor-placement';
import type { EngineBinding } from './monitoring-engine';

/** Options of a bias monitor, whatever it is added to. */
export interface ModelBiasMonitorOptions extends MonitorOptions {
  /** Which groups are compared, and where labels and predictions stand. */
  readonly analysis: BiasAnalysis;

  /** Where the labels lie. */
  readonly groundTruth: GroundTruth;

  /**
   * Which hours each run analyses.
   *
   * @default AnalysisWindow.sinceLastRun()
   */
  readonly window?: AnalysisWindow;
}

/** Props of a `ModelBiasMonitor`. */
export interface ModelBiasMonitorProps extends MonitorPlacement, ModelBiasMonitorOptions {}

/**
 * Watches the bias metrics of a model's predictions against those of its baseline.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift.html
 */
export class ModelBiasMonitor extends EngineMonitor {
  public readonly monitorKind = MonitorKind.MODEL_BIAS;
  public readonly engineBinding: EngineBinding;

  constructor(scope: Construct, id: string, props: ModelBiasMonitorProps) {
    super(scope, id, props);
    const { analysis, groundTruth, window = AnalysisWindow.sinceLastRun() } = props;
    this.engineBinding = props.engine.bindModelBias(this, { ...this.spec, analysis, groundTruth, window });
  }
}
