import { Stack, Stage } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { CfnMonitoringSchedule } from 'aws-cdk-lib/aws-sagemaker';
import type { Construct, IConstruct } from 'constructs';
import { MonitoringAlarm } from '../core/monitoring-alarm';
import { madeSingleton } from '../core/stack-singleton';
import type { IMonitorGroup } from '../monitor/monitor-group';

/** What a dashboard is given of what it shows. */
export interface Given {
  readonly alarms: readonly cloudwatch.IAlarm[];
  readonly logGroups: readonly logs.ILogGroup[];
}

/** Groups as one: each monitor once, those included that join a group later. */
export function together(groups: readonly Reported[]): Reported {
  return {
    get monitorIds() {
      return [...new Set(groups.flatMap(({ monitorIds }) => monitorIds))].sort();
    },
    get reportsPlaces() {
      return Object.assign({}, ...groups.map(({ reportsPlaces }) => reportsPlaces));
    },
  };
}

/** What is read of monitors. */
type Reported = Pick<IMonitorGroup, 'monitorIds' | 'reportsPlaces'>;

/**
 * Alarms of which a stack can name the ARN without a reference to another one, which would tie their deployments together: those that were given, and those of the library in the stack.
 */
export function knownAlarmArns(scope: Construct, { alarms }: Given): string[] {
  const own = below(Stack.of(scope)).filter((one) => one instanceof MonitoringAlarm);
  return [...new Set([...alarms, ...own].map(({ alarmArn }) => alarmArn))];
}

/** Log groups of the functions that monitor: those of the stack, and those that were given. */
export function knownLogGroups(scope: Construct, { logGroups }: Given): string[] {
  const own = madeSingleton(scope, 'HandlerLogs') as logs.ILogGroup | undefined;
  return [...(own ? [own] : []), ...logGroups].map(({ logGroupName }) => logGroupName);
}

/** Whether SageMaker's own jobs run for a monitor of what is synthesized together. */
export function hasMonitoringJobs(scope: Construct): boolean {
  return below(Stage.of(scope) ?? Stack.of(scope)).some((one) => one instanceof CfnMonitoringSchedule);
}

const below = ({ node }: IConstruct): IConstruct[] => node.findAll();
