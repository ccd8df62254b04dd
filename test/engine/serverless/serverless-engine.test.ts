import { CfnParameter, Duration, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../../lib/baseline/baseline';
import { Dataset } from '../../../lib/baseline/dataset';
import { CapturedData } from '../../../lib/endpoint/captured-data';
import { Endpoint } from '../../../lib/endpoint/endpoint';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { Checks } from '../../../lib/engine/serverless/checks';
import { DriftMethod } from '../../../lib/engine/serverless/drift-method';
import type { ServerlessEngineOptions } from '../../../lib/engine/serverless/serverless-engine-options';
import type { DataQualityMonitorProps } from '../../../lib/monitor/data-quality-monitor';
import { FeatureMetrics } from '../../../lib/monitor/feature-metrics';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { MonitoringFrequency, Weekday } from '../../../lib/monitor/monitoring-frequency';
import { RecordFormat } from '../../../lib/monitor/record-format';
import { givenBaseline, newEndpoint, newMonitor, newStack } from '../../monitor/fixtures';
import { permissionsOfRole, resourceOf, resourcesOf, statementsOfRole } from '../../monitor/readable-template';

const MACHINE = 'AWS::StepFunctions::StateMachine';
const SCHEDULE = 'AWS::Scheduler::Schedule';

function make(props: Partial<DataQualityMonitorProps> = {}, stack = newStack()) {
  newMonitor(stack, props);
  return stack;
}

function requestOf(stack: ReturnType<typeof newStack>, id = 'DataQuality') {
  return JSON.parse(resourceOf(stack, SCHEDULE, `${id}ServerlessSchedule`).Properties.Target.Input);
}

describe('a request that an execution does not carry fails at synthesis', () => {
  const names = (count: number) => Array.from({ length: count }, (_, i) => `feature-of-a-long-name-${i}`);

  test('for the names of its columns', () => {
    const stack = newStack();
    const endpoint = newEndpoint(stack);
    const format = RecordFormat.rowsAt({ request: 'instances[*]', requestNames: names(7000) });
    newMonitor(stack, { data: MonitoredData.endpoint(endpoint, { format }) });
    expect(() => Template.fromStack(stack)).toThrow(
      /RequestTooLarge at Stack\/DataQuality: 'request' is "\d+ bytes", allowed is at most 192512 bytes, .*most are of 'recordFormat'/,
    );
  });

  test.each([
    ['serverless', MonitoringEngine.serverless(), 5000, 192_512],
    ['Model Monitor', MonitoringEngine.modelMonitor(), 7000, 258_048],
  ])('for what a baseline changes of single features, on %s', (_, engine, count, limit) => {
    const features = Object.fromEntries(names(count).map((name) => [name, { completeness: 0.5 }]));
    const withFeatures = (part: number) => {
      const stack = newStack();
      const dataset = Dataset.csv(s3.Bucket.fromBucketName(stack, 'Training', 'training'), 'train.csv');
      const some = Object.fromEntries(Object.entries(features).slice(0, part));
      newMonitor(stack, { engine, baseline: Baseline.fromDataset(dataset).withOverrides({ features: some }) });
      return () => Template.fromStack(stack);
    };
    expect(withFeatures(count / 2)).not.toThrow();
    expect(withFeatures(count)).toThrow(new RegExp(`RequestTooLarge at Stack/.*at most ${limit} bytes.*'overrides'`));
  });
});

describe('the age of a baseline', () => {
  test.each([
    ['90 minutes', Duration.minutes(90), '1 hour 30 minutes'],
    ['nothing', Duration.minutes(0), '0 minutes'],
    ['a token', Duration.hours(Token.asNumber({ Ref: 'Age' })), 'a token'],
  ])('is not limited to %s', (_, baselineAge, got) => {
    expect(() => MonitoringEngine.serverless({ limits: { baselineAge } })).toThrow(
      `InvalidServerlessEngine: 'limits.baselineAge' is "${got}", allowed is whole hours, 1 or more`,
    );
  });

  test('travels in hours, beside the limits of shares', () => {
    const limits = { baselineAge: Duration.days(365), lateObjects: 0.5 };
    const stack = make({ engine: MonitoringEngine.serverless({ limits }) });
    expect(requestOf(stack).limits).toEqual({ baselineAgeHours: 8760, lateObjects: 0.5 });
  });
});

describe('the time without data', () => {
  test('is in whole hours', () => {
    const limits = { timeWithoutData: Duration.minutes(90) };
    expect(() => MonitoringEngine.serverless({ limits })).toThrow(
      `InvalidServerlessEngine: 'limits.timeWithoutData' is "1 hour 30 minutes", allowed is whole hours, 1 or more`,
    );
  });

  test('travels in hours', () => {
    const engine = MonitoringEngine.serverless({ limits: { timeWithoutData: Duration.days(2) } });
    expect(requestOf(make({ engine })).limits).toEqual({ hoursWithoutData: 48 });
  });
});

describe('the time to settle', () => {
  test.each([
    ['1.5 minutes', Duration.seconds(90), '1 minute 30 seconds'],
    ['58 minutes', Duration.minutes(58), '58 minutes'],
    ['a token', Duration.minutes(Token.asNumber({ Ref: 'Settle' })), '"a token"'],
  ])('is not %s', (_, settleTime, got) => {
    expect(() => MonitoringEngine.serverless({ settleTime })).toThrow(
      `InvalidServerlessEngine: 'settleTime' is ${got.startsWith('"') ? got : `"${got}"`}, allowed is whole minutes, 0 to 57`,
    );
  });

  test.each([
    [undefined, 64],
    [Duration.minutes(0), 60],
    [Duration.minutes(57), 117],
  ])('of %p moves the time of grace', (settleTime, expected) => {
    const stack = make({ engine: MonitoringEngine.serverless({ settleTime }) });
    const input = resourceOf(stack, SCHEDULE, 'ReconcilerSchedule').Properties.Target.Input;
    expect(JSON.stringify(input)).toContain(`graceMinutes\\":${expected},`);
  });
});

test.each([
  [15, 12],
  [30, 27],
])('a run of every %d minutes starts before the next window has ended', (minutes, most) => {
  const props = (settle: number) => ({
    frequency: MonitoringFrequency.everyMinutes(minutes),
    engine: MonitoringEngine.serverless({ settleTime: Duration.minutes(settle) }),
  });
  expect(() => make(props(most))).not.toThrow();
  expect(() => make(props(most + 1))).toThrow(
    `InvalidServerlessEngine at Stack/DataQuality: 'settleTime' is "${most + 1} minutes", allowed is at most ${most} minutes for a monitor that runs every ${minutes}`,
  );
});

describe('a monitor by the clocks of a zone', () => {
  const frequency = MonitoringFrequency.dailyAt(2, { timeZone: 'Europe/Berlin' });
  const EXECUTIONS = ['states:StartExecution'];
  const reconciled = (stack: ReturnType<typeof newStack>) =>
    JSON.parse(resourceOf(stack, SCHEDULE, 'ReconcilerSchedule').Properties.Target.Input).monitors[0];

  test('is started by them', () => {
    expect(resourceOf(make({ frequency }), SCHEDULE, 'DataQualityServerlessSchedule').Properties).toMatchObject({
      ScheduleExpression: 'cron(5 2 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
    });
    const utc = resourceOf(make(), SCHEDULE, 'DataQualityServerlessSchedule').Properties;
    expect(utc).not.toHaveProperty('ScheduleExpressionTimezone');
  });

  test('has a reconciler that may start it as its schedule does, and waits an hour longer for it', () => {
    const stack = make({ frequency });
    const { clock, start, graceMinutes } = reconciled(stack);
    expect({ clock, graceMinutes }).toEqual({ clock: { timeZone: 'Europe/Berlin', hour: 2 }, graceMinutes: 124 });
    expect(start).toEqual({ stateMachineArn: `\${Analysis}`, minute: 5, request: requestOf(stack) });
    expect(statementsOfRole(stack, 'ReconcilerReconcileRole')).toContainEqual(
      expect.objectContaining({ Action: EXECUTIONS[0], Resource: `\${Analysis}` }),
    );
  });

  test('is the only one that asks for that', () => {
    const stack = make({ frequency: MonitoringFrequency.dailyAt(2) });
    expect(reconciled(stack)).not.toHaveProperty('start');
    expect(JSON.stringify(statementsOfRole(stack, 'ReconcilerReconcileRole'))).not.toContain(EXECUTIONS[0]);
  });

  test('says what its options are, which need not be texts', () => {
    const maxConcurrency = Token.asNumber({ Ref: 'Concurrency' });
    const stack = newStack();
    new CfnParameter(stack, 'Concurrency', { type: 'Number' });
    make({ frequency, engine: MonitoringEngine.serverless({ maxConcurrency }) }, stack);
    const { Input } = resourceOf(stack, SCHEDULE, 'ReconcilerSchedule').Properties.Target;
    expect(Input).toContain(`"maximumConcurrency":\${Concurrency},`);
  });
});

test('a weekly monitor says by which clock its runs are due, in its request and to the reconciler', () => {
  const stack = make({ frequency: MonitoringFrequency.weeklyAt(Weekday.SUNDAY, 6) });
  const clock = { timeZone: 'UTC', hour: 6, weekday: 7 };
  expect(requestOf(stack).clock).toEqual(clock);
  const { Input } = resourceOf(stack, SCHEDULE, 'ReconcilerSchedule').Properties.Target;
  expect(JSON.parse(Input).monitors[0].clock).toEqual(clock);
  expect(requestOf(make())).not.toHaveProperty('clock');
});

describe('the schedule of a monitor', () => {
  test.each([
    ['hourly', MonitoringFrequency.hourly(), 'cron(5 * * * ? *)', 1],
    ['every hour', MonitoringFrequency.everyHours(1), 'cron(5 * * * ? *)', 1],
    ['every three hours', MonitoringFrequency.everyHours(3), 'cron(5 0/3 * * ? *)', 3],
    ['every twelve hours', MonitoringFrequency.everyHours(12), 'cron(5 0/12 * * ? *)', 12],
    ['every day', MonitoringFrequency.everyHours(24), 'cron(5 0 * * ? *)', 24],
    ['daily at 23', MonitoringFrequency.dailyAt(23), 'cron(5 23 * * ? *)', 24],
    ['every 15 minutes', MonitoringFrequency.everyMinutes(15), 'cron(5/15 * * * ? *)', 0.25],
    ['every 30 minutes', MonitoringFrequency.everyMinutes(30), 'cron(5/30 * * * ? *)', 0.5],
    ['weekly', MonitoringFrequency.weeklyAt(Weekday.MONDAY, 6), 'cron(5 6 ? * MON *)', 168],
  ])(
    'runs %s, some minutes after its window has ended, over the hours since the run before',
    (_, frequency, cron, hours) => {
      const stack = make({ frequency });
      expect(resourceOf(stack, SCHEDULE, 'DataQualityServerlessSchedule').Properties.ScheduleExpression).toBe(cron);
      expect(requestOf(stack).windowHours).toBe(hours);
    },
  );

  test('says which features are excluded, and nothing where none are', () => {
    expect(requestOf(make({ excludedFeatures: ['id', 'time'] })).excludedFeatures).toEqual(['id', 'time']);
    expect(requestOf(make())).not.toHaveProperty('excludedFeatures');
  });

  test.each<[string, Partial<DataQualityMonitorProps>]>([
    [`'excludedFeatures' is "", allowed is a name that is not empty, once`, { excludedFeatures: [''] }],
    [`'excludedFeatures' is "id", allowed is a name that is not empty, once`, { excludedFeatures: ['id', 'id'] }],
    [
      `'featureMetrics' is "age", allowed is features that are not excluded`,
      { excludedFeatures: ['age'], featureMetrics: FeatureMetrics.of('age') },
    ],
  ])('refuses features that cannot be excluded: %s', (message, props) => {
    expect(() => make(props)).toThrow(`InvalidExcludedFeatures at Stack/DataQuality: ${message}`);
  });

  test.each([
    ['4 to 6 minutes after the full hour by default', undefined, [4, 5, 6]],
    ['as soon as asked', Duration.minutes(0), [0, 1, 2]],
    ['as late as asked', Duration.minutes(57), [57, 58, 59]],
  ])('begins %s, spread over three minutes by the id of the monitor', (_, settleTime, expected) => {
    const stack = newStack();
    const engine = MonitoringEngine.serverless({ settleTime });
    const props = { engine, data: MonitoredData.endpoint(newEndpoint(stack)), baseline: givenBaseline(stack) };
    for (let index = 0; index < 60; index++) newMonitor(stack, props, `Monitor${index}`);
    const schedules = resourcesOf(stack, SCHEDULE).filter(({ id }) => id.endsWith('ServerlessSchedule'));
    const minutes = schedules.map(({ Properties }) => Number(/^cron\((\d+) /.exec(Properties.ScheduleExpression)?.[1]));
    expect(minutes).toHaveLength(60);
    expect([...new Set(minutes)].sort()).toEqual(expected);
  });

  test('starts the machine, retries for half an hour, leaves what could not be started, and says what for', () => {
    expect(resourceOf(make(), SCHEDULE, 'DataQualityServerlessSchedule').Properties).toMatchObject({
      Description: 'Runs the monitor Stack/DataQuality',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: `\${Analysis}`,
        RoleArn: `\${AnalysisSchedulerRole.Arn}`,
        RetryPolicy: { MaximumEventAgeInSeconds: 1800, MaximumRetryAttempts: 5 },
        DeadLetterConfig: { Arn: `\${DeadLetters.Arn}` },
      },
    });
  });

  test('[A9] hands the machine the request of the monitor', () => {
    expect(requestOf(make())).toEqual({
      mode: 'monitor',
      scheduledTime: '<aws.scheduler.scheduled-time>',
      monitor: { id: 'Stack/DataQuality', kind: 'DataQuality', endpointName: `\${Endpoint.EndpointName}` },
      capture: { bucket: `\${Capture}`, prefix: 'data-capture' },
      variants: { read: ['live'], others: [] },
      windowHours: 1,
      maximumConcurrency: 10,
      baseline: {
        statistics: { bucket: 'baselines', key: 'churn/statistics.json' },
        constraints: { bucket: 'baselines', key: 'churn/constraints.json' },
      },
      drift: { method: 'MassShift' },
      output: { bucket: `\${Reports}`, prefix: 'model-monitoring/Stack/DataQuality' },
      extracts: { bucket: `\${Extracts}`, prefix: 'extracts/Stack' },
      featureMetrics: [],
    });
  });

  test('names the features whose drift is published', () => {
    const featureMetrics = FeatureMetrics.of('tenure', 'fee');
    expect(requestOf(make({ featureMetrics })).featureMetrics).toEqual(['tenure', 'fee']);
  });

  test('names endpoint, captured data and reports that exist already', () => {
    const stack = newStack();
    const endpoint = Endpoint.fromEndpointName(stack, 'Imported', 'Churn-Prod');
    const capturedData = CapturedData.at(s3.Bucket.fromBucketName(stack, 'Data', 'data'), 'capture');
    const reportsBucket = s3.Bucket.fromBucketName(stack, 'Mine', 'mine');
    make({ data: MonitoredData.endpoint(endpoint, { capturedData }), reportsBucket, reportsPrefix: 'reports' }, stack);
    expect(requestOf(stack)).toMatchObject({
      monitor: { endpointName: 'Churn-Prod' },
      capture: { bucket: 'data', prefix: 'capture' },
      output: { bucket: 'mine', prefix: 'reports/Stack/DataQuality' },
    });
  });
});

describe('the machine', () => {
  test('is shared by the monitors of a stack, whatever endpoint they watch', () => {
    const stack = newStack();
    const baseline = givenBaseline(stack);
    newMonitor(stack, { baseline, data: MonitoredData.endpoint(newEndpoint(stack, 'A')) }, 'One');
    newMonitor(
      stack,
      {
        baseline,
        data: MonitoredData.endpoint(newEndpoint(stack, 'B')),
        engine: MonitoringEngine.serverless({ maxConcurrency: 10 }),
      },
      'Two',
    );
    const template = Template.fromStack(stack);
    template.resourceCountIs(MACHINE, 1);
    template.resourceCountIs('AWS::Lambda::Function', 7); // plan, profile, conclude, baselines, reconcile, turns, page
    template.resourceCountIs(SCHEDULE, 3);
  });

  test('is shared by engines with different options: these travel with each run', () => {
    const stack = newStack();
    const shared = { baseline: givenBaseline(stack), data: MonitoredData.endpoint(newEndpoint(stack)) };
    newMonitor(stack, { ...shared, engine: MonitoringEngine.serverless() }, 'One');
    newMonitor(stack, { ...shared, engine: MonitoringEngine.serverless({ maxConcurrency: 20 }) }, 'Two');
    Template.fromStack(stack).resourceCountIs(MACHINE, 1);
    expect(['One', 'Two'].map((id) => requestOf(stack, id).maximumConcurrency)).toEqual([10, 20]);
  });

  test('no option moves an id, of the machine or of anything else', () => {
    const idsWith = (options: ServerlessEngineOptions) => {
      const stack = newStack();
      const baseline = Baseline.fromDataset(Dataset.csv(s3.Bucket.fromBucketName(stack, 'Data', 'data'), 'train.csv'));
      newMonitor(stack, { engine: MonitoringEngine.serverless(options), baseline });
      return Object.keys(Template.fromStack(stack).toJSON().Resources);
    };
    const ids = idsWith({});
    expect(idsWith({ maxConcurrency: 20 })).toEqual(ids);
    expect(idsWith({ driftMethod: DriftMethod.WASSERSTEIN, falseAlarmRate: 0.01 })).toEqual(ids);
  });
});

describe('the concurrency', () => {
  test.each([
    [undefined, 10],
    [1, 1],
    [1000, 1000],
  ])('given as %p is %d', (maxConcurrency, expected) => {
    const stack = make({ engine: MonitoringEngine.serverless({ maxConcurrency }) });
    expect(requestOf(stack).maximumConcurrency).toBe(expected);
  });

  test.each([0, 1001, 1.5, -1, Number.NaN])('fails as %d', (maxConcurrency) => {
    expect(() => MonitoringEngine.serverless({ maxConcurrency })).toThrow(
      `InvalidServerlessEngine: 'maxConcurrency' is ${maxConcurrency}, allowed is a whole number, 1 to 1000`,
    );
  });

  test('may be known at deployment only', () => {
    const stack = newStack();
    const parameter = new CfnParameter(stack, 'Concurrency', { type: 'Number' });
    make({ engine: MonitoringEngine.serverless({ maxConcurrency: parameter.valueAsNumber }) }, stack);
    const { Input } = resourceOf(stack, SCHEDULE, 'DataQualityServerlessSchedule').Properties.Target;
    expect(Input).toContain(`"maximumConcurrency":\${Concurrency}`);
  });
});

describe('the drift method', () => {
  test.each([
    [undefined, { method: 'MassShift' }],
    [{ driftMethod: DriftMethod.WASSERSTEIN }, { method: 'Wasserstein' }],
    [{ driftMethod: DriftMethod.MODEL_MONITOR }, { method: 'ModelMonitor' }],
    [{ falseAlarmRate: 0.01 }, { method: 'MassShift', falseAlarmRate: 0.01 }],
    [
      { driftMethod: DriftMethod.JENSEN_SHANNON, falseAlarmRate: 1 },
      { method: 'JensenShannon', falseAlarmRate: 1 },
    ],
  ])('given as %j travels with each run', (options, drift) => {
    expect(requestOf(make({ engine: MonitoringEngine.serverless(options) })).drift).toEqual(drift);
  });

  test('is of one monitor: others of the stack share the machine', () => {
    const stack = newStack();
    const shared = { baseline: givenBaseline(stack), data: MonitoredData.endpoint(newEndpoint(stack)) };
    const { MODEL_MONITOR: driftMethod } = DriftMethod;
    newMonitor(stack, { ...shared, engine: MonitoringEngine.serverless({ falseAlarmRate: 0.05 }) }, 'One');
    newMonitor(stack, { ...shared, engine: MonitoringEngine.serverless({ driftMethod }) }, 'Two');
    Template.fromStack(stack).resourceCountIs(MACHINE, 1);
    expect(requestOf(stack, 'One').drift).toEqual({ method: 'MassShift', falseAlarmRate: 0.05 });
    expect(requestOf(stack, 'Two').drift).toEqual({ method: 'ModelMonitor' });
  });

  test.each([0, -0.1, 1.01, Number.NaN])('fails with a false alarm rate of %d', (falseAlarmRate) => {
    expect(() => MonitoringEngine.serverless({ falseAlarmRate })).toThrow(
      `InvalidServerlessEngine: 'falseAlarmRate' is ${falseAlarmRate}, allowed is a number above 0, at most 1`,
    );
  });

  test('fails with a false alarm rate beside the rule of Model Monitor, which has no test', () => {
    const { MODEL_MONITOR: driftMethod } = DriftMethod;
    expect(() => MonitoringEngine.serverless({ driftMethod, falseAlarmRate: 0.01 })).toThrow(
      "InvalidServerlessEngine: 'falseAlarmRate' is 0.01, allowed is nothing with DriftMethod.MODEL_MONITOR (",
    );
  });

  test('fails with all that is wrong at once', () => {
    expect(() => MonitoringEngine.serverless({ maxConcurrency: 0, falseAlarmRate: 2 })).toThrow(
      /'maxConcurrency' is 0, .*'falseAlarmRate' is 2/,
    );
  });

  test('may have a false alarm rate that is known at deployment only', () => {
    const stack = newStack();
    const parameter = new CfnParameter(stack, 'Rate', { type: 'Number' });
    make({ engine: MonitoringEngine.serverless({ falseAlarmRate: parameter.valueAsNumber }) }, stack);
    const { Input } = resourceOf(stack, SCHEDULE, 'DataQualityServerlessSchedule').Properties.Target;
    expect(Input).toContain(`"falseAlarmRate":\${Rate}`);
  });
});

describe('what each part may do with the data', () => {
  const s3Of = (stack: ReturnType<typeof newStack>, role: string) =>
    permissionsOfRole(stack, role).filter(({ Action }) => /^(s3|kms):/.test(`${Action}`));
  const captured = `data-capture/\${Endpoint.EndpointName}/*`;
  const list = {
    Action: 's3:ListBucket',
    Condition: { StringLike: { 's3:prefix': [captured] } },
    Effect: 'Allow',
    Resource: `\${Capture.Arn}`,
  };
  const allow = (Action: string, Resource: string) => ({ Action, Effect: 'Allow', Resource });
  const work = `\${Reports.Arn}/model-monitoring/Stack/*/work/*`;
  const keepWork = { Action: ['s3:PutObject', 's3:PutObjectTagging'], Effect: 'Allow', Resource: work };
  const reports = `\${Reports.Arn}/model-monitoring/Stack/*`;

  const listExtracts = {
    Action: 's3:ListBucket',
    Condition: { StringLike: { 's3:prefix': ['extracts/Stack/*'] } },
    Effect: 'Allow',
    Resource: `\${Extracts.Arn}`,
  };
  const extracts = `\${Extracts.Arn}/extracts/Stack/*`;
  const statistics = allow('s3:GetObject', `arn:\${AWS::Partition}:s3:::baselines/churn/statistics.json`);

  const extractsBuckets = (stack: ReturnType<typeof newStack>) =>
    resourcesOf(stack, 'AWS::S3::Bucket').filter(({ id }) => id === 'Extracts');

  test('the plan lists captured objects and writes what there is to do', () => {
    expect(s3Of(make(), 'PlanRole')).toEqual([list, keepWork]);
  });

  test('the profile reads captured objects and the statistics of the baseline, and writes partial profiles and extracts', () => {
    expect(s3Of(make(), 'ProfileRole')).toEqual([
      allow('s3:GetObject', `\${Capture.Arn}/${captured}`),
      statistics,
      keepWork,
      listExtracts,
      allow('s3:PutObject', extracts),
    ]);
  });

  test.each([
    ['the checks of the container', { checks: Checks.MODEL_MONITOR }],
    ['the drift of the container', { driftMethod: DriftMethod.MODEL_MONITOR }],
  ])('with %s nothing is left but reports, and nothing granted for it', (_, options) => {
    const stack = make({ engine: MonitoringEngine.serverless(options) });
    expect(requestOf(stack).extracts).toBeUndefined();
    expect(s3Of(stack, 'PlanRole')).toEqual([list, keepWork]);
    expect(extractsBuckets(stack)).toEqual([]);
  });

  test('extracts have a bucket of their own, one for the stack, which is private and forgets them after 90 days', () => {
    const stack = make();
    const baseline = givenBaseline(stack, 'Other files');
    newMonitor(stack, { data: MonitoredData.endpoint(newEndpoint(stack, 'Another')), baseline }, 'Other');
    const buckets = extractsBuckets(stack);
    expect(buckets).toHaveLength(1);
    expect(buckets[0]).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        LifecycleConfiguration: {
          Rules: [
            {
              Status: 'Enabled',
              ExpirationInDays: 90,
              NoncurrentVersionExpiration: { NoncurrentDays: 1 },
              AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
            },
          ],
        },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      },
    });
    expect(requestOf(stack).extracts).toEqual({ bucket: `\${Extracts}`, prefix: 'extracts/Stack' });
  });

  test('of baselines that are made for the monitors of the stack, the profile reads all by one statement', () => {
    const stack = newStack();
    const baseline = Baseline.fromDataset(Dataset.csv(s3.Bucket.fromBucketName(stack, 'Data', 'data'), 'train.csv'));
    make({ baseline }, stack);
    expect(s3Of(stack, 'ProfileRole')).toContainEqual(
      allow('s3:GetObject', `\${Reports.Arn}/model-monitoring/Stack/*/baseline/*`),
    );
  });

  test.each([
    ['without a rule, which is said,', {}, true],
    ['with a rule', { lifecycleRules: [{ expiration: Duration.days(30) }] }, false],
    ['with one of its folder', { lifecycleRules: [{ expiration: Duration.days(30), prefix: 'extracts/' }] }, false],
    ['with one of another', { lifecycleRules: [{ expiration: Duration.days(30), prefix: 'else/' }] }, true],
    [
      'with one of objects with a tag',
      { lifecycleRules: [{ expiration: Duration.days(9), tagFilters: { a: 'b' } }] },
      true,
    ],
    ['with one of what has gone', { lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(9) }] }, true],
  ])('extracts may lie in a bucket of the app, %s with the account and the key that it has', (_, props, isSaid) => {
    const stack = newStack();
    const extractsBucket = new s3.Bucket(stack, 'Theirs', { encryptionKey: new kms.Key(stack, 'Key'), ...props });
    make({ engine: MonitoringEngine.serverless({ extractsBucket }) }, stack);
    expect(extractsBuckets(stack)).toEqual([]);
    expect(requestOf(stack).extracts).toEqual({ bucket: `\${Theirs}`, prefix: 'extracts/Stack' });
    expect(s3Of(stack, 'ProfileRole')).toContainEqual(allow('s3:PutObject', `\${Theirs.Arn}/extracts/Stack/*`));
    expect(s3Of(stack, 'ConcludeRole')).toContainEqual(allow('kms:Decrypt', `\${Key.Arn}`));
    const said = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('"Prefix":"extracts/Stack/"'));
    expect(said).toHaveLength(isSaid ? 1 : 0);
  });

  test('the conclusion reads and writes the reports of the stack, deletes what runs leave on the way, and nothing captured', () => {
    const statements = s3Of(make(), 'ConcludeRole');
    const baseline = `arn:\${AWS::Partition}:s3:::baselines/churn`;
    const expected = [
      {
        Action: 's3:ListBucket',
        Condition: { StringLike: { 's3:prefix': ['model-monitoring/Stack/*'] } },
        Effect: 'Allow',
        Resource: `\${Reports.Arn}`,
      },
      allow('s3:GetObject', reports),
      allow('s3:PutObject', reports),
      allow('s3:DeleteObject', work),
      allow('s3:GetObject', `${baseline}/statistics.json`),
      allow('s3:GetObject', `${baseline}/constraints.json`),
      allow('s3:GetObject', extracts),
      listExtracts,
    ];
    expect(statements).toHaveLength(expected.length);
    expect(statements).toEqual(expect.arrayContaining(expected));
  });

  test('the machine itself reads the plan', () => {
    expect(s3Of(make(), 'AnalysisRole')).toEqual([allow('s3:GetObject', work)]);
  });

  test('keys are used by who reads and who writes', () => {
    const stack = newStack();
    const reportsBucket = new s3.Bucket(stack, 'Mine', { encryptionKey: new kms.Key(stack, 'ReportsKey') });
    const encryptionKey = new kms.Key(stack, 'CaptureKey');
    const capturedData = CapturedData.at(s3.Bucket.fromBucketName(stack, 'Data', 'data'), 'capture', { encryptionKey });
    make({ reportsBucket, data: MonitoredData.endpoint(newEndpoint(stack), { capturedData }) }, stack);
    const encrypt = {
      Action: ['kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
      Effect: 'Allow',
      Resource: `\${ReportsKey.Arn}`,
    };
    const keysOf = (role: string) => s3Of(stack, role).filter(({ Action }) => !`${Action}`.startsWith('s3:'));
    expect(keysOf('PlanRole')).toEqual([encrypt]);
    const captureKey = `\${CaptureKey.Arn}`;
    const readCaptured = allow('kms:Decrypt', captureKey);
    const writeExtracts = { ...encrypt, Action: ['kms:Encrypt', 'kms:GenerateDataKey*'], Resource: captureKey };
    expect(keysOf('ProfileRole')).toEqual([readCaptured, encrypt, writeExtracts]);
    const conclude = keysOf('ConcludeRole');
    expect(conclude).toHaveLength(3);
    expect(conclude).toEqual(
      expect.arrayContaining([readCaptured, allow('kms:Decrypt', `\${ReportsKey.Arn}`), encrypt]),
    );
    expect(requestOf(stack).extracts).toMatchObject({ encryptionKey: captureKey });
    expect(keysOf('AnalysisRole')).toEqual([allow('kms:Decrypt', `\${ReportsKey.Arn}`)]);
  });

  test('what is granted does not grow with the monitors of an endpoint', () => {
    const policiesFor = (count: number) => {
      const stack = newStack();
      const shared = { data: MonitoredData.endpoint(newEndpoint(stack)), baseline: givenBaseline(stack) };
      for (let index = 0; index < count; index += 1) newMonitor(stack, shared, `Monitor${index}`);
      return ['PlanRole', 'ProfileRole', 'ConcludeRole', 'AnalysisRole'].map((role) => statementsOfRole(stack, role));
    };
    expect(policiesFor(5)).toEqual(policiesFor(1));
  });
});
