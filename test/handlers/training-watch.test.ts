import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  DescribePipelineExecutionCommand,
  DescribeTrainingJobCommand,
  ListPipelineExecutionsCommand,
  ListTrainingJobsCommand,
  SageMakerClient,
  StopPipelineExecutionCommand,
  StopTrainingJobCommand,
} from '@aws-sdk/client-sagemaker';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import type { TrainingSettings } from '../../lib/training/contract';
import { handler } from '../../lib/training/handler/training-watch.lambda';
import { awsError, S3Store } from './s3-store';

const s3 = new S3Store();
const sageMaker = mockClient(SageMakerClient);
const sns = mockClient(SNSClient);
const bus = mockClient(EventBridgeClient);
const cloudWatch = mockClient(CloudWatchClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
const NOW = new Date('2026-03-04T12:00:00Z');

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'setImmediate'] });
  s3.reset();
  for (const client of [sageMaker, sns, bus, cloudWatch]) client.reset();
  sns.on(PublishCommand).resolves({ MessageId: 'm1' });
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
  sageMaker.on(StopTrainingJobCommand).resolves({});
  sageMaker.on(StopPipelineExecutionCommand).resolves({});
});
afterEach(() => jest.useRealTimers());
afterAll(() => logged.mockRestore());

const SETTINGS: TrainingSettings = {
  name: 'Stack/Training',
  jobPrefix: 'churn-',
  longestMinutes: 360,
  stuckMinutes: 60,
  stopOn: [],
  notes: { bucket: 'reports', prefix: 'model-training/c8' },
  topicArn: 'arn:aws:sns:eu-west-1:111122223333:team',
};
const { jobPrefix: _, stuckMinutes: __, ...others } = SETTINGS;
const OF_PIPELINE: TrainingSettings = { ...others, pipelineName: 'Churn' };

const arnOf = (name: string) => `arn:aws:sagemaker:eu-west-1:111122223333:training-job/${name}`;
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

/** What SageMaker says of a job. */
function job(name: string, told: object): void {
  const described = {
    TrainingJobArn: arnOf(name),
    TrainingJobStatus: 'InProgress',
    SecondaryStatus: 'Training',
    ...told,
  };
  sageMaker.on(DescribeTrainingJobCommand, { TrainingJobName: name }).resolves(described as never);
}

/** The jobs under way, in pages of one. */
function listed(...names: string[]): void {
  for (const [index, TrainingJobName] of names.entries()) {
    const asked = { NameContains: 'churn-', StatusEquals: 'InProgress' as const, MaxResults: 100 };
    const NextToken = index + 1 < names.length ? `${index + 1}` : undefined;
    sageMaker
      .on(ListTrainingJobsCommand, { ...asked, ...(index > 0 && { NextToken: `${index}` }) }, index > 0)
      .resolves({ TrainingJobSummaries: [{ TrainingJobName } as never], NextToken });
  }
}

const subjects = () => sns.commandCalls(PublishCommand).map(({ args }) => args[0].input.Subject);
const details = () =>
  bus.commandCalls(PutEventsCommand).map(({ args }) => JSON.parse(args[0].input.Entries?.[0].Detail ?? ''));
const stoppedJobs = () =>
  sageMaker.commandCalls(StopTrainingJobCommand).map(({ args }) => args[0].input.TrainingJobName);

describe('a job that failed', () => {
  beforeEach(() => job('churn-1', { TrainingJobStatus: 'Failed', FailureReason: 'AlgorithmError: exit code 1' }));

  test('is one message and one event, however often its event comes', async () => {
    for (let telling = 0; telling < 3; telling++) await handler({ settings: SETTINGS, work: 'churn-1' });
    expect(subjects()).toEqual(['Training churn-1 failed (Stack/Training)']);
    expect(details()).toEqual([
      {
        version: '1',
        watch: 'Stack/Training',
        work: 'churn-1',
        arn: arnOf('churn-1'),
        issue: 'Failed',
        reason: 'AlgorithmError: exit code 1',
        isStopped: false,
      },
    ]);
    expect([...s3.objects.keys()]).toEqual(['reports/model-training/c8/churn-1/Failed.json']);
  });

  test('is an event alone where there is no topic', async () => {
    const { topicArn: _topic, ...settings } = SETTINGS;
    for (let telling = 0; telling < 2; telling++) await handler({ settings, work: 'churn-1' });
    expect(subjects()).toEqual([]);
    expect(details()).toHaveLength(1);
  });

  test('is told later where the topic is unwell', async () => {
    sns.on(PublishCommand).rejectsOnce(awsError('InternalError')).resolves({ MessageId: 'm1' });
    await expect(handler({ settings: SETTINGS, work: 'churn-1' })).rejects.toThrow('InternalError');
    jest.setSystemTime(minutesAgo(-30));
    await handler({ settings: SETTINGS, work: 'churn-1' });
    expect(sns.commandCalls(PublishCommand)).toHaveLength(2);
  });

  test('whose reason is written by strangers is one harmless line', async () => {
    job('churn-1', { TrainingJobStatus: 'Failed', FailureReason: 'see https://evil.example\nARN: none' });
    await handler({ settings: SETTINGS, work: 'churn-1' });
    const [{ args }] = sns.commandCalls(PublishCommand);
    expect(args[0].input.Message).toContain('Reason:    see https[:]//evil[.]example\\u{a}ARN: none\n');
  });
});

test('a job that ended well is told to nobody', async () => {
  job('churn-1', { TrainingJobStatus: 'Completed', SecondaryStatus: 'Completed' });
  await handler({ settings: SETTINGS, work: 'churn-1' });
  expect(details()).toEqual([]);
});

test('a job of another name is no affair of the watch', async () => {
  await expect(handler({ settings: SETTINGS, work: 'fraud-1' })).rejects.toThrow(/^MalformedEvent/);
  expect(sageMaker.calls()).toEqual([]);
});

describe('jobs under way', () => {
  test('are all looked at: one that goes on too long, one that is stuck, one that is fine', async () => {
    listed('churn-long', 'churn-stuck', 'churn-fine', 'my-churn-1');
    job('churn-long', { TrainingStartTime: minutesAgo(400) });
    job('churn-stuck', {
      SecondaryStatus: 'Downloading',
      SecondaryStatusTransitions: [{ Status: 'Downloading', StartTime: minutesAgo(75) }],
    });
    job('churn-fine', {
      TrainingStartTime: minutesAgo(300),
      SecondaryStatusTransitions: [{ Status: 'Training', StartTime: minutesAgo(290) }],
      FinalMetricDataList: [{ MetricName: 'loss', Value: 0.1, Timestamp: minutesAgo(5) }],
    });
    for (let look = 0; look < 2; look++) await handler({ settings: SETTINGS });
    expect(subjects()).toEqual([
      'Training churn-long takes too long (Stack/Training)',
      'Training churn-stuck is stuck (Stack/Training)',
    ]);
    expect(stoppedJobs()).toEqual([]);
  });

  test('one that trains is stuck when its metrics stop, and never where it has none', async () => {
    listed('churn-silent', 'churn-mute');
    const stages = { SecondaryStatusTransitions: [{ Status: 'Training', StartTime: minutesAgo(200) }] };
    job('churn-silent', { ...stages, FinalMetricDataList: [{ MetricName: 'loss', Timestamp: minutesAgo(61) }] });
    job('churn-mute', stages);
    await handler({ settings: SETTINGS });
    expect(subjects()).toEqual(['Training churn-silent is stuck (Stack/Training)']);
  });

  test('one that cannot be described hides no other', async () => {
    listed('churn-gone', 'churn-long');
    sageMaker
      .on(DescribeTrainingJobCommand, { TrainingJobName: 'churn-gone' })
      .rejects(awsError('ValidationException'));
    job('churn-long', { TrainingStartTime: minutesAgo(400) });
    await expect(handler({ settings: SETTINGS })).rejects.toThrow('ValidationException');
    expect(subjects()).toEqual(['Training churn-long takes too long (Stack/Training)']);
  });
});

describe('a rule of Debugger that found issues', () => {
  const found = (...names: string[]) => ({
    DebugRuleEvaluationStatuses: [
      { RuleConfigurationName: 'Quiet', RuleEvaluationStatus: 'NoIssuesFound' },
      ...names.map((RuleConfigurationName) => ({ RuleConfigurationName, RuleEvaluationStatus: 'IssuesFound' })),
    ],
  });

  test('is told once, each rule', async () => {
    job('churn-1', found('Overfit'));
    await handler({ settings: SETTINGS, work: 'churn-1' });
    job('churn-1', found('Overfit', 'LossNotDecreasing'));
    for (let telling = 0; telling < 2; telling++) await handler({ settings: SETTINGS, work: 'churn-1' });
    expect(details().map(({ issue, rule }) => [issue, rule])).toEqual([
      ['RuleFoundIssues', 'Overfit'],
      ['RuleFoundIssues', 'LossNotDecreasing'],
    ]);
  });

  test('stops the job where that is asked for, and only while it is under way', async () => {
    const settings: TrainingSettings = { ...SETTINGS, stopOn: ['RuleFoundIssues'] };
    job('churn-1', found('Overfit'));
    await handler({ settings, work: 'churn-1' });
    expect(stoppedJobs()).toEqual(['churn-1']);
    expect(details()).toMatchObject([{ isStopped: true }]);
    job('churn-1', { ...found('Overfit'), TrainingJobStatus: 'Stopping' });
    await handler({ settings, work: 'churn-1' });
    job('churn-1', { ...found('Overfit'), TrainingJobStatus: 'Stopped' });
    await handler({ settings, work: 'churn-1' });
    expect(stoppedJobs()).toEqual(['churn-1']);
    expect(subjects()).toEqual(['Training churn-1 has an issue (Stack/Training)']); // that it was stopped was said
  });
});

describe('a job that is stuck, and is to be stopped', () => {
  const settings: TrainingSettings = { ...SETTINGS, stopOn: ['Stuck'] };
  const stuck = { SecondaryStatus: 'Starting', SecondaryStatusTransitions: [{ StartTime: minutesAgo(90) }] };

  test('is stopped, and told once: not again when it has stopped', async () => {
    listed('churn-1');
    job('churn-1', stuck);
    await handler({ settings });
    job('churn-1', { TrainingJobStatus: 'Stopped', SecondaryStatus: 'Stopped' });
    await handler({ settings, work: 'churn-1' });
    expect(stoppedJobs()).toEqual(['churn-1']);
    expect(subjects()).toEqual(['Training churn-1 is stuck (Stack/Training)']);
    const [{ args }] = sns.commandCalls(PublishCommand);
    expect(args[0].input.Message).toContain('\nDone:      it was asked to stop because of this\n');
  });

  test('is told as not stopped where SageMaker refuses, which is heard', async () => {
    listed('churn-1');
    job('churn-1', stuck);
    sageMaker.on(StopTrainingJobCommand).rejects(awsError('ThrottlingException'));
    await expect(handler({ settings })).rejects.toThrow('ThrottlingException');
    expect(details()).toMatchObject([{ issue: 'Stuck', isStopped: false }]);
  });

  test('one that people stopped is told', async () => {
    job('churn-2', { TrainingJobStatus: 'Stopped', SecondaryStatus: 'MaxRuntimeExceeded' });
    await handler({ settings, work: 'churn-2' });
    expect(details()).toMatchObject([{ issue: 'Stopped', reason: 'MaxRuntimeExceeded' }]);
  });
});

describe('metrics of a job', () => {
  const settings: TrainingSettings = {
    ...SETTINGS,
    checks: [
      { issue: 'NotFalling', metric: 'loss', patienceMinutes: 60, leastPercentage: 0.1 },
      { issue: 'Apart', metric: 'held', trainingMetric: 'loss', patienceMinutes: 30, largestPercentage: 10 },
      { issue: 'NotANumber', metric: 'loss:nan' },
    ],
  };
  const begun = minutesAgo(200);
  const trains = { TrainingStartTime: begun, FinalMetricDataList: [{ MetricName: 'loss', Timestamp: minutesAgo(1) }] };

  /** As CloudWatch answers: the last value first. */
  function published(values: readonly (readonly [id: string, ago: Readonly<Record<number, number>>])[]): void {
    const results = values.map(([Id, ago]) => ({
      Id,
      StatusCode: 'Complete' as const,
      Timestamps: Object.keys(ago).map((minutes) => minutesAgo(Number(minutes))),
      Values: Object.values(ago),
    }));
    cloudWatch.on(GetMetricDataCommand).resolves({ MetricDataResults: results });
  }

  const rising = [['m0', { 1: 3, 120: 1 }]] as const;

  test('are asked for by its name, each once, from its begin to the minute that is not over', async () => {
    listed('churn-1');
    job('churn-1', trains);
    published([]);
    await handler({ settings });
    const [{ args }] = cloudWatch.commandCalls(GetMetricDataCommand);
    const query = (Id: string, MetricName: string) => ({
      Id,
      MetricStat: {
        Metric: {
          Namespace: '/aws/sagemaker/TrainingJobs',
          MetricName,
          Dimensions: [{ Name: 'TrainingJobName', Value: 'churn-1' }],
        },
        Stat: 'Average',
        Period: 60,
      },
      ReturnData: true,
    });
    expect(args[0].input).toEqual({
      MetricDataQueries: [query('m0', 'loss'), query('m1', 'held'), query('m2', 'loss:nan')],
      StartTime: begun,
      EndTime: minutesAgo(-1),
      NextToken: undefined,
    });
    expect(details()).toEqual([]);
  });

  test('that rise are one message, and stop nothing unless that is asked for', async () => {
    listed('churn-1');
    job('churn-1', trains);
    published(rising);
    for (let look = 0; look < 2; look++) await handler({ settings });
    expect(subjects()).toEqual(['Training churn-1 does not learn any more (Stack/Training)']);
    expect(details()).toMatchObject([{ issue: 'NotFalling', metric: 'loss', isStopped: false }]);
    expect(stoppedJobs()).toEqual([]);
  });

  test('stop it where that is asked for, which is told once', async () => {
    listed('churn-1');
    job('churn-1', trains);
    published(rising);
    const stopping: TrainingSettings = { ...settings, stopOn: ['NotFalling'] };
    await handler({ settings: stopping });
    job('churn-1', { ...trains, TrainingJobStatus: 'Stopped', SecondaryStatus: 'Stopped' });
    await handler({ settings: stopping, work: 'churn-1' });
    expect(stoppedJobs()).toEqual(['churn-1']);
    expect(details()).toMatchObject([{ issue: 'NotFalling', isStopped: true }]);
  });

  test('that are wrong in more than one way are told apart', async () => {
    job('churn-1', { ...trains, TrainingJobStatus: 'Completed', TrainingEndTime: minutesAgo(1) });
    published([...rising, ['m1', { 1: 9 }], ['m2', { 150: 12 }]]);
    await handler({ settings, work: 'churn-1' });
    expect(details().map(({ issue, metric }) => [issue, metric])).toEqual([
      ['NotFalling', 'loss'],
      ['Apart', 'held'],
      ['NotANumber', 'loss:nan'],
    ]);
    const [, , { args }] = sns.commandCalls(PublishCommand);
    expect(args[0].input.Message).toMatch(/^Training churn-1 computes no numbers, by the metric loss:nan\n/);
  });

  test('of one that failed, or has not begun, are not read', async () => {
    job('churn-1', { TrainingJobStatus: 'Failed' });
    job('churn-2', {});
    for (const work of ['churn-1', 'churn-2']) await handler({ settings, work });
    expect(cloudWatch.calls()).toEqual([]);
  });

  test('of one that began long ago are read in steps of five minutes', async () => {
    published([]);
    for (const [work, days] of [
      ['churn-1', 15],
      ['churn-2', 15.1],
    ] as const) {
      job(work, { ...trains, TrainingStartTime: minutesAgo(days * 24 * 60) });
      await handler({ settings: { ...settings, longestMinutes: undefined }, work });
    }
    const periods = cloudWatch
      .commandCalls(GetMetricDataCommand)
      .map(({ args }) => args[0].input.MetricDataQueries?.[0].MetricStat?.Period);
    expect(periods).toEqual([60, 300]);
  });

  test('that CloudWatch cannot read are heard', async () => {
    job('churn-1', trains);
    const refused = { Id: 'm0', StatusCode: 'InternalError' as const };
    cloudWatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [refused] });
    await expect(handler({ settings, work: 'churn-1' })).rejects.toThrow(/^MetricsNotRead/);
  });
});

describe('executions of a pipeline', () => {
  const execution = (id: string) => `arn:aws:sagemaker:eu-west-1:111122223333:pipeline/churn/execution/${id}`;

  test('that failed is told with its reason', async () => {
    const PipelineExecutionArn = execution('p4jn9xou8a8s');
    const told = { PipelineExecutionStatus: 'Failed' as const, FailureReason: 'Step failure: Train' };
    sageMaker.on(DescribePipelineExecutionCommand, { PipelineExecutionArn }).resolves(told);
    for (let telling = 0; telling < 2; telling++) await handler({ settings: OF_PIPELINE, work: PipelineExecutionArn });
    expect(subjects()).toEqual(['Training p4jn9xou8a8s failed (Stack/Training)']);
    expect(details()).toMatchObject([{ issue: 'Failed', work: PipelineExecutionArn, reason: 'Step failure: Train' }]);
  });

  test('that goes on too long is stopped where that is asked for', async () => {
    const summaries = [execution('aaaaaaaaaaaa'), execution('bbbbbbbbbbbb')].map((PipelineExecutionArn, index) => ({
      PipelineExecutionArn,
      PipelineExecutionStatus: (['Executing', 'Succeeded'] as const)[index],
    }));
    sageMaker.on(ListPipelineExecutionsCommand).resolves({ PipelineExecutionSummaries: summaries });
    const told = { PipelineExecutionStatus: 'Executing' as const, CreationTime: minutesAgo(361) };
    sageMaker.on(DescribePipelineExecutionCommand).resolves(told);
    await handler({ settings: { ...OF_PIPELINE, stopOn: ['OverLong'] } });
    const stops = sageMaker.commandCalls(StopPipelineExecutionCommand).map(({ args }) => args[0].input);
    expect(stops).toMatchObject([{ PipelineExecutionArn: execution('aaaaaaaaaaaa') }]);
    expect(details()).toMatchObject([{ issue: 'OverLong', isStopped: true }]);
  });

  test('of another pipeline is no affair of the watch', async () => {
    const other = 'arn:aws:sagemaker:eu-west-1:111122223333:pipeline/churn2/execution/aaaaaaaaaaaa';
    await expect(handler({ settings: OF_PIPELINE, work: other })).rejects.toThrow(/^MalformedEvent/);
  });
});
