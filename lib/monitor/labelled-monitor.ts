import { instance, optional, type Shapes } from '../core/prop-shapes';
import { AnalysisWindow } from './analysis-window';
import { GroundTruth } from './ground-truth';
import { MONITOR_OPTIONS, type MonitorOptions } from './monitor-placement';

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

/**
 * What all monitors that need labels take has to be.
 *
 * @internal
 */
export const LABELLED_MONITOR_OPTIONS: Shapes<LabelledMonitorOptions> = {
  ...MONITOR_OPTIONS,
  groundTruth: instance(GroundTruth),
  window: optional(instance(AnalysisWindow)),
};
