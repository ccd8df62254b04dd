import { Duration } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Monitor } from '../../lib/monitor/monitor';
import { VariantComparison } from '../../lib/monitor/variant-comparison';
import { ViolationDigest } from '../../lib/notification/violation-digest';
import { AbTest, type AbTestProps } from '../../lib/variant-test/ab-test';
import { RequestUnit } from '../../lib/variant-test/request-unit';
import { VariantMeasure } from '../../lib/variant-test/variant-measure';
import { newStack } from '../monitor/fixtures';
import { permissionsOfRole, resourceOf } from '../monitor/readable-template';
import { judgingMonitor, toldVariants } from './fixtures';

const PAIR = { reference: 'blue', candidate: 'green' };

function tested(props: Partial<AbTestProps> = {}) {
  const stack = newStack();
  const monitor = judgingMonitor(stack);
  const test = new AbTest(stack, 'Autumn', { monitor, ...PAIR, leastEffect: 0.02, ...props });
  return { stack, monitor, test };
}

/** What the rule tells the function. */
function request({ stack }: ReturnType<typeof tested>) {
  const { Targets } = resourceOf(stack, 'AWS::Events::Rule', 'AutumnWindowsRule').Properties;
  const template: string = Targets[0].InputTransformer.InputTemplate;
  return JSON.parse(template.replace(/:<([^>]+)>/g, ':"<$1>"'));
}

const keyOf = (props?: Partial<AbTestProps>) => request(tested(props)).test.key;

test('the windows of the monitor are told which test they say something to', () => {
  const made = tested();
  expect(toldVariants(made.stack)).toEqual({
    read: ['blue', 'green'],
    apart: true,
    comparison: { ...PAIR, test: request(made).test.key },
  });
  expect(request(made).test.key).toMatch(/^[0-9a-f]{16}$/);
});

describe('what tells people of runs', () => {
  const made = (isTested: boolean) => {
    const stack = newStack();
    const monitor = judgingMonitor(stack);
    if (isTested) new AbTest(stack, 'Autumn', { monitor, ...PAIR, leastEffect: 0.02 });
    new ViolationDigest(stack, 'Digest', { monitors: monitor, topic: new sns.Topic(stack, 'Topic') });
    const { Targets } = resourceOf(stack, 'AWS::Events::Rule', 'DigestRule').Properties;
    const read = JSON.stringify(permissionsOfRole(stack, 'DigestFunctionRole')).includes('/*/variant-test.json');
    return { isTold: Targets[0].InputTransformer.InputTemplate.includes('"hasTests":true'), read };
  };

  test('knows of the test, and may read how far it is', () => {
    expect(made(true)).toEqual({ isTold: true, read: true });
  });

  test('may not where there is none', () => {
    expect(made(false)).toEqual({ isTold: false, read: false });
  });
});

test('a monitor without a test says nothing of one', () => {
  const stack = newStack();
  judgingMonitor(stack);
  expect(toldVariants(stack)).toEqual({ read: ['blue', 'green'], apart: true });
});

test('the function is told what is tested, with its defaults', () => {
  const { key, ...test } = request(tested()).test;
  expect(test).toEqual({
    name: 'Stack/Autumn',
    ...PAIR,
    leastEffect: 0.02,
    level: 0.05,
    leastHours: 24,
    largestHours: 672,
  });
});

test('and as it is set', () => {
  const stack = newStack();
  const monitor = judgingMonitor(stack);
  const topic = sns.Topic.fromTopicArn(stack, 'Team', 'arn:aws:sns:eu-west-1:111122223333:team');
  const durations = { leastDuration: Duration.hours(2), largestDuration: Duration.days(1) };
  const set = { leastEffect: 3, falseDecisionRate: 0.01, notificationTopic: topic, backToReference: true };
  const test = new AbTest(stack, 'Autumn', { monitor, ...PAIR, ...durations, ...set });
  expect(request({ stack, monitor, test }).test).toMatchObject({
    leastEffect: 3,
    level: 0.01,
    leastHours: 2,
    largestHours: 24,
    topicArn: topic.topicArn,
    takesBack: true,
  });
});

test('other variants, another effect and another rate make another test; how long it may take does not', () => {
  const key = keyOf();
  const others = [{ reference: 'green', candidate: 'blue' }, { leastEffect: 0.03 }, { falseDecisionRate: 0.01 }];
  expect(new Set([key, ...others.map(keyOf)]).size).toBe(4);
  expect(keyOf({ leastDuration: Duration.hours(3), largestDuration: Duration.days(90), backToReference: true })).toBe(
    key,
  );
});

test.each<[string, Partial<AbTestProps>, RegExp]>([
  ['an effect that is none', { leastEffect: 0 }, /'leastEffect' is 0[\s\S]*above 0/],
  ['an effect without end', { leastEffect: Number.POSITIVE_INFINITY }, /'leastEffect' is Infinity/],
  ['a rate above a half', { falseDecisionRate: 0.6 }, /'falseDecisionRate' is 0\.6[\s\S]*at most 0\.5/],
  ['parts of hours', { leastDuration: Duration.minutes(90) }, /'leastDuration'[\s\S]*whole hours/],
  ['an end before its least time', { largestDuration: Duration.hours(23) }, /'largestDuration'[\s\S]*1 day or more/],
  ['a variant that the monitor does not judge', { candidate: 'grey' }, /'candidate' is "grey"[\s\S]*blue, green/],
  ['a variant beside itself', { candidate: 'blue' }, /'candidate' is "blue"[\s\S]*another variant/],
])('%s is refused', (_, props, message) => {
  expect(() => tested(props)).toThrow(/^InvalidVariantTest at Stack\/Autumn/);
  expect(() => tested(props)).toThrow(message);
});

test('a monitor that judges no variant apart has no test', () => {
  const stack = newStack();
  const monitor = judgingMonitor(stack, { perVariant: false });
  expect(() => new AbTest(stack, 'Autumn', { monitor, ...PAIR, leastEffect: 0.02 })).toThrow(
    /InvalidVariantTest[\s\S]*perVariant: true/,
  );
});

test('a monitor that is imported has none either', () => {
  const stack = newStack();
  const attributes = { monitorId: 'other', monitorKind: judgingMonitor(stack).monitorKind };
  const monitor = Monitor.fromMonitorAttributes(stack, 'Imported', attributes);
  expect(() => new AbTest(stack, 'Autumn', { monitor: monitor as never, ...PAIR, leastEffect: 0.02 })).toThrow(
    /InvalidProps[\s\S]*ModelQualityMonitor/,
  );
});

test('a monitor has one test', () => {
  const { stack, monitor } = tested();
  expect(() => new AbTest(stack, 'Spring', { monitor, ...PAIR, leastEffect: 0.02 })).toThrow(
    /InvalidVariantTest at Stack\/Spring[\s\S]*'monitor'[\s\S]*without a test/,
  );
});

test('a test of the pair that the data compare is one with the comparison, of another one is refused', () => {
  const stack = newStack();
  const monitor = judgingMonitor(stack, { comparison: VariantComparison.between('blue', 'green') });
  const turned = { reference: 'green', candidate: 'blue' };
  expect(() => new AbTest(stack, 'Turned', { monitor, ...turned, leastEffect: 0.02 })).toThrow(
    /'candidate' is "green and blue"[\s\S]*blue and green/,
  );
  new AbTest(stack, 'Autumn', { monitor, ...PAIR, leastEffect: 0.02 });
  expect(toldVariants(stack).comparison).toMatchObject({ ...PAIR, test: expect.any(String) });
});

test('a metric that the comparison asks for is published beside a test as well', () => {
  const stack = newStack();
  const monitor = judgingMonitor(stack, { comparison: VariantComparison.between('blue', 'green', { metric: true }) });
  new AbTest(stack, 'Autumn', { monitor, ...PAIR, leastEffect: 0.02 });
  expect(toldVariants(stack).comparison).toEqual({ ...PAIR, metric: true, test: expect.any(String) });
});

describe('requests that are of units', () => {
  const unit = RequestUnit.customAttribute('user');

  test('are told to the runs, and to the monitors that read the same data; the test is another one', () => {
    const made = tested({ unit });
    const { Target } = resourceOf(made.stack, 'AWS::Scheduler::Schedule', 'ServerlessSchedule').Properties;
    expect(JSON.parse(Target.Input).unit).toEqual({ customAttribute: 'user' });
    expect(request(made).test.hasUnits).toBe(true);
    const keys = [keyOf(), keyOf({ unit }), keyOf({ unit: RequestUnit.inferenceIdBefore('/') })];
    expect(new Set(keys).size).toBe(3);
  });

  test('are none without a test that says so', () => {
    const { Target } = resourceOf(tested().stack, 'AWS::Scheduler::Schedule', 'ServerlessSchedule').Properties;
    expect(JSON.parse(Target.Input)).not.toHaveProperty('unit');
  });

  test('make sections of others that are read by units', () => {
    const stack = newStack();
    new AbTest(stack, 'Autumn', { monitor: judgingMonitor(stack), ...PAIR, leastEffect: 0.02, unit });
    judgingMonitor(stack, {}, 'Quality2');
    const { Target } = resourceOf(stack, 'AWS::Scheduler::Schedule', 'Quality2ServerlessSchedule').Properties;
    expect(JSON.parse(Target.Input).extracts.others).toEqual([
      expect.objectContaining({ unit: { customAttribute: 'user' } }),
    ]);
  });

  test.each<[string, Partial<AbTestProps>, RegExp]>([
    [
      'weights, which do not change what callers pin,',
      { backToReference: true },
      /'backToReference'[\s\S]*TargetVariant/,
    ],
    [
      'errors, which SageMaker counts by request,',
      { measures: [VariantMeasure.serverErrors(0.01)] },
      /'measures'[\s\S]*'unit'/,
    ],
  ])('have no %s', (_, props, message) => {
    expect(() => tested({ unit, ...props })).toThrow(message);
  });

  test.each([
    () => RequestUnit.customAttribute(''),
    () => RequestUnit.customAttribute('a=b'),
    () => RequestUnit.customAttribute(' user'),
    () => RequestUnit.inferenceIdBefore(''),
    () => RequestUnit.inferenceIdBefore('-'.repeat(64)),
  ])('are not found by what cannot stand there', (made) => {
    expect(made).toThrow(/^InvalidVariantTest/);
  });
});

test('a rule matches the end of the test', () => {
  const { stack, test } = tested();
  test.onEnd('Ended', { description: 'tells the team' });
  const { EventPattern, Description } = resourceOf(stack, 'AWS::Events::Rule', 'AutumnEnded').Properties;
  expect(Description).toBe('tells the team');
  expect(EventPattern).toMatchObject({
    'detail-type': ['Model Variant Test Ended'],
    detail: { test: ['Stack/Autumn'] },
  });
});

/** What the function may do beyond its log and the queue of what failed, by action. */
function allowed(props: Partial<AbTestProps> = {}) {
  const { stack } = tested(props);
  const all = permissionsOfRole(stack, 'WindowsFunctionRole');
  const own = all.filter(({ Action }) => !/^(logs|sqs):/.test([Action].flat()[0]));
  return own.map(({ Action, Resource }) => [[Action].flat().join(' '), Resource]);
}

test('the function may look for what it has not kept yet, and for reports that are not there', () => {
  const listing = permissionsOfRole(tested().stack, 'WindowsFunctionRole').find(
    ({ Action }) => [Action].flat()[0] === 's3:ListBucket',
  );
  expect(listing?.Condition).toEqual({
    StringLike: {
      's3:prefix': ['report.json', 'variant-test.json'].map((name) => `model-monitoring/Stack/*/${name}`),
    },
  });
});

test('the function reads the reports, keeps how far the test is, and puts the one event', () => {
  const found = allowed();
  expect(found).toEqual(
    expect.arrayContaining([
      ['s3:GetObject', expect.stringMatching(/reports\/model-monitoring\/Stack\/\*\/report\.json$/)],
      ['s3:ListBucket', expect.stringMatching(/reports$/)],
      [expect.stringContaining('s3:PutObject'), expect.stringMatching(/Stack\/\*\/variant-test\.json$/)],
      ['events:PutEvents', expect.stringMatching(/event-bus\/default$/)],
    ]),
  );
  expect(found.filter(([action]) => action.startsWith('sagemaker:'))).toEqual([]);
});

test('where the candidate is to be taken back, it may change the weights of that endpoint, and nothing else', () => {
  const sageMaker = allowed({ backToReference: true }).filter(([action]) => action.startsWith('sagemaker:'));
  const actions = 'sagemaker:DescribeEndpoint sagemaker:UpdateEndpointWeightsAndCapacities';
  expect(sageMaker).toEqual([
    [actions, expect.stringMatching(/:endpoint\/Churn-Live$/)],
    [actions, expect.stringMatching(/:endpoint\/churn-live$/)],
  ]);
});
