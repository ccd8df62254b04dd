import { App, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { MonitoringDashboard, type MonitoringDashboardProps } from '../../lib/dashboard/monitoring-dashboard';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { ModelMonitoring } from '../../lib/model-monitoring';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { ENV, givenBaseline, groupOf, newEndpoint, newStack } from '../monitor/fixtures';
import { bodyFaults } from './body-rules';
import { bodyOf, expressionsOf, titled } from './fixtures';

function watched(stack: Stack, engine = MonitoringEngine.serverless()): ModelMonitoring {
  return new ModelMonitoring(stack, 'Churn', { data: MonitoredData.endpoint(newEndpoint(stack)), engine });
}

function dashboardOf(props?: MonitoringDashboardProps, stack = newStack()) {
  new MonitoringDashboard(stack, 'Models', props);
  return bodyOf(stack);
}

const ids = (count: number) => Array.from({ length: count }, (_, index) => `Stack/Monitor${index}`);
const alarmsIn = (stack: Stack, count: number) =>
  Array.from({ length: count }, (_, index) =>
    cloudwatch.Alarm.fromAlarmArn(stack, `Alarm${index}`, `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${index}`),
  );

describe('the dashboard of a stack', () => {
  const stack = newStack();
  new MonitoringDashboard(stack, 'Models');
  const monitoring = watched(stack);
  monitoring.addDataQualityMonitor('DataQuality', { baseline: givenBaseline(stack) });
  const body = bodyOf(stack);

  test('is one that CloudWatch takes', () => expect(bodyFaults(body)).toEqual([]));

  test('shows alarms first, those that fire before the others, also of monitors that were added after it', () => {
    const [{ properties }] = body.widgets.filter(({ type }) => type !== 'text');
    expect(properties).toMatchObject({ title: 'Alarms', sortBy: 'stateUpdatedTimestamp' });
    expect(properties.alarms.map((arn: string) => arn.replace(/^.*:|[0-9A-F]{8}$/g, ''))).toEqual([
      'ChurnDataQualityAlarmsDrift',
      'ChurnHealth',
      'SageMakerMonitoringAlarmsHeartbeatAlarm',
      'SageMakerMonitoringAlarmsUndeliveredAlarm',
    ]);
  });

  test('has logs of the endpoint and of the functions, each in a query of its own, and of jobs only where there are some', () => {
    const queries = body.widgets.filter(({ type }) => type === 'log').map(({ properties }) => properties.query);
    expect(queries).toHaveLength(2);
    expect(queries[0]).toMatch(/^SOURCE '\/aws\/sagemaker\/Endpoints\/CHOSEN-ENDPOINT' \| filter @message like /);
    expect(queries[1]).toMatch(
      /^SOURCE '[^']*SageMakerMonitoringHandlerLogs\w+' \| filter @message like "CHOSEN-MONITOR"/,
    );
  });

  test('lets one choose a monitor and an endpoint among all that publish, and names no other of either', () => {
    expect(body.variables).toEqual([
      {
        id: 'monitor',
        label: 'Monitor',
        type: 'pattern',
        pattern: 'CHOSEN-MONITOR',
        inputType: 'select',
        search: '{SageMakerMonitoring,MonitorId} MetricName="Violations"',
        populateFrom: 'MonitorId',
        defaultValue: '__FIRST',
        visible: true,
      },
      {
        id: 'endpoint',
        label: 'Endpoint',
        type: 'pattern',
        pattern: 'CHOSEN-ENDPOINT',
        inputType: 'select',
        search: '{AWS/SageMaker,EndpointName,VariantName} MetricName="Invocations"',
        populateFrom: 'EndpointName',
        defaultValue: '__FIRST',
        visible: true,
      },
    ]);
    expect(JSON.stringify(body)).not.toContain('Stack/Churn');
  });
});

test('the jobs of Model Monitor have their logs on it', () => {
  const stack = newStack();
  watched(stack, MonitoringEngine.modelMonitor()).addDataQualityMonitor('DataQuality', {
    baseline: givenBaseline(stack),
  });
  const body = dashboardOf({}, stack);
  expect(titled(body, 'Errors of jobs').properties.query).toMatch(/^SOURCE '\/aws\/sagemaker\/ProcessingJobs' \| /);
  expect(bodyFaults(body)).toEqual([]);
});

test('monitors, alarms and logs of other stacks are on it without a reference from stack to stack', () => {
  const app = new App();
  const there = new Stack(app, 'There', { env: ENV });
  const monitoring = watched(there);
  monitoring.addDataQualityMonitor('DataQuality', { baseline: givenBaseline(there) });
  const here = new Stack(app, 'Here', { env: ENV });
  const logGroup = logs.LogGroup.fromLogGroupName(here, 'Theirs', 'their-handlers');
  const body = dashboardOf({ monitors: [monitoring], alarms: alarmsIn(here, 1), logGroups: [logGroup] }, here);
  expect(here.dependencies).toEqual([]);
  expect(there.dependencies).toEqual([]);
  expect(titled(body, 'Alarms').properties.alarms).toEqual(['arn:aws:cloudwatch:eu-west-1:111122223333:alarm:0']);
  expect(titled(body, 'What was decided about the monitor').properties.query).toContain("SOURCE 'their-handlers'");
});

test.each([
  [500, 'Confirmed violations by monitor'],
  [501, 'Confirmed violations by monitor (500 of 501)'],
  [1200, 'Confirmed violations by monitor (500 of 1,200)'],
])('of %i monitors the list is called %s', (count, title) => {
  expect(titled(dashboardOf({ monitors: [groupOf(ids(count)), groupOf(ids(3))] }), title)).toBeDefined();
});

test.each([
  [100, 'Alarms', 100],
  [101, 'Alarms (100 of 101)', 100],
])('of %i alarms it shows those that CloudWatch takes, and says so', (count, title, shown) => {
  const stack = newStack();
  const body = dashboardOf({ alarms: alarmsIn(stack, count) }, stack);
  expect(titled(body, title).properties.alarms).toHaveLength(shown);
  expect(bodyFaults(body)).toEqual([]);
});

test('without an alarm in sight it has no list of them', () => {
  const body = dashboardOf();
  expect(body.widgets.map(({ type }) => type)).not.toContain('alarm');
  expect(bodyFaults(body)).toEqual([]);
});

describe('of several accounts', () => {
  const accounts = ['222233334444', '333344445555'];
  const body = dashboardOf({ accounts });

  test('each has its searches on the page of the fleet', () => {
    const { metrics } = titled(body, 'Confirmed violations by monitor').properties;
    expect(metrics.map(([{ accountId }]: { accountId: string }[]) => accountId)).toEqual(accounts);
  });

  test('one is chosen for the pages of a monitor and an endpoint', () => {
    const { metrics } = titled(body, 'Confirmed violations').properties;
    expect(metrics.map(([{ accountId }]: { accountId: string }[]) => accountId)).toEqual(['000000000000']);
    expect(body.variables?.[2]).toMatchObject({
      pattern: '000000000000',
      values: accounts.map((value) => ({ value })),
      defaultValue: '__FIRST',
    });
  });

  test('it is one that CloudWatch takes, of as many accounts as it may have', () => {
    expect(bodyFaults(body)).toEqual([]);
    const most = Array.from({ length: 100 }, (_, index) => String(100000000000 + index));
    expect(bodyFaults(dashboardOf({ accounts: most }))).toEqual([]);
  });
});

test('a monitor whose name has an end of its own is found by the whole of it', () => {
  const exact = expressionsOf(dashboardOf()).filter((expression) => /CHOSEN/.test(expression));
  expect(exact.every((expression) => /="CHOSEN-(MONITOR|ENDPOINT)"/.test(expression))).toBe(true);
});

test('widgets of a user stand below', () => {
  const stack = newStack();
  const { dashboard } = new MonitoringDashboard(stack, 'Models');
  dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: 'ours' }));
  const body = bodyOf(stack);
  expect(body.widgets[body.widgets.length - 1]).toMatchObject({ type: 'text', properties: { markdown: 'ours' } });
  expect(bodyFaults(body)).toEqual([]);
});

test.each<[string, MonitoringDashboardProps, string]>([
  ['no account', { accounts: [] }, 'accounts'],
  ['an account twice', { accounts: ['111122223333', '111122223333'] }, 'each account once'],
  ['the account that stands for the chosen one', { accounts: ['000000000000'] }, 'the id of an account'],
  ['101 accounts', { accounts: ids(101).map((_, index) => String(100000000000 + index)) }, '1 to 100 accounts'],
  ['what is no account', { accounts: ['prod'] }, '12 digits'],
  ['a name with a space', { dashboardName: 'a b' }, '1 to 255 letters'],
])('refuses %s', (_, props, words) => {
  expect(() => dashboardOf(props)).toThrow(words);
});
