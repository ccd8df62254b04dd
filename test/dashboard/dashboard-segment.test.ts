import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { DefaultDashboardFactory, type IDashboardSegment, MonitoringFacade } from 'cdk-monitoring-constructs';
import { MonitoringDashboard } from '../../lib/dashboard/monitoring-dashboard';
import { ModelMonitoring } from '../../lib/model-monitoring';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { givenBaseline, newEndpoint, newStack } from '../monitor/fixtures';
import { bodyFaults } from './body-rules';
import { bodiesOf } from './fixtures';

test('the page of the fleet is a segment of a dashboard of others, with what is added to the app later', () => {
  const stack = newStack();
  const monitoring = new ModelMonitoring(stack, 'Churn', { data: MonitoredData.endpoint(newEndpoint(stack)) });
  const segment: IDashboardSegment = new MonitoringDashboard(stack, 'Models', {
    monitors: [monitoring],
  }).dashboardSegment();
  const theirs = new cloudwatch.Dashboard(stack, 'Theirs');
  theirs.addWidgets(new cloudwatch.TextWidget({ markdown: 'theirs', width: 24, height: 1 }));
  theirs.addWidgets(...segment.alarmWidgets());
  theirs.addWidgets(...segment.summaryWidgets());
  theirs.addWidgets(...segment.widgets());
  monitoring.addDataQualityMonitor('DataQuality', { baseline: givenBaseline(stack) });
  const body = bodiesOf(stack).find(({ variables }) => !variables) ?? { widgets: [] };
  expect(bodyFaults(body)).toEqual([]);
  expect(body.widgets.filter(({ type }) => type === 'alarm').map(({ properties }) => properties.alarms.length)).toEqual(
    [4, 4, 4],
  );
  expect(JSON.stringify(body)).not.toContain('CHOSEN');
});

test('without an alarm it has no list of them', () => {
  const stack = newStack();
  const segment = new MonitoringDashboard(stack, 'Models').dashboardSegment();
  const theirs = new cloudwatch.Dashboard(stack, 'Theirs');
  theirs.addWidgets(...segment.alarmWidgets(), ...segment.widgets());
  expect(bodiesOf(stack).flatMap(bodyFaults)).toEqual([]);
});

test('a facade of cdk-monitoring-constructs takes it, for each of its dashboards', () => {
  const stack = newStack();
  const monitoring = new ModelMonitoring(stack, 'Churn', { data: MonitoredData.endpoint(newEndpoint(stack)) });
  monitoring.addDataQualityMonitor('DataQuality', { baseline: givenBaseline(stack) });
  const models = new MonitoringDashboard(stack, 'Models', { dashboardName: 'models', monitors: [monitoring] });
  const dashboardNamePrefix = 'Team';
  const dashboardFactory = new DefaultDashboardFactory(stack, 'Dashboards', {
    dashboardNamePrefix,
    createAlarmDashboard: true,
    createSummaryDashboard: true,
  });
  new MonitoringFacade(stack, 'Facade', {
    dashboardFactory,
    metricFactoryDefaults: { namespace: 'Team' },
    alarmFactoryDefaults: { alarmNamePrefix: 'Team', actionsEnabled: false },
  }).addSegment(models.dashboardSegment());
  const theirs = bodiesOf(stack).filter(({ variables }) => !variables);
  expect(theirs).toHaveLength(3);
  for (const body of theirs) {
    expect(bodyFaults(body)).toEqual([]);
    expect(body.widgets.filter(({ type }) => type === 'alarm')).toHaveLength(1);
  }
});
