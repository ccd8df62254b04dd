import type { Stack } from 'aws-cdk-lib';
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  CaptureDiskAlarm,
  Endpoint,
  EndpointOperations,
  FeatureMetrics,
  ModelMonitoring,
  MonitorAlarms,
  MonitoredData,
  MonitoringEngine,
  MonitoringFrequency,
  OperationsAlarm,
  OperationsAlarms,
  OperationsMetric,
  Weekday,
} from '../../../lib';
import type { ExpectedMonitor } from '../../../lib/engine/reconciler/contract';
import { givenBaseline, newEndpoint, newMonitor, newStack } from '../../monitor/fixtures';
import { resourcesOf } from '../../monitor/readable-template';
import type { Alarms } from './series';

/** How often the monitors of a front door run, by its id. */
export const FREQUENCIES = {
  Quarter: MonitoringFrequency.everyMinutes(15),
  Hourly: MonitoringFrequency.hourly(),
  /** on one day in spring clocks go over its start, and on one in autumn they show it twice */
  Night: MonitoringFrequency.dailyAt(2, { timeZone: 'Europe/Berlin' }),
  Morning: MonitoringFrequency.dailyAt(8, { timeZone: 'Europe/Berlin' }),
  Week: MonitoringFrequency.weeklyAt(Weekday.MONDAY, 6),
} as const;

/** The id of a front door. */
export type FrontDoor = keyof typeof FREQUENCIES;

/** Every front door. */
export const FRONT_DOORS = Object.keys(FREQUENCIES) as FrontDoor[];

/** A schedule of EventBridge Scheduler. */
export interface Schedule {
  readonly id: string;
  readonly expression: string;
  readonly timeZone?: string;
  readonly input: { readonly monitor?: { readonly id: string }; readonly monitors?: readonly ExpectedMonitor[] };
}

/** What a synthesized stack has that a simulation needs. */
export interface WatchedStack {
  readonly alarms: Alarms;
  readonly schedules: readonly Schedule[];
}

/** A stack with every alarm that the library makes, and those that its guide adds. */
export function watchedStack(): WatchedStack {
  const stack = newStack();
  const notificationTopic = new sns.Topic(stack, 'OnCall');
  const models = FRONT_DOORS.map((id) => {
    const data = MonitoredData.endpoint(newEndpoint(stack, `${id}Endpoint`));
    const engine = MonitoringEngine.serverless();
    const monitoring = new ModelMonitoring(stack, id, { data, engine, notificationTopic });
    const monitor = monitoring.addDataQualityMonitor('Quality', {
      baseline: givenBaseline(stack, `${id}Baseline`),
      frequency: FREQUENCIES[id],
      featureMetrics: id === 'Hourly' ? FeatureMetrics.of('income') : undefined,
    });
    return { monitoring, monitor };
  });
  new MonitorAlarms(stack, 'Alone', { monitor: newMonitor(stack, {}, 'Single') });
  addAskedFor(stack, models);
  addOperations(stack);
  return read(stack);
}

type Watched = {
  readonly monitoring: ModelMonitoring;
  readonly monitor: ReturnType<ModelMonitoring['addDataQualityMonitor']>;
};

/** As docs/guides/alarms.md adds them. */
function addAskedFor(stack: Stack, models: readonly Watched[]): void {
  const operands = models.map(({ monitoring, monitor }) => monitoring.alarmsOf(monitor).driftAlarm);
  const threshold = cloudwatch.AtLeastThreshold.count(2);
  const alarmRule = cloudwatch.AlarmRule.atLeast(cloudwatch.AlarmState.ALARM, { operands, threshold });
  new cloudwatch.CompositeAlarm(stack, 'Quorum', { alarmRule });
  const monitorOf = (id: FrontDoor) => models[FRONT_DOORS.indexOf(id)].monitor;
  const treatMissingData = cloudwatch.TreatMissingData.NOT_BREACHING;
  const income = { metric: monitorOf('Hourly').metricFeatureDrift('income'), threshold: 0.2, treatMissingData };
  const twoOfThree = { ...income, evaluationPeriods: 3, datapointsToAlarm: 2 };
  new cloudwatch.Alarm(stack, 'IncomeSliding', twoOfThree);
  byClock(new cloudwatch.Alarm(stack, 'Income', twoOfThree));
  const above = { threshold: 0, comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD };
  const violations = { ...above, metric: monitorOf('Morning').metricViolations(), evaluationPeriods: 1 };
  byClock(new cloudwatch.Alarm(stack, 'MorningByClock', { ...violations, treatMissingData }));
}

function byClock(alarm: cloudwatch.Alarm): void {
  const resource = alarm.node.defaultChild as cloudwatch.CfnAlarm;
  resource.evaluationWindow = { wallClockWindow: { timezone: 'Europe/Berlin' } };
}

/** Every alarm on operations. */
function addOperations(stack: Stack): void {
  const endpoint = Endpoint.fromEndpointName(stack, 'Served', 'served');
  const variantName = 'live';
  new CaptureDiskAlarm(stack, 'CaptureDisk', { endpoint, endpointName: 'served', variantName });
  const operations = EndpointOperations.instances(endpoint, { variantName });
  new OperationsAlarms(stack, 'Operations', {
    operations,
    alarms: [
      ...OperationsAlarm.defaults(operations),
      OperationsAlarm.clientErrors(),
      OperationsAlarm.modelErrors(),
      OperationsAlarm.utilization(OperationsMetric.CPU_UTILIZATION, 90, { unitCount: 2 }),
      OperationsAlarm.noTraffic(),
      OperationsAlarm.trafficAnomaly(),
      OperationsAlarm.latencyAnomaly(),
    ],
  });
  const asynchronous = EndpointOperations.asynchronous(Endpoint.fromEndpointName(stack, 'Queued', 'queued'), {
    variantName,
  });
  new OperationsAlarms(stack, 'Queue', {
    operations: asynchronous,
    alarms: [OperationsAlarm.backlog(Duration.minutes(10))],
  });
}

function read(stack: Stack): WatchedStack {
  const alarms = ['Alarm', 'CompositeAlarm'].flatMap((type) => resourcesOf(stack, `AWS::CloudWatch::${type}`));
  return {
    alarms: Object.fromEntries(alarms.map(({ id, Properties }) => [id, Properties])),
    schedules: resourcesOf(stack, 'AWS::Scheduler::Schedule').map(({ id, Properties }) => ({
      id,
      expression: Properties.ScheduleExpression,
      timeZone: Properties.ScheduleExpressionTimezone,
      input: JSON.parse(Properties.Target.Input),
    })),
  };
}
