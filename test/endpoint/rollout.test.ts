import { Annotations as CdkAnnotations, Duration, Lazy } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CapacitySize } from '../../lib/endpoint/capacity-size';
import { Endpoint, type EndpointProps } from '../../lib/endpoint/endpoint';
import { Model } from '../../lib/endpoint/model';
import { ModelPackage } from '../../lib/endpoint/model-package';
import { OperationsAlarm } from '../../lib/endpoint/operations-alarm';
import { OperationsMetric } from '../../lib/endpoint/operations-metric';
import { Rollout } from '../../lib/endpoint/rollout';
import { Pieces, SCALING } from './endpoint-pieces';
import { ENV, statementsAbout, statementsOf } from './fixtures';

const ENDPOINT = 'AWS::SageMaker::Endpoint';
const ALARM = 'AWS::CloudWatch::Alarm';
const TEN = CapacitySize.percent(10);
const MINUTE = Duration.minutes(1);

function rolled(rollout: Rollout, props: (p: Pieces) => Partial<EndpointProps> = () => ({})) {
  const p = new Pieces();
  p.endpoint({ variants: [p.onInstances()], endpointName: 'churn', rollout, ...props(p) });
  return p;
}

const resources = (p: Pieces, type: string) => Object.entries(Template.fromStack(p.stack).findResources(type));
const deploymentConfig = (rollout: Rollout) => resources(rolled(rollout), ENDPOINT)[0][1].Properties.DeploymentConfig;

describe('[I7] a rollout', () => {
  const baking = { baking: Duration.minutes(15), alarms: [] };
  const blueGreen = (routing: object) => ({
    BlueGreenUpdatePolicy: { TrafficRoutingConfiguration: routing, TerminationWaitInSeconds: 900 },
  });

  test.each<[string, Rollout, object]>([
    ['all at once', Rollout.allAtOnce(baking), blueGreen({ Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 0 })],
    [
      'by a canary',
      Rollout.canary(TEN, baking),
      blueGreen({
        Type: 'CANARY',
        CanarySize: { Type: 'CAPACITY_PERCENT', Value: 10 },
        WaitIntervalInSeconds: 900,
      }),
    ],
    [
      'in steps',
      Rollout.linear(CapacitySize.percent(25), baking),
      blueGreen({
        Type: 'LINEAR',
        LinearStepSize: { Type: 'CAPACITY_PERCENT', Value: 25 },
        WaitIntervalInSeconds: 900,
      }),
    ],
    [
      'batch by batch',
      Rollout.rolling(CapacitySize.percent(50), { ...baking, rollbackBatchSize: CapacitySize.percent(100) }),
      {
        RollingUpdatePolicy: {
          MaximumBatchSize: { Type: 'CAPACITY_PERCENT', Value: 50 },
          WaitIntervalInSeconds: 900,
          RollbackMaximumBatchSize: { Type: 'CAPACITY_PERCENT', Value: 100 },
        },
      },
    ],
  ])('goes %s', (_, rollout, expected) => {
    expect(deploymentConfig(rollout)).toEqual(expected);
  });

  test('bakes for ten minutes by default, and may be given up', () => {
    expect(deploymentConfig(Rollout.canary(TEN, { maxExecutionTimeout: Duration.hours(1), alarms: [] }))).toMatchObject(
      {
        BlueGreenUpdatePolicy: {
          TrafficRoutingConfiguration: { WaitIntervalInSeconds: 600 },
          TerminationWaitInSeconds: 600,
          MaximumExecutionTimeoutInSeconds: 3600,
        },
      },
    );
    const rolling = Rollout.rolling(TEN, { maxExecutionTimeout: Duration.hours(2), alarms: [] });
    expect(deploymentConfig(rolling)).toMatchObject({
      RollingUpdatePolicy: { MaximumExecutionTimeoutInSeconds: 7200 },
    });
  });

  test('may count instances', () => {
    const p = rolled(Rollout.canary(CapacitySize.instances(2), { alarms: [] }), (made) => ({
      variants: [made.onInstances('live', 'ml.m5.large', SCALING)],
    }));
    expect(resources(p, ENDPOINT)[0][1].Properties.DeploymentConfig).toMatchObject({
      BlueGreenUpdatePolicy: {
        TrafficRoutingConfiguration: { CanarySize: { Type: 'INSTANCE_COUNT', Value: 2 } },
      },
    });
  });

  test.each<[string, () => unknown, string]>([
    ['51 percent at first', () => Rollout.canary(CapacitySize.percent(51)), 'at most 50 percent of each variant'],
    ['steps of 9 percent', () => Rollout.linear(CapacitySize.percent(9)), '10 to 50 percent of each variant'],
    ['steps of 51 percent', () => Rollout.linear(CapacitySize.percent(51)), '10 to 50 percent'],
    ['batches of 4 percent', () => Rollout.rolling(CapacitySize.percent(4)), '5 to 50 percent'],
    [
      'no percent',
      () => CapacitySize.percent(0),
      "InvalidRollout: 'percent' is 0, allowed is a whole number from 1 to 100",
    ],
    ['no instance', () => CapacitySize.instances(0), "'count' is 0, allowed is a whole number, 1 or more"],
    ['a token', () => CapacitySize.percent(Lazy.number({ produce: () => 5 })), '\'percent\' is "a token"'],
    ['no baking, which would watch nothing', () => Rollout.canary(TEN, { baking: Duration.seconds(0) }), "'baking' is"],
    ['more than an hour of it', () => Rollout.canary(TEN, { baking: Duration.minutes(61) }), 'whole minutes, 1 to 60'],
    [
      'less time than it bakes',
      () => Rollout.canary(TEN, { baking: Duration.minutes(10), maxExecutionTimeout: Duration.minutes(20) }),
      "'baking' is \"2 times 10 minutes\", allowed is less than 20 minutes together (raise 'maxExecutionTimeout')",
    ],
    [
      'more than eight hours',
      () => Rollout.linear(TEN, { baking: Duration.minutes(60) }),
      '\'baking\' is "11 times 1 hour", allowed is less than 480 minutes together',
    ],
    [
      'nine minutes',
      () => Rollout.canary(TEN, { maxExecutionTimeout: Duration.minutes(9) }),
      'whole minutes, 10 to 480',
    ],
  ])('fails with %s', (_, make, problem) => {
    expect(make).toThrow(problem);
  });
});

describe('[I8] what takes an update back', () => {
  const DIMENSIONS = [
    {
      Name: 'EndpointConfigName',
      Value: expect.objectContaining({
        'Fn::GetAtt': [expect.stringMatching(/^EndpointConfig/), 'EndpointConfigName'],
      }),
    },
    { Name: 'EndpointName', Value: 'churn' },
    { Name: 'VariantName', Value: 'live' },
  ];

  test('are alarms on the new fleet alone, which are there before the endpoint is updated', () => {
    const p = rolled(Rollout.canary(TEN));
    const alarms = resources(p, ALARM);
    expect(alarms.map(([, { Properties }]) => Properties.Threshold)).toEqual([30_000_000, 1].reverse());
    const [errors, latency] = alarms.map(([, { Properties }]) => Properties);
    expect(latency).toMatchObject({
      MetricName: 'ModelLatency',
      Period: 60,
      EvaluationPeriods: 3,
      Dimensions: DIMENSIONS,
    });
    const ofErrors = (errors.Metrics as { MetricStat?: { Metric: object } }[]).flatMap(
      ({ MetricStat }) => MetricStat ?? [],
    );
    expect(ofErrors).toHaveLength(2);
    for (const { Metric } of ofErrors)
      expect(Metric).toMatchObject({ Namespace: 'AWS/SageMaker', Dimensions: DIMENSIONS });
    expect(resources(p, ENDPOINT)[0][1].Properties.DeploymentConfig.AutoRollbackConfiguration).toEqual({
      Alarms: alarms.map(([id]) => ({ AlarmName: { Ref: id } })),
    });
  });

  test('may be others, of each variant', () => {
    const alarms = [OperationsAlarm.modelErrors({ period: MINUTE }), OperationsAlarm.clientErrors({ period: MINUTE })];
    const p = rolled(Rollout.linear(TEN, { alarms }), (made) => ({
      variants: [made.onInstances(), made.onInstances('b')],
    }));
    expect(resources(p, ALARM)).toHaveLength(4);
  });

  test('may be of an endpoint that is deployed under a name which CloudFormation chose', () => {
    const p = rolled(Rollout.canary(TEN, { endpointName: 'Stack-Endpoint-1A2B' }), () => ({ endpointName: undefined }));
    expect(JSON.stringify(resources(p, ALARM))).toContain('"Value":"Stack-Endpoint-1A2B"');
    expect(resources(p, ENDPOINT)[0][1].Properties).not.toHaveProperty('EndpointName');
  });

  test('are of the metrics that the kind of variant publishes', () => {
    const metricsOf = (props: (p: Pieces) => Partial<EndpointProps>) =>
      JSON.stringify(resources(rolled(Rollout.canary(TEN), props), ALARM));
    expect(metricsOf((p) => ({ variants: [p.serverless()] }))).toContain('"Threshold":30000000');
    expect(metricsOf((p) => ({ asyncInference: p.asynchronous() }))).toContain('"Threshold":1800000000');
  });
});

describe('what an endpoint may go back to', () => {
  test('is kept: configuration and models; without a rollout they go with their replacement', () => {
    const kept = (p: Pieces) =>
      ['AWS::SageMaker::EndpointConfig', 'AWS::SageMaker::Model'].flatMap((type) =>
        resources(p, type).map(([, { UpdateReplacePolicy, DeletionPolicy }]) => [UpdateReplacePolicy, DeletionPolicy]),
      );
    const shadowed = rolled(Rollout.canary(TEN), (p) => ({ shadowVariant: p.shadow() }));
    expect(kept(shadowed)).toEqual(Array(3).fill(['Retain', 'Delete']));
    const p = new Pieces();
    p.endpoint({ variants: [p.onInstances()] });
    expect(kept(p)).toEqual(Array(2).fill([undefined, undefined]));
  });

  test('is compared with what is wanted after each update, by one function per stack', () => {
    const p = rolled(Rollout.canary(TEN));
    new Endpoint(p.stack, 'Other', {
      variants: [p.onInstances()],
      endpointName: 'other',
      rollout: Rollout.allAtOnce(),
    });
    const guards = resources(p, 'Custom::SageMakerMonitoringRollout').map(([, { Properties }]) => Properties);
    expect(guards).toHaveLength(2);
    expect(guards[0]).toMatchObject({
      EndpointName: { 'Fn::GetAtt': [expect.stringMatching(/^Endpoint/), 'EndpointName'] },
      EndpointConfigName: { 'Fn::GetAtt': [expect.stringMatching(/^EndpointConfig/), 'EndpointConfigName'] },
    });
    expect(resources(p, 'AWS::Lambda::Function')).toHaveLength(1);
    expect(statementsAbout(p.stack, 'sagemaker')).toEqual([
      {
        Action: 'sagemaker:DescribeEndpoint',
        Effect: 'Allow',
        Resource: resources(p, ENDPOINT).map(([id]) => ({ Ref: id })),
      },
    ]);
  });
});

/** What does not go together with a rollout, each with a word of the way out. */
const REFUSED: readonly [string, (p: Pieces) => EndpointProps, string][] = [
  [
    'batches and several variants',
    (p) => ({ variants: [p.onInstances(), p.onInstances('b')], endpointName: 'a', rollout: Rollout.rolling(TEN) }),
    'one variant, on instances (SageMaker would update all at once, and watch nothing: use Rollout.canary or Rollout.linear)',
  ],
  [
    'batches and a serverless variant',
    (p) => ({ variants: [p.serverless()], endpointName: 'a', rollout: Rollout.rolling(TEN) }),
    'one variant, on instances',
  ],
  [
    'ml.inf1 instances',
    (p) => ({ variants: [p.onInstances('live', 'ml.inf1.xlarge')], endpointName: 'a', rollout: Rollout.canary(TEN) }),
    'nothing beside ml.inf1 instances',
  ],
  [
    'counted instances and a serverless variant',
    (p) => ({ variants: [p.serverless()], endpointName: 'a', rollout: Rollout.canary(CapacitySize.instances(1)) }),
    'CapacitySize.percent',
  ],
  [
    'more than half of the instances that there are',
    (p) => ({ variants: [p.onInstances()], endpointName: 'a', rollout: Rollout.canary(CapacitySize.instances(1)) }),
    '\'rollout\' is "steps of 100 percent (1 of 1 instances)", allowed is at most 50 percent of each variant',
  ],
  [
    'no name',
    (p) => ({ variants: [p.onInstances()], rollout: Rollout.canary(TEN) }),
    "give the name that it has as 'endpointName' of the rollout",
  ],
  [
    'eleven alarms',
    (p) => ({
      variants: Array.from({ length: 6 }, (_, index) => p.onInstances(`v${index}`)),
      endpointName: 'a',
      rollout: Rollout.canary(TEN),
    }),
    '\'rollout.alarms\' is "12 of 6 variants", allowed is at most 10',
  ],
  [
    'a number of requests that an endpoint with answers in a bucket does not publish',
    (p) => ({
      variants: [p.onInstances()],
      asyncInference: p.asynchronous(),
      endpointName: 'a',
      rollout: Rollout.canary(TEN, { leastRequests: 5, alarms: [] }),
    }),
    'does not publish Invocations',
  ],
  ...(
    [
      [OperationsAlarm.noTraffic(), 'it compares an hour with the day before'],
      [OperationsAlarm.latencyAnomaly(), 'CloudWatch has learned nothing yet'],
      [OperationsAlarm.serverErrors(), 'it fires after 15 minutes at the soonest, and is looked at for 10 minutes'],
      [
        OperationsAlarm.utilization(OperationsMetric.CPU_UTILIZATION, 90, { period: MINUTE }),
        'the new fleet of a variant on instances has: Invocations',
      ],
    ] as const
  ).map(([alarm, words]): [string, (p: Pieces) => EndpointProps, string] => [
    `an alarm that cannot see a new fleet in time: ${alarm._id}`,
    (p) => ({ variants: [p.onInstances()], endpointName: 'a', rollout: Rollout.canary(TEN, { alarms: [alarm] }) }),
    words,
  ]),
];

describe('refused beside a rollout is', () => {
  test.each(REFUSED)('%s', (_, props, words) => {
    const p = new Pieces();
    expect(() => p.endpoint(props(p))).toThrow(words);
  });

  test('a name of a variant that only the deployment knows', () => {
    const p = new Pieces();
    const variants = [p.onInstances(Lazy.string({ produce: () => 'live' }))];
    expect(() => p.endpoint({ variants, endpointName: 'a', rollout: Rollout.canary(TEN) })).toThrow(
      "'variants.variantName' is",
    );
  });
});

describe('requests that a new fleet gets while it bakes', () => {
  const guardOf = (p: Pieces) => resources(p, 'Custom::SageMakerMonitoringRollout')[0][1].Properties;
  const actionsOf = (p: Pieces) => statementsOf(p.stack).flatMap(({ Action }) => Action);

  test('are counted, 20 at least', () => {
    const p = rolled(Rollout.canary(TEN));
    expect(guardOf(p)).toMatchObject({ VariantNames: ['live'], LeastRequests: '20' });
    expect(guardOf(p)).not.toHaveProperty('TopicArn');
    expect(actionsOf(p)).toEqual(expect.arrayContaining(['cloudwatch:GetMetricData', 'events:PutEvents']));
  });

  test('are as many as is said, and fewer are told to a topic', () => {
    const p = new Pieces();
    const notificationTopic = sns.Topic.fromTopicArn(p.stack, 'Team', `arn:aws:sns:eu-west-1:${ENV.account}:team`);
    const rollout = Rollout.canary(TEN, { leastRequests: 500, notificationTopic });
    p.endpoint({ variants: [p.onInstances()], endpointName: 'a', rollout });
    expect(guardOf(p)).toMatchObject({ LeastRequests: '500', TopicArn: notificationTopic.topicArn });
    expect(actionsOf(p)).toContain('sns:Publish');
  });

  test.each<[string, (p: Pieces) => Pieces]>([
    ['0 is said', () => rolled(Rollout.canary(TEN, { leastRequests: 0 }))],
    [
      'answers go to a bucket',
      (p) => {
        const alarmless = Rollout.canary(TEN, { alarms: [] });
        p.endpoint({
          variants: [p.onInstances()],
          asyncInference: p.asynchronous(),
          endpointName: 'a',
          rollout: alarmless,
        });
        return p;
      },
    ],
  ])('are not counted where %s', (_, made) => {
    const p = made(new Pieces());
    expect(guardOf(p)).not.toHaveProperty('LeastRequests');
    expect(actionsOf(p)).not.toContain('cloudwatch:GetMetricData');
  });

  test.each([-1, 1.5, Number.NaN])('are not %p', (leastRequests) => {
    expect(() => Rollout.canary(TEN, { leastRequests })).toThrow(/InvalidRollout[\s\S]*'leastRequests'/);
  });
});

describe('said to be unknown beside a rollout is', () => {
  test.each<[string, (p: Pieces) => Partial<EndpointProps>]>([
    ['asynchronousRollout', (p) => ({ asyncInference: p.asynchronous(), rollout: Rollout.canary(TEN) })],
    ['serverlessRollout', (p) => ({ variants: [p.serverless()], rollout: Rollout.canary(TEN) })],
    ['shadowRollout', (p) => ({ shadowVariant: p.shadow(), rollout: Rollout.rolling(TEN) })],
    [
      'marketplacePackage',
      (p) => {
        const modelPackage = ModelPackage.fromArn(`arn:aws:sagemaker:eu-west-1:${ENV.account}:model-package/bought`);
        return { variants: [p.serverless(new Model(p.stack, 'Bought', { modelPackage }))] };
      },
    ],
  ])('%s', (id, props) => {
    const p = rolled(Rollout.allAtOnce(), props);
    const found = () =>
      Annotations.fromStack(p.stack).findWarning('*', Match.stringLikeRegexp(`cdk-sagemaker-monitoring:${id}`));
    expect(found()).toHaveLength(1);
    CdkAnnotations.of(p.stack).acknowledgeWarning(`cdk-sagemaker-monitoring:${id}`);
    expect(found()).toEqual([]);
  });
});
