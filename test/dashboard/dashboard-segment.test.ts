import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { MonitoringDashboard } from '../../lib/dashboard/monitoring-dashboard';
import { ModelMonitoring } from '../../lib/model-monitoring';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { givenBaseline, newEndpoint, newStack } from '../monitor/fixtures';
import { bodyFaults } from './body-rules';
import { bodiesOf } from './fixtures';

/** As cdk-monitoring-constructs 10.2.0 declares it. */
interface IDashboardSegment {
  alarmWidgets(): cloudwatch.IWidget[];
  summaryWidgets(): cloudwatch.IWidget[];
  widgets(): cloudwatch.IWidget[];
}

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
