import { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { MonitoringDashboard } from '../../lib/dashboard/monitoring-dashboard';
import { ModelMonitoring } from '../../lib/model-monitoring';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { ENV, givenBaseline, groupOf, newEndpoint, newStack } from '../monitor/fixtures';
import { resourcesOf, statementsOfRole } from '../monitor/readable-template';
import { bodyFaults } from './body-rules';
import { bodiesOf, bodyOf, titled } from './fixtures';

const FLEET = 'Monitors, and alarms that fire';
const MONITOR = 'The last run';

function watched(stack: Stack, reportsBucket?: s3.IBucket): ModelMonitoring {
  const data = MonitoredData.endpoint(newEndpoint(stack));
  const monitoring = new ModelMonitoring(stack, 'Churn', { data, reportsBucket });
  monitoring.addDataQualityMonitor('DataQuality', { baseline: givenBaseline(stack) });
  return monitoring;
}

const functionsOf = (stack: Stack) =>
  resourcesOf(stack, 'AWS::Lambda::Function').filter(({ Properties }) => /on dashboards/.test(Properties.Description));

test('the function of the widgets reads reports, alarms that fire, and when an endpoint was deployed', () => {
  const stack = newStack();
  new MonitoringDashboard(stack, 'Models', { monitors: [watched(stack)] });
  expect(statementsOfRole(stack, 'WidgetsFunctionRole')).toEqual([
    expect.objectContaining({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }),
    {
      Action: 'cloudwatch:DescribeAlarms',
      Effect: 'Allow',
      Resource: `arn:\${AWS::Partition}:cloudwatch:eu-west-1:111122223333:alarm:*`,
    },
    {
      Action: 'sagemaker:DescribeEndpoint',
      Effect: 'Allow',
      Resource: `arn:\${AWS::Partition}:sagemaker:eu-west-1:111122223333:endpoint/*`,
    },
    { Action: 's3:GetObject', Effect: 'Allow', Resource: `\${Reports.Arn}/model-monitoring/Stack/*` },
    {
      Action: 's3:ListBucket',
      Effect: 'Allow',
      Resource: `\${Reports.Arn}`,
      Condition: { StringLike: { 's3:prefix': 'model-monitoring/Stack/*' } },
    },
  ]);
});

test('dashboards of a stack have one function, and those without monitors none', () => {
  const stack = newStack();
  watched(stack);
  new MonitoringDashboard(stack, 'Without');
  expect(functionsOf(stack)).toHaveLength(0);
  const other = newStack();
  const monitors = [watched(other)];
  new MonitoringDashboard(other, 'Models', { monitors });
  new MonitoringDashboard(other, 'Others', { monitors });
  expect(functionsOf(other)).toHaveLength(1);
  expect(bodiesOf(other)).toHaveLength(2);
});

test('widgets are told the monitors, where their reports lie, and what is chosen', () => {
  const stack = newStack();
  const monitoring = watched(stack, s3.Bucket.fromBucketName(stack, 'Given', 'given-reports'));
  new MonitoringDashboard(stack, 'Models', { monitors: [monitoring, groupOf(['Other/Monitor'])] });
  const body = bodyOf(stack);
  expect(bodyFaults(body)).toEqual([]);
  expect(titled(body, FLEET).properties.params).toEqual({
    view: 'fleet',
    monitors: [
      { monitorIds: ['Other/Monitor'] },
      { bucket: 'given-reports', prefix: 'model-monitoring', monitorIds: ['Stack/Churn/DataQuality'] },
    ],
    monitorCount: 2,
  });
  expect(titled(body, MONITOR).properties.params).toEqual({
    view: 'monitor',
    monitorId: 'CHOSEN-MONITOR',
    places: [{ bucket: 'given-reports', prefix: 'model-monitoring' }],
  });
});

test('a monitor that is added after the dashboard is drawn as well', () => {
  const stack = newStack();
  const data = MonitoredData.endpoint(newEndpoint(stack));
  const monitoring = new ModelMonitoring(stack, 'Churn', { data });
  new MonitoringDashboard(stack, 'Models', { monitors: [monitoring] });
  monitoring.addDataQualityMonitor('DataQuality', { baseline: givenBaseline(stack) });
  expect(JSON.stringify(titled(bodyOf(stack), FLEET).properties.params)).toContain('Stack/Churn/DataQuality');
  expect(JSON.stringify(statementsOfRole(stack, 'WidgetsFunctionRole'))).toContain('model-monitoring/Stack/*');
});

test('of more than 500 monitors it is told the first, and how many there are', () => {
  const stack = newStack();
  const ids = Array.from({ length: 1200 }, (_, index) => `Stack/M${String(index).padStart(4, '0')}`);
  new MonitoringDashboard(stack, 'Models', { monitors: [groupOf(ids), groupOf(ids.slice(5))] });
  const { monitors, monitorCount } = titled(bodyOf(stack), FLEET).properties.params;
  expect([monitors[0].monitorIds.length, monitors[0].monitorIds[499], monitorCount]).toEqual([
    500,
    'Stack/M0499',
    1200,
  ]);
});

test('reports in a bucket that another stack makes are not read: no stack refers to another', () => {
  const app = new App();
  const there = new Stack(app, 'There', { env: ENV });
  const monitoring = watched(there);
  const here = new Stack(app, 'Here', { env: ENV });
  new MonitoringDashboard(here, 'Models', { monitors: [monitoring] });
  expect(titled(bodyOf(here), FLEET).properties.params.monitors).toEqual([{ monitorIds: ['There/Churn/DataQuality'] }]);
  expect(here.dependencies).toEqual([]);
  expect(JSON.stringify(statementsOfRole(here, 'WidgetsFunctionRole'))).not.toContain('s3:');
});

test('reports in a bucket with a name are read from any stack of the region', () => {
  const app = new App();
  const there = new Stack(app, 'There', { env: ENV });
  const monitoring = watched(there, s3.Bucket.fromBucketName(there, 'Given', 'given-reports'));
  const here = new Stack(app, 'Here', { env: ENV });
  new MonitoringDashboard(here, 'Models', { monitors: [monitoring] });
  expect(here.dependencies).toEqual([]);
  expect(JSON.stringify(statementsOfRole(here, 'WidgetsFunctionRole'))).toContain(
    'given-reports/model-monitoring/There/*',
  );
});
