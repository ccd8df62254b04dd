import type { MonitorAlarmOptions } from './alarm/monitor-alarms';
import type { DataQualityMonitorOptions } from './monitor/data-quality-monitor';
import type { ModelBiasMonitorOptions } from './monitor/model-bias-monitor';
import type { ModelExplainabilityMonitorOptions } from './monitor/model-explainability-monitor';
import type { ModelQualityMonitorOptions } from './monitor/model-quality-monitor';
import type { IMonitoringEngine } from './monitor/monitoring-engine';

/** What a monitor is added with. */
export interface AddMonitorOptions {
  /**
   * Where its analysis runs.
   *
   * @default - the `engine` of the `ModelMonitoring`
   */
  readonly engine?: IMonitoringEngine;

  /**
   * How its alarms differ from those of the other monitors.
   *
   * @default - the `alarms` of the `ModelMonitoring`
   */
  readonly alarms?: MonitorAlarmOptions;
}

/** What a monitor of data quality is added with. */
export interface AddDataQualityMonitorOptions extends AddMonitorOptions, DataQualityMonitorOptions {}

/** What a monitor of model quality is added with. */
export interface AddModelQualityMonitorOptions extends AddMonitorOptions, ModelQualityMonitorOptions {}

/** What a monitor of bias is added with. */
export interface AddModelBiasMonitorOptions extends AddMonitorOptions, ModelBiasMonitorOptions {}

/** What a monitor of feature attributions is added with. */
export interface AddModelExplainabilityMonitorOptions extends AddMonitorOptions, ModelExplainabilityMonitorOptions {}
