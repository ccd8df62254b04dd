import { CfnResource, type CfnTag } from 'aws-cdk-lib';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { targetOf } from '../../../endpoint/known-properties';
import type { MonitorKindName } from '../../../kind/kind-sheet';
import type { EndpointInput, EngineBinding, MonitorSpec } from '../../../monitor/monitoring-engine';
import type { MonitoringFrequency } from '../../../monitor/monitoring-frequency';
import { type JobDefinitionNameSource, jobDefinitionName } from '../job/definition-name';
import type { JobDefinition } from '../kinds/blueprint';
import { ScheduleDrain } from './drain/schedule-drain';
import { oneTimeRunCommand } from './one-time-run';
import { monitoringScheduleName } from './schedule-name';

interface ScheduleParts {
  readonly definition: JobDefinition;
  readonly kind: MonitorKindName;
  readonly nameFrom?: JobDefinitionNameSource;
  readonly tags?: CfnTag[];
}

/** What a binding tells of a schedule. */
interface ScheduleBinding
  extends Required<Pick<EngineBinding, 'monitoringScheduleName' | 'jobDefinitionName' | 'oneTimeRunCommand'>> {
  /** Known at deployment. */
  readonly creationTime: string;
}

/**
 * Runs a job definition at the monitor's frequency.
 *
 * SageMaker checks at once that the endpoint exists and captures data, hence the dependency. A changed definition is a new one: when no
 * execution runs the schedule is pointed at it, and then the old one is deleted. Whether the schedule runs (`MonitoringScheduleStatus`) is SageMaker's to say, not the
 * template's: who stops it by hand finds it stopped after a deployment that does not touch it.
 *
 * @internal
 */
export function monitoringSchedule(scope: Construct, spec: MonitorSpec, parts: ScheduleParts): ScheduleBinding {
  const { definition, kind, nameFrom, tags } = parts;
  const names = {
    monitoringScheduleName: monitoringScheduleName(scope),
    jobDefinitionName: jobDefinitionName(definition, nameFrom),
  };
  const scheduleExpression = cronExpression(spec.frequency);
  const resource = new sagemaker.CfnMonitoringSchedule(scope, 'Schedule', {
    monitoringScheduleName: names.monitoringScheduleName,
    monitoringScheduleConfig: {
      monitoringType: kind,
      monitoringJobDefinitionName: names.jobDefinitionName,
      scheduleConfig: { scheduleExpression },
    },
    tags,
  });
  if (spec.endpointInput) waitForEndpoint(resource, spec.endpointInput);
  ScheduleDrain.of(scope).add({ resource, jobDefinitionName: names.jobDefinitionName, scheduleExpression });
  const windowHours = spec.frequency.intervalHours;
  return {
    ...names,
    creationTime: resource.attrCreationTime,
    oneTimeRunCommand: oneTimeRunCommand(scope, { ...names, kind, windowHours }),
  };
}

/** A job definition with the endpoint's name as a reference waits already. */
function waitForEndpoint(resource: sagemaker.CfnMonitoringSchedule, { endpoint, endpointName }: EndpointInput): void {
  const { defaultChild = endpoint } = endpoint.node;
  const isEndpoint = sagemaker.CfnEndpoint.isCfnEndpoint(defaultChild);
  if (isEndpoint && defaultChild.attrEndpointName === endpointName) return; // as `targetOf` would find, which takes longer
  if (defaultChild === targetOf(endpointName)) return;
  resource.node.addDependency(CfnResource.isCfnResource(defaultChild) ? defaultChild : endpoint);
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-schedule-expression.html */
function cronExpression(frequency: MonitoringFrequency): string {
  const { intervalHours, startHour } = frequency;
  if (intervalHours === 1) return 'cron(0 * ? * * *)';
  if (intervalHours === 24) return `cron(0 ${startHour} ? * * *)`;
  return `cron(0 ${startHour}/${intervalHours} ? * * *)`;
}
