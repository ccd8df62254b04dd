import { Duration, Lazy, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { OperationsAlarms } from '../../lib/alarm/operations-alarms';
import { AlarmWatch, type MetricIdentity } from '../../lib/cloud/semantics/alarm-state/alarm-state';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { EndpointOperations } from '../../lib/endpoint/endpoint-operations';
import { OperationsAlarm } from '../../lib/endpoint/operations-alarm';
import { OperationsMetric } from '../../lib/endpoint/operations-metric';
import { newStack } from '../endpoint/fixtures';

const action = (alarmActionArn: string): cloudwatch.IAlarmAction => ({ bind: () => ({ alarmActionArn }) });
const theirs = (stack: Stack) => Endpoint.fromEndpointName(stack, 'Theirs', 'Churn');
const onInstances = (stack: Stack) => EndpointOperations.instances(theirs(stack), { variantName: 'live' });
const DIMENSIONS = [
  { Name: 'EndpointName', Value: 'Churn' },
  { Name: 'VariantName', Value: 'live' },
];

type Properties = { readonly [name: string]: unknown };

function alarmsOf(alarms?: OperationsAlarm[], operations = onInstances): { [id: string]: Properties } {
  const stack = newStack();
  new OperationsAlarms(stack, 'Operations', {
    operations: operations(stack),
    alarms,
    alarmActions: [action('arn:one')],
  });
  const { Resources } = Template.fromStack(stack).toJSON() as {
    Resources: { [id: string]: { Properties: Properties } };
  };
  return Object.fromEntries(
    Object.entries(Resources).map(([id, { Properties }]) => [id.replace(/^Operations|.{8}$/g, ''), Properties]),
  );
}

const described = (meaning: string, section: string) =>
  `${meaning} Runbook: https://github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring/blob/main/docs/runbook.md#${section}`;

test('[G15] there are three alarms by default: latency, errors of the server, memory', () => {
  const common = { EvaluationPeriods: 3, TreatMissingData: 'notBreaching', AlarmActions: ['arn:one'] };
  expect(alarmsOf()).toEqual({
    ModelLatencyP99: {
      ...common,
      Namespace: 'AWS/SageMaker',
      MetricName: 'ModelLatency',
      Dimensions: DIMENSIONS,
      ExtendedStatistic: 'p99',
      Period: 300,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 30_000_000,
      AlarmDescription: described('Answers of a model take longer than they should.', 'latency'),
    },
    ServerErrors: {
      ...common,
      Metrics: [
        expect.objectContaining({ Expression: 'IF(requests >= 20, 100 * share, 0)' }),
        {
          Id: 'requests',
          MetricStat: {
            Metric: { Namespace: 'AWS/SageMaker', MetricName: 'Invocations', Dimensions: DIMENSIONS },
            Period: 300,
            Stat: 'Sum',
          },
          ReturnData: false,
        },
        {
          Id: 'share',
          MetricStat: {
            Metric: { Namespace: 'AWS/SageMaker', MetricName: 'Invocation5XXErrors', Dimensions: DIMENSIONS },
            Period: 300,
            Stat: 'Average',
          },
          ReturnData: false,
        },
      ],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 1,
      AlarmDescription: described('An endpoint ends requests with errors of the server.', 'servererrors'),
    },
    MemoryUtilization: {
      ...common,
      Namespace: '/aws/sagemaker/Endpoints',
      MetricName: 'MemoryUtilization',
      Dimensions: DIMENSIONS,
      Statistic: 'Maximum',
      Period: 300,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 90,
      AlarmDescription: described('What answers for an endpoint is used up.', 'saturation'),
    },
  });
});

test('[G16] a latency is told as a duration, and compared in microseconds', () => {
  const { ModelLatencyP999: alarm } = alarmsOf([
    OperationsAlarm.modelLatency(Duration.millis(250), { statistic: 'p99.9', period: Duration.minutes(1) }),
  ]);
  expect(alarm).toMatchObject({ Threshold: 250_000, ExtendedStatistic: 'p99.9', Period: 60 });
});

test('asynchronous requests may take an hour, of which the default is half', () => {
  const operations = (stack: Stack) => EndpointOperations.asynchronous(theirs(stack), { variantName: 'live' });
  const { ModelLatencyP99, Backlog } = alarmsOf(
    [...OperationsAlarm.defaults(operations(newStack())), OperationsAlarm.backlog(Duration.minutes(10))],
    operations,
  );
  expect(ModelLatencyP99.Threshold).toBe(1_800_000_000);
  expect(Backlog).toMatchObject({
    Namespace: 'AWS/SageMaker',
    MetricName: 'ApproximateAgeOfOldestRequest',
    Dimensions: [DIMENSIONS[0]],
    Threshold: 600,
  });
});

test('[G15] utilization is told of each processor', () => {
  const { GPUUtilization } = alarmsOf([
    OperationsAlarm.utilization(OperationsMetric.GPU_UTILIZATION, 95, { unitCount: 4, datapointsToAlarm: 2 }),
  ]);
  expect(GPUUtilization).toMatchObject({ MetricName: 'GPUUtilization', Threshold: 380, DatapointsToAlarm: 2 });
});

test('[G18] what is usual is learned by CloudWatch', () => {
  const { TrafficAnomaly, LatencyAnomaly } = alarmsOf([
    OperationsAlarm.trafficAnomaly(),
    OperationsAlarm.latencyAnomaly({ standardDeviations: 4 }),
  ]);
  expect(TrafficAnomaly).toMatchObject({
    ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
    ThresholdMetricId: 'expr_1',
    Metrics: [
      { Id: 'expr_1', Expression: 'ANOMALY_DETECTION_BAND(usual, 3)' },
      { Id: 'usual', MetricStat: { Metric: { MetricName: 'Invocations' }, Stat: 'Sum' } },
    ],
  });
  expect(TrafficAnomaly).not.toHaveProperty('Threshold');
  expect(LatencyAnomaly).toMatchObject({
    ComparisonOperator: 'GreaterThanUpperThreshold',
    Metrics: [
      { Expression: 'ANOMALY_DETECTION_BAND(usual, 4)' },
      { MetricStat: { Metric: { MetricName: 'ModelLatency' }, Stat: 'p90' } },
    ],
  });
});

test('the alarms are at hand, and go where they are told', () => {
  const stack = newStack();
  const made = new OperationsAlarms(stack, 'Operations', {
    operations: onInstances(stack),
    alarms: [OperationsAlarm.clientErrors(), OperationsAlarm.modelErrors(), OperationsAlarm.noTraffic()],
    alarmActions: [action('arn:one')],
    okActions: [action('arn:two')],
  });
  expect(made.alarms.map(({ node }) => node.id)).toEqual(['ClientErrors', 'ModelErrors', 'NoTraffic']);
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
    AlarmActions: ['arn:one'],
    OKActions: ['arn:two'],
  });
});

const TOKEN = Lazy.number({ produce: () => 2 });

describe('fails', () => {
  test.each<[string, () => OperationsAlarm]>([
    ["'threshold' is 0", () => OperationsAlarm.modelLatency(Duration.millis(0))],
    ['\'options.statistic\' is "p100"', () => OperationsAlarm.modelLatency(Duration.millis(1), { statistic: 'p100' })],
    ["'period' is", () => OperationsAlarm.serverErrors({ period: Duration.seconds(30) })],
    ["'percent' is 0", () => OperationsAlarm.serverErrors({ percent: 0 })],
    ["'percent' is 101", () => OperationsAlarm.clientErrors({ percent: 101 })],
    ["'leastRequests' is 0", () => OperationsAlarm.modelErrors({ leastRequests: 0 })],
    ["'evaluationPeriods' is 25", () => OperationsAlarm.modelErrors({ evaluationPeriods: 25 })],
    ["'datapointsToAlarm' is 4", () => OperationsAlarm.modelErrors({ datapointsToAlarm: 4 })],
    ['\'metric\' is "ModelLatency"', () => OperationsAlarm.utilization(OperationsMetric.MODEL_LATENCY, 90)],
    [
      "'leastRequests' is 1.5, allowed is a whole number, 1 or more",
      () => OperationsAlarm.modelErrors({ leastRequests: 1.5 }),
    ],
    ['\'leastRequests\' is "a token"', () => OperationsAlarm.modelErrors({ leastRequests: TOKEN })],
    ['\'percent\' is "a token"', () => OperationsAlarm.utilization(OperationsMetric.CPU_UTILIZATION, TOKEN)],
    ["'unitCount' is 0", () => OperationsAlarm.utilization(OperationsMetric.CPU_UTILIZATION, 90, { unitCount: 0 })],
    ["'oldest' is 1", () => OperationsAlarm.backlog(Duration.millis(1))],
    [
      "'standardDeviations' is 0, allowed is a number above 0",
      () => OperationsAlarm.latencyAnomaly({ standardDeviations: 0 }),
    ],
  ])('where %s', (problem, make) => {
    expect(make).toThrow(problem);
  });

  test('[G18] for an alarm that is there twice, and for one that would be silent for ever', () => {
    expect(() => alarmsOf([OperationsAlarm.serverErrors(), OperationsAlarm.serverErrors({ percent: 2 })])).toThrow(
      'InvalidOperationsAlarm at Stack/Operations: \'alarms\' is "ServerErrors", allowed is each alarm once',
    );
    expect(() => alarmsOf([OperationsAlarm.backlog(Duration.minutes(1))])).toThrow('MetricNotPublished');
  });
});

describe('over days of traffic', () => {
  const START = Date.UTC(2026, 0, 5);
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;

  /** Requests, one every half minute, whether each fails with 5XX, and how long it takes. */
  interface Traffic {
    readonly isAsked: (hour: number) => boolean;
    readonly fails?: (request: number, hour: number) => boolean;
    readonly seconds?: (hour: number) => number;
  }

  function storeOf({ isAsked, fails = () => false, seconds = () => 0.1 }: Traffic) {
    const figures: { [metricName: string]: (request: number, hour: number) => number } = {
      Invocations: () => 1,
      Invocation5XXErrors: (request, hour) => Number(fails(request, hour)),
      ModelLatency: (_, hour) => seconds(hour) * 1_000_000,
    };
    const values = ({ metricName }: MetricIdentity, from: Date, to: Date) => {
      const found: number[] = [];
      for (let time = Math.max(START, from.getTime()); time < to.getTime(); time += MINUTE / 2) {
        const hour = Math.floor((time - START) / HOUR);
        if (isAsked(hour)) found.push(figures[metricName]((time - START) / (MINUTE / 2), hour));
      }
      return found;
    };
    return { values };
  }

  /** The hours in which all of these alarms are on together. */
  function firing(alarms: Properties[], traffic: Traffic, hours: number): number[] {
    const watches = alarms.map((alarm) => new AlarmWatch(alarm));
    const store = storeOf(traffic);
    const on = new Set<number>();
    for (let time = START; time < START + hours * HOUR; time += 5 * MINUTE) {
      const states = watches.map((watch) => watch.evaluate(store, new Date(time)).state);
      if (states.every((state) => state === 'ALARM')) on.add(Math.floor((time - START) / HOUR));
    }
    return [...on];
  }

  const byDay = (hour: number) => hour % 24 >= 8 && hour % 24 < 18;
  const noTraffic = () => {
    const { Silent, Used } = alarmsOf([OperationsAlarm.noTraffic()]);
    return [Silent, Used];
  };

  test('without a request, and by a daily rhythm, the default alarms are quiet', () => {
    const { ModelLatencyP99, ServerErrors } = alarmsOf();
    for (const isAsked of [() => false, byDay]) {
      expect(firing([ModelLatencyP99], { isAsked }, 48)).toEqual([]);
      expect(firing([ServerErrors], { isAsked }, 48)).toEqual([]);
    }
  });

  test('one failing instance of three raises the alarm on errors, in the first quarter of an hour, and no other', () => {
    const traffic = { isAsked: () => true, fails: (request: number, hour: number) => hour === 5 && request % 3 === 0 };
    const { ModelLatencyP99, ServerErrors } = alarmsOf([
      ...OperationsAlarm.defaults(onInstances(newStack())).slice(0, 1),
      OperationsAlarm.serverErrors({ leastRequests: 10 }),
    ]);
    expect(firing([ServerErrors], traffic, 8)).toEqual([5, 6]);
    expect(firing([ModelLatencyP99], traffic, 8)).toEqual([]);
  });

  test('[G18] of fewer requests than the least nothing is said', () => {
    const { ServerErrors } = alarmsOf([OperationsAlarm.serverErrors({ leastRequests: 11 })]);
    expect(firing([ServerErrors], { isAsked: () => true, fails: () => true }, 3)).toEqual([]);
  });

  test('answers that become slow raise the alarm on latency', () => {
    const { ModelLatencyP99 } = alarmsOf([OperationsAlarm.modelLatency(Duration.millis(200))]);
    const seconds = (hour: number) => (hour === 3 ? 0.201 : 0.2);
    expect(firing([ModelLatencyP99], { isAsked: () => true, seconds }, 6)).toEqual([3, 4]);
  });

  test('an endpoint that was used and is no more is told after an hour, for a day; one that never was is not', () => {
    expect(firing(noTraffic(), { isAsked: (hour) => hour < 5 }, 40)).toEqual(
      Array.from({ length: 25 }, (_, index) => index + 6),
    );
    expect(firing(noTraffic(), { isAsked: () => false }, 40)).toEqual([]);
    expect(firing(noTraffic(), { isAsked: () => true }, 40)).toEqual([]);
  });

  test('the composite alarm is on where both are', () => {
    const { NoTraffic } = alarmsOf([OperationsAlarm.noTraffic()]);
    expect(JSON.stringify(NoTraffic.AlarmRule)).toMatch(/\(ALARM.*Silent.* AND ALARM.*Used/);
  });
});
