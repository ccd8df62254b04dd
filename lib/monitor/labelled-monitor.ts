import type { AnalysisWindow } from './analysis-window';
import type { GroundTruth } from './ground-truth';
import type { MonitorOptions } from './monitor-placement';

/** Options of a monitor that compares predictions with labels. */
export interface LabelledMonitorOptions extends MonitorOptions {
  /** Where the labels lie. */
  readonly groundTruth: GroundTruth;

  /**
   * Which hours each run analyses.
   *
   * @default AnalysisWindow.sinceLastRun()
   */
  readonly window?: AnalysisWindow;
}
