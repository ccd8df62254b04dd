import { type App, Duration, type Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { type ReconcileEvent, TURNS_RESOURCE_TYPE } from '../../../lib/engine/reconciler/contract';
import { type Expectation, Reconciler } from '../../../lib/engine/reconciler/reconciler';
import { AnalysisWindow } from '../../../lib/monitor/analysis-window';
import { GroundTruth } from '../../../lib/monitor/ground-truth';
import { ModelProblem } from '../../../lib/monitor/model-problem';
import { ModelQualityMonitor } from '../../../lib/monitor/model-quality-monitor';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import type { MonitorSpec } from '../../../lib/monitor/monitoring-engine';
import { MonitoringFrequency } from '../../../lib/monitor/monitoring-frequency';
import { givenBaseline, givenReports, newEndpoint, newMonitor, newStack } from '../../monitor/fixtures';
import {
  awaitedBy,
  permissionsOfRole,
  resourceOf,
  resourcesOf,
  statementsOfRole,
} from '../../monitor/readable-template';

const SCHEDULE = 'AWS::Scheduler::Schedule';
const LISTING_OF_REPORTS = {
  Action: 's3:ListBucket',
  Condition: { StringLike: { 's3:prefix': ['model-monitoring/Stack/*'] } },
  Effect: 'Allow',
  Resource: `\${Reports.Arn}`,
};

function inputOf(stack: Stack): ReconcileEvent {
  return JSON.parse(resourceOf(stack, SCHEDULE, 'ReconcilerSchedule').Properties.Target.Input);
}

describe('the reconciler', () => {
  test('runs once an hour from its creation on, and retries for half an hour', () => {
    const stack = newStack();
    newMonitor(stack);
    expect(resourceOf(stack, SCHEDULE, 'ReconcilerSchedule').Properties).toMatchObject({
      ScheduleExpression: 'rate(1 hour)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: `\${ReconcilerReconcile.Arn}`,
        RoleArn: `\${ReconcilerSchedulerRole.Arn}`,
        RetryPolicy: { MaximumEventAgeInSeconds: 1800, MaximumRetryAttempts: 5 },
      },
    });
  });

  test('expects the runs of a monitor on the serverless engine', () => {
    const stack = newStack();
    newMonitor(stack, { frequency: MonitoringFrequency.dailyAt(3) });
    expect(inputOf(stack)).toEqual({
      scheduledTime: '<aws.scheduler.scheduled-time>',
      reconcilerId: 'Stack',
      monitors: [
        {
          id: 'Stack/DataQuality',
          kind: 'DataQuality',
          endpointName: `\${Endpoint.EndpointName}`,
          engine: 'serverless',
          everyHours: 24,
          startHour: 3,
          graceMinutes: 64,
          output: { bucket: `\${Reports}`, prefix: 'model-monitoring/Stack/DataQuality' },
          scheduleIdentity: `\${DataQualityServerlessSchedule}`,
        },
      ],
    });
  });

  test('takes a list of monitors as large as a deployment can send, and no larger', () => {
    const withMonitors = (count: number) => {
      const stack = newStack();
      const reports = givenReports(stack);
      for (let index = 0; index < count; index++) {
        const spec = {
          monitorId: `Stack/${'x'.repeat(150)}${1000 + index}`,
          frequency: MonitoringFrequency.hourly(),
          reports,
        };
        const expectation = { kind: 'DataQuality', engine: 'serverless', graceMinutes: 80 } as const;
        Reconciler.of(stack).expect(spec as unknown as MonitorSpec, expectation as Expectation);
      }
      return () => (stack.node.root as App).synth();
    };
    expect(withMonitors(700)).not.toThrow();
    expect(withMonitors(900)).toThrow(
      /StackTooLarge at Stack: 'stack' is "900 monitors, whose list takes \d+ bytes", allowed is at most 258048 bytes \(put some/,
    );
  });

  test('expects the runs of a monitor on Model Monitor, by the name of its schedule', () => {
    const stack = newStack();
    newMonitor(stack, { engine: MonitoringEngine.modelMonitor() });
    const input: string = resourceOf(stack, SCHEDULE, 'ReconcilerSchedule').Properties.Target.Input;
    expect(input).toContain(
      '"engine":"model-monitor","graceMinutes":110,"kind":"DataQuality","monitoringScheduleName":"dataquality-',
    );
  });

  test.each([
    ['serverless', MonitoringEngine.serverless(), 'DataQualityServerlessSchedule'],
    ['Model Monitor', MonitoringEngine.modelMonitor(), 'DataQualitySchedule'],
  ])('is told of a schedule on %s when that is there, and before one that left is deleted', (_, engine, scheduleId) => {
    const stack = newStack();
    newMonitor(stack, { engine });
    expect(awaitedBy(stack, SCHEDULE, 'ReconcilerSchedule')).toContain(scheduleId);
  });

  test.each([
    ['serverless', MonitoringEngine.serverless(), 'DataQualityServerlessSchedule', 64],
    ['model-monitor', MonitoringEngine.modelMonitor(), 'DataQualitySchedule.CreationTime', 110],
  ])('gives %s its turn when its schedule is there, and before it looks at it', (engine, made, identity, grace) => {
    const stack = newStack();
    newMonitor(stack, { engine: made });
    const { ServiceToken, ServiceTimeout, Monitors } = resourceOf(stack, TURNS_RESOURCE_TYPE).Properties;
    expect(ServiceTimeout).toBe(600);
    expect(ServiceToken).toBe(`\${ReconcilerGiveTurns.Arn}`);
    expect(JSON.parse(Monitors)).toEqual([
      {
        engine,
        everyHours: 1,
        startHour: 0,
        graceMinutes: grace,
        output: { bucket: `\${Reports}`, prefix: 'model-monitoring/Stack/DataQuality' },
        scheduleIdentity: `\${${identity}}`,
      },
    ]);
    expect(resourceOf(stack, SCHEDULE, 'ReconcilerSchedule').DependsOn).toEqual(['ReconcilerTurns']);
  });

  test('[B10][B21] knows the window and the labels of a monitor with ground truth', () => {
    const stack = newStack();
    new ModelQualityMonitor(stack, 'Quality', {
      data: MonitoredData.endpoint(newEndpoint(stack)),
      engine: MonitoringEngine.modelMonitor(),
      baseline: givenBaseline(stack),
      problem: ModelProblem.regression({ prediction: '0' }),
      groundTruth: GroundTruth.fromBucket(s3.Bucket.fromBucketName(stack, 'Labels', 'labels'), 'truth'),
      window: AnalysisWindow.between(Duration.days(8), Duration.days(1)),
    });
    const input: string = resourceOf(stack, SCHEDULE, 'ReconcilerSchedule').Properties.Target.Input;
    expect(input).toContain('"window":{"startHours":192,"endHours":24},"groundTruthUri":"s3://labels/truth"}');
  });

  test('is one for all monitors of a stack, whatever their engine', () => {
    const stack = newStack();
    const shared = { data: MonitoredData.endpoint(newEndpoint(stack)), baseline: givenBaseline(stack) };
    newMonitor(stack, shared, 'One');
    newMonitor(stack, { ...shared, engine: MonitoringEngine.serverless({ maxConcurrency: 1 }) }, 'Two');
    const input = inputOf(stack);
    expect(input.monitors.map(({ id }) => id)).toEqual(['Stack/One', 'Stack/Two']);
    expect(resourceOf(stack, 'AWS::Lambda::Function', 'ReconcilerReconcile').Properties.Timeout).toBe(300);
  });

  test.each([
    ['by its name', { stackName: 'churn-prod' }, 'churn-prod'],
    ['by its name in any environment', {}, 'Stack'],
  ])('is known %s', (_, props, reconcilerId) => {
    const stack = newStack(props);
    expect(newMonitor(stack).engineBinding.reconcilerId).toBe(reconcilerId);
  });

  test('has turns given by a function that may read and write turns, and nothing else', () => {
    const stack = newStack();
    newMonitor(stack);
    const [, ...onReports] = statementsOfRole(stack, 'ReconcilerGiveTurnsRole');
    expect(onReports).toEqual([
      { Action: 's3:GetObject', Effect: 'Allow', Resource: `\${Reports.Arn}/model-monitoring/Stack/*/turns.json` },
      LISTING_OF_REPORTS,
      { Action: 's3:PutObject', Effect: 'Allow', Resource: `\${Reports.Arn}/model-monitoring/Stack/*/turns.json` },
    ]);
  });

  test('reads and lists reports, remembers what it judged and what it told, publishes, and nothing else', () => {
    const stack = newStack();
    newMonitor(stack);
    const [, metrics, events, ...onReports] = statementsOfRole(stack, 'ReconcilerReconcileRole');
    expect([metrics.Action, events.Action]).toEqual(['cloudwatch:PutMetricData', 'events:PutEvents']);
    expect(onReports).toEqual([
      { Action: 's3:GetObject', Effect: 'Allow', Resource: `\${Reports.Arn}/model-monitoring/Stack/*` },
      LISTING_OF_REPORTS,
      {
        Action: 's3:PutObject',
        Effect: 'Allow',
        Resource: ['reconciled', 'report'].map((name) => `\${Reports.Arn}/model-monitoring/Stack/*/${name}.json`),
      },
    ]);
  });

  test('lists executions and writes reports for Model Monitor, which does neither tell nor write them', () => {
    const stack = newStack();
    newMonitor(stack, { engine: MonitoringEngine.modelMonitor() });
    expect(permissionsOfRole(stack, 'ReconcilerReconcileRole')).toEqual(
      expect.arrayContaining([
        { Action: 'sagemaker:ListMonitoringExecutions', Effect: 'Allow', Resource: '*' },
        {
          Action: 's3:PutObject',
          Effect: 'Allow',
          Resource: `\${Reports.Arn}/model-monitoring/Stack/*/report.json`,
        },
      ]),
    );
  });

  test.each(['ReconcilerReconcileRole', 'ReconcilerGiveTurnsRole'])(
    'needs no more permissions for more monitors: %s',
    (role) => {
      const statementsFor = (count: number) => {
        const stack = newStack();
        const shared = { data: MonitoredData.endpoint(newEndpoint(stack)), baseline: givenBaseline(stack) };
        for (let index = 0; index < count; index += 1) newMonitor(stack, shared, `Monitor${index}`);
        return statementsOfRole(stack, role);
      };
      expect(statementsFor(5)).toEqual(statementsFor(1));
    },
  );

  test.each([
    ['another bucket', () => ['First', 'Second'].map((id) => ({ id, key: undefined }))],
    ['another key of the same bucket', () => ['FirstKey', 'SecondKey'].map((key) => ({ id: 'First', key }))],
  ])('may do in %s what it may do in that of the first monitor', (_, places) => {
    const stack = newStack();
    const shared = { data: MonitoredData.endpoint(newEndpoint(stack)), baseline: givenBaseline(stack) };
    const buckets = places().map(({ id, key }, index) =>
      s3.Bucket.fromBucketAttributes(stack, `Of${index}`, {
        bucketName: id.toLowerCase(),
        encryptionKey: key ? new kms.Key(stack, key) : undefined,
      }),
    );
    for (const [index, reportsBucket] of buckets.entries())
      newMonitor(stack, { ...shared, reportsBucket }, `M${index}`);
    const resources = (action: string, role = 'ReconcilerReconcileRole') =>
      permissionsOfRole(stack, role)
        .filter(({ Action }) => [Action].flat().includes(action))
        .map(({ Resource }) => Resource);
    const names = [...new Set(places().map(({ id }) => id.toLowerCase()))];
    const arns = names.map((name) => `arn:\${AWS::Partition}:s3:::${name}`);
    const keys = places().flatMap(({ key }) => (key ? [`\${${key}.Arn}`] : []));
    expect(resources('s3:ListBucket')).toEqual(arns);
    expect(resources('s3:GetObject')).toEqual(arns.map((arn) => `${arn}/model-monitoring/Stack/*`));
    const below = (...names: string[]) =>
      arns.flatMap((arn) => names.map((name) => `${arn}/model-monitoring/Stack/*/${name}.json`));
    expect(resources('s3:PutObject').flat()).toEqual(below('reconciled', 'report'));
    expect(resources('s3:PutObject', 'ReconcilerGiveTurnsRole')).toEqual(below('turns'));
    expect(resources('s3:GetObject', 'ReconcilerGiveTurnsRole')).toEqual(below('turns'));
    for (const role of ['ReconcilerReconcileRole', 'ReconcilerGiveTurnsRole']) {
      expect([...new Set(resources('kms:Decrypt', role))]).toEqual(keys);
    }
  });

  test('is started by the scheduler, for schedules of this account, and nobody else', () => {
    const stack = newStack();
    newMonitor(stack);
    expect(
      resourceOf(stack, 'AWS::IAM::Role', 'ReconcilerSchedulerRole').Properties.AssumeRolePolicyDocument.Statement[0],
    ).toMatchObject({
      Condition: {
        StringEquals: {
          'aws:SourceAccount': '111122223333',
          'aws:SourceArn': `arn:\${AWS::Partition}:scheduler:eu-west-1:111122223333:schedule-group/default`,
        },
      },
      Principal: { Service: 'scheduler.amazonaws.com' },
    });
    expect(statementsOfRole(stack, 'ReconcilerSchedulerRole')).toEqual([
      { Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: `\${ReconcilerReconcile.Arn}` },
    ]);
    const permissions = resourcesOf(stack, 'AWS::Lambda::Permission').map(({ id }) => id);
    expect(permissions).toEqual(['PagesFunctionRules']);
  });
});
