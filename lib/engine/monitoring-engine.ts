import { requireProps } from '../core/prop-shapes';
import type { IMonitoringEngine } from '../monitor/monitoring-engine';
import { ModelMonitorEngine } from './model-monitor/model-monitor-engine';
import { MODEL_MONITOR_ENGINE, type ModelMonitorEngineOptions } from './model-monitor/model-monitor-engine-options';
import { ServerlessEngine } from './serverless/serverless-engine';
import { SERVERLESS_ENGINE, type ServerlessEngineOptions } from './serverless/serverless-engine-options';

/**
 * The engines that monitors run on. Each delivers the same reports, metrics and events, so one argument switches.
 */
export class MonitoringEngine {
  /**
   * This library's own analyzer, on Lambda and Step Functions. It works in every account and costs nothing while no data arrive.
   *
   * Its state machine, functions and roles are shared by all monitors of a stack.
   */
  public static serverless(options: ServerlessEngineOptions = {}): IMonitoringEngine {
    requireProps(options, SERVERLESS_ENGINE);
    return new ServerlessEngine(options);
  }

  /**
   * SageMaker Model Monitor: a job definition and a monitoring schedule per monitor; each run starts an instance.
   *
   * The service is closed to new customers and gets no new features: only for accounts that used it before.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-availability-change.html
   */
  public static modelMonitor(options: ModelMonitorEngineOptions = {}): IMonitoringEngine {
    requireProps(options, MODEL_MONITOR_ENGINE);
    return new ModelMonitorEngine(options);
  }

  private constructor() {}
}
