import type { Stack } from 'aws-cdk-lib';
import type { ModelMonitorEngineOptions } from '../../../lib';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import type { DataQualityMonitorProps } from '../../../lib/monitor/data-quality-monitor';
import { newMonitor, newStack } from '../../monitor/fixtures';
import { permissionsOfRole, type ReadableResource, resourceOf } from '../../monitor/readable-template';

/** A stack with a monitor `DataQuality` on Model Monitor. */
export function stackWith(
  options: ModelMonitorEngineOptions = {},
  props: Partial<DataQualityMonitorProps> = {},
  stack: Stack = newStack(),
): Stack {
  newMonitor(stack, { engine: MonitoringEngine.modelMonitor(options), ...props });
  return stack;
}

/** The properties of the job definition of a monitor with these options. */
export function jobOf(
  options: ModelMonitorEngineOptions = {},
  stack?: Stack,
  props: Partial<DataQualityMonitorProps> = {},
): ReadableResource['Properties'] {
  return resourceOf(stackWith(options, props, stack), 'AWS::SageMaker::DataQualityJobDefinition').Properties;
}

/** What the role of the job may do beyond what it may without options, a statement for each resource. */
export function addedStatements(stack: Stack): unknown[] {
  const usual = permissionsOfRole(stackWith(), 'DataQualityRole').map((permission) => JSON.stringify(permission));
  return permissionsOfRole(stack, 'DataQualityRole').filter((one) => !usual.includes(JSON.stringify(one)));
}
