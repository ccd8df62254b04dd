import type { CfnTag } from 'aws-cdk-lib';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import type { MonitorKindName } from '../../monitor/contract';
import type { MonitorSpec } from '../../monitor/monitoring-engine';
import type { MonitoringFrequency } from '../../monitor/monitoring-frequency';
import type { JobDefinition } from './job-blueprint';
import { monitoringScheduleName } from './schedule-name';

interface ScheduleParts {
  readonly definition: JobDefinition;
  readonly kind: MonitorKindName;
  readonly tags?: CfnTag[];
}

/** The names by which SageMaker knows a monitor. */
interface ScheduleNames {
  readonly monitoringScheduleName: string;
  readonly jobDefinitionName: string;
}

/**
 * Runs a job definition at the monitor's frequency.
 *
 * SageMaker checks at once that the endpoint exists and captures data, hence the dependency.
 *
 * @internal
 */
export function monitoringSchedule(
  scope: Construct,
  spec: MonitorSpec,
  { definition, kind, tags }: ScheduleParts,
): ScheduleNames {
  const names: ScheduleNames = {
    monitoringScheduleName: monitoringScheduleName(scope),
    jobDefinitionName: definition.getAtt('JobDefinitionName').toString(),
  };
  const resource = new sagemaker.CfnMonitoringSchedule(scope, 'Schedule', {
    monitoringScheduleName: names.monitoringScheduleName,
    monitoringScheduleConfig: {
      monitoringType: kind,
      monitoringJobDefinitionName: names.jobDefinitionName,
      scheduleConfig: { scheduleExpression: cronExpression(spec.frequency) },
    },
    tags,
  });
  if (spec.endpointInput) resource.node.addDependency(spec.endpointInput.endpoint);
  return names;
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-schedule-expression.html */
function cronExpression(frequency: MonitoringFrequency): string {
  const { intervalHours, startHour } = frequency;
  if (intervalHours === 1) return 'cron(0 * ? * * *)';
  if (intervalHours === 24) return `cron(0 ${startHour} ? * * *)`;
  return `cron(0 ${startHour}/${intervalHours} ? * * *)`;
}
