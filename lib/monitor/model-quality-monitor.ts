import type { Construct } from 'constructs';
import { AnalysisWindow } from './analysis-window';
import { EngineMonitor } from './engine-monitor';
import type { GroundTruth } from './ground-truth';
import type { ModelProblem } from './model-problem';
import { MonitorKind } from './monitor-kind';
import type { MonitorOptions, MonitorPlacement } from './monitor-placement';
import type { EngineBinding } from './monitoring-engine';

/** Options of a model-quality monitor, whatever it is added to. */
export interface ModelQualityMonitorOptions extends MonitorOptions {
  /** What the model predicts, and where its predictions stand. */
  readonly problem: ModelProblem;

  /** Where the labels lie. */
  readonly groundTruth: GroundTruth;

  /**
   * Which hours each run analyses.
   *
   * @default AnalysisWindow.sinceLastRun()
   */
  readonly window?: AnalysisWindow;
}

/** Props of a `ModelQualityMonitor`. */
export interface ModelQualityMonitorProps extends MonitorPlacement, ModelQualityMonitorOptions {}

/**
 * Watches the predictions of a model against ground truth.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality.html
 */
export class ModelQualityMonitor extends EngineMonitor {
  public readonly monitorKind = MonitorKind.MODEL_QUALITY;
  public readonly engineBinding: EngineBinding;

  constructor(scope: Construct, id: string, props: ModelQualityMonitorProps) {
    super(scope, id, props);
    const { problem, groundTruth, window = AnalysisWindow.sinceLastRun() } = props;
    this.engineBinding = props.engine.bindModelQuality(this, { ...this.spec, problem, groundTruth, window });
  }
}
