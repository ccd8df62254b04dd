import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { ExecutionEnd, PipelineExecution } from '../../lib/cloud/account/pipelines';
import type { TrainingCourse } from '../../lib/cloud/account/sagemaker/training-jobs';
import type { Cloud } from '../../lib/cloud/deployment/cloud';
import { MessageFormat } from '../../lib/notification/message-options';
import { ViolationDigest } from '../../lib/notification/violation-digest';
import type { TrainingIssueDetail } from '../../lib/training/contract';
import { BuiltInRule } from '../../lib/training/debugger/built-in-rule';
import { DebuggerRule } from '../../lib/training/debugger/debugger-rule';
import { TrainingDebugger } from '../../lib/training/debugger/training-debugger';
import { TrainingCheck } from '../../lib/training/training-check';
import { TrainingIssue, TrainingWatch, type TrainingWatchProps } from '../../lib/training/training-watch';
import { WatchedTraining } from '../../lib/training/watched-training';
import { accountForEach } from '../engine/lifecycle';
import { believingEvents, groupOf, newStack } from '../monitor/fixtures';
import { HEALTHY, train } from './trainings';

// A watch that is deployed on the stand-in from its template, and trainings that go wrong.

let cloud: Cloud;
const synthesized = accountForEach((opened) => {
  cloud = opened;
});

/** Deploys a watch of all issues. */
async function watching(stopOn: TrainingIssue[] = [], format?: MessageFormat): Promise<void> {
  const props: Omit<TrainingWatchProps, 'notificationTopic' | 'reportsBucket'> = {
    format,
    training: WatchedTraining.jobs('churn-'),
    longest: Duration.hours(6),
    checks: [
      TrainingCheck.falling('validation:loss'),
      TrainingCheck.together('train:loss', 'validation:loss', { largestPercentage: 50 }),
      TrainingCheck.finite('loss:nan'),
    ],
    stopOn,
  };
  const assembly = synthesized((stack) => {
    believingEvents(stack);
    const notificationTopic = new sns.Topic(stack, 'Team');
    new ViolationDigest(stack, 'Digest', { monitors: groupOf(['Stack/A']), topic: notificationTopic, format });
    new TrainingWatch(stack, 'Training', {
      ...props,
      notificationTopic,
      reportsBucket: new s3.Bucket(stack, 'Reports'),
    });
  });
  expect(await cloud.deploy(assembly)).toMatchObject({ status: expect.stringMatching(/^(CREATE|UPDATE)_COMPLETE$/) });
}

/** What people and programs were told, without the address of the watch. */
const messages = () => cloud.account.recorder.messages.map(({ subject }) => subject?.replace(' (Stack/Training)', ''));
const issues = () =>
  cloud.account.recorder.events
    .filter(({ source }) => source === 'cdk-sagemaker-monitoring')
    .map(({ detail }) => detail as TrainingIssueDetail)
    .map(({ issue, isStopped }) => `${issue}${isStopped ? ', stopped' : ''}`);
const status = (name: string) => cloud.trainings.get(name).status;

/** What a definition has of Debugger, by the construct that renders it. */
function debuggerArguments(): object {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Tensors', 'tensors');
  const rules = [DebuggerRule.builtIn(BuiltInRule.LOSS_NOT_DECREASING), DebuggerRule.builtIn(BuiltInRule.OVERFIT)];
  return stack.resolve(new TrainingDebugger(stack, 'Debugger', { bucket, rules }).trainingArguments());
}

interface Trial {
  readonly course: Partial<TrainingCourse> & { more?: object };
  readonly subject: string;
  readonly issue: string;
  readonly stopOn?: TrainingIssue;
  /** that go by; 10 where absent: longer than it may take */
  readonly hours?: number;
}

const TRIALS: readonly (readonly [name: string, trial: Trial])[] = [
  [
    'fails',
    {
      course: { end: { status: 'Failed', atSeconds: 3600, failureReason: 'AlgorithmError: exit code 1' } },
      subject: 'Training churn-1 failed',
      issue: 'Failed',
    },
  ],
  [
    'gets stuck while it waits for its input',
    {
      course: {
        stages: [
          { stage: 'Starting', atSeconds: 0 },
          { stage: 'Downloading', atSeconds: 120 },
        ],
      },
      subject: 'Training churn-1 is stuck',
      issue: 'Stuck',
      hours: 2,
      stopOn: TrainingIssue.STUCK,
    },
  ],
  [
    'has a loss that rises',
    {
      course: {
        metrics: {
          'train:loss': (minute) => (minute < 30 ? 1 / minute : minute / 900),
          'validation:loss': (minute) => (minute < 30 ? 1 / minute : minute / 900),
        },
        end: { status: 'Completed', atSeconds: 4 * 3600 },
      },
      subject: 'Training churn-1 does not learn any more',
      issue: 'NotFalling',
      stopOn: TrainingIssue.NOT_FALLING,
    },
  ],
  [
    'learns by heart',
    {
      course: {
        metrics: { 'train:loss': (minute) => 1 / minute ** 2, 'validation:loss': (minute) => 1 / minute },
        end: { status: 'Completed', atSeconds: 4 * 3600 },
      },
      subject: 'Training churn-1 learns by heart',
      issue: 'Apart',
      stopOn: TrainingIssue.APART,
    },
  ],
  [
    'computes NaN, which CloudWatch does not take',
    {
      course: {
        metrics: {
          ...HEALTHY,
          'train:loss': (minute) => (minute < 45 ? 1 / minute : Number.NaN),
          'loss:nan': (minute) => (minute < 45 ? undefined : minute),
        },
        end: { status: 'Completed', atSeconds: 2 * 3600 },
      },
      subject: 'Training churn-1 computes no numbers',
      issue: 'NotANumber',
      stopOn: TrainingIssue.NOT_A_NUMBER,
    },
  ],
  [
    'has a rule of Debugger that finds an issue',
    {
      course: {
        more: debuggerArguments(),
        issues: [{ rule: 'LossNotDecreasing', details: 'at step 500', atSeconds: 1000 }],
        end: { status: 'Completed', atSeconds: 3600 },
      },
      subject: 'Training churn-1 has an issue',
      issue: 'RuleFoundIssues',
      stopOn: TrainingIssue.RULE_FOUND_ISSUES,
    },
  ],
  [
    'goes on for too long',
    {
      course: { end: { status: 'Completed', atSeconds: 8 * 3600 } },
      subject: 'Training churn-1 takes too long',
      issue: 'OverLong',
      stopOn: TrainingIssue.OVER_LONG,
    },
  ],
];

describe('a training that', () => {
  test.each(TRIALS)('%s is one message, and nothing stops it', async (_, { course, subject, issue, hours = 10 }) => {
    await watching();
    train(cloud, 'churn-1', course);
    await cloud.pass({ hours });
    expect(messages()).toEqual([subject]);
    expect(issues()).toEqual([issue]);
    expect(status('churn-1')).toBe(course.end?.status ?? 'InProgress');
  });

  test.each(TRIALS.filter(([, { stopOn }]) => stopOn))(
    '%s is stopped where that is asked for, which is one message, and its neighbour goes on',
    async (_, { course, subject, issue, stopOn }) => {
      await watching(stopOn && [stopOn]);
      train(cloud, 'churn-1', course);
      train(cloud, 'churn-2', { end: { status: 'Completed', atSeconds: 5 * 3600 } });
      train(cloud, 'fraud-1', course);
      await cloud.pass({ hours: 10 });
      expect(messages()).toEqual([subject]);
      expect(issues()).toEqual([`${issue}, stopped`]);
      expect(['churn-1', 'churn-2'].map(status)).toEqual(['Stopped', 'Completed']);
      expect(status('fraud-1')).toBe(course.end?.status ?? 'InProgress');
    },
  );

  test.each(TRIALS)(
    '%s is one message for programs and one for a chat, on the topic of a digest',
    async (_, { course, subject, issue, hours = 10 }) => {
      for (const format of [MessageFormat.JSON, MessageFormat.AMAZON_Q]) {
        await watching([], format);
        train(cloud, `churn-${format}`, course);
        await cloud.pass({ hours });
      }
      const [forPrograms, forChat, ...more] = cloud.account.recorder.messages.map(({ body }) => JSON.parse(body));
      expect(more).toEqual([]);
      expect(forPrograms).toMatchObject({
        ...{ version: '1', news: issue, thread: 'Stack/Training churn-Json' },
        issue: { issue, work: 'churn-Json', isStopped: false },
      });
      expect(forChat).toMatchObject({ version: '1.0', source: 'custom', metadata: { threadId: expect.any(String) } });
      expect(forChat.content.title).toContain(subject.replace('churn-1', 'churn-AmazonQ'));
    },
  );

  test('goes well is told to nobody', async () => {
    await watching();
    train(cloud, 'churn-1', { end: { status: 'Completed', atSeconds: 5 * 3600 } });
    await cloud.pass({ hours: 6 });
    expect([...messages(), ...issues()]).toEqual([]);
  });

  test('runs into its own limit is told as stopped, with what SageMaker says', async () => {
    await watching(Object.values(TrainingIssue));
    train(cloud, 'churn-1', { more: { StoppingCondition: { MaxRuntimeInSeconds: 3600 } } });
    await cloud.pass({ hours: 2 });
    expect(messages()).toEqual(['Training churn-1 was stopped']);
    expect(cloud.account.recorder.messages[0].body).toContain('Reason:    MaxRuntimeExceeded');
  });
});

describe('an execution of a pipeline that', () => {
  async function started(stopOn: TrainingIssue[], end?: ExecutionEnd): Promise<PipelineExecution> {
    const assembly = synthesized((stack) => {
      new TrainingWatch(stack, 'Training', {
        training: WatchedTraining.pipeline(sagemaker.CfnPipeline.fromPipelineName(stack, 'Pipeline', 'Churn')),
        longest: Duration.hours(2),
        stopOn,
        notificationTopic: new sns.Topic(stack, 'Team'),
        reportsBucket: new s3.Bucket(stack, 'Reports'),
      });
    });
    expect(await cloud.deploy(assembly)).toMatchObject({ status: 'CREATE_COMPLETE' });
    const { pipelines } = cloud.account;
    pipelines.end = end;
    const execution = pipelines.start(pipelines.arnOf('Churn'), 'a'.repeat(32));
    pipelines.start(pipelines.arnOf('Fraud'), 'b'.repeat(32));
    return execution;
  }

  test('fails is one message, with its reason', async () => {
    await started([], { status: 'Failed', afterSeconds: 600, failureReason: 'Step failure: Train' });
    await cloud.pass({ hours: 3 });
    expect(messages()).toEqual(['Training 000000000001 failed']);
    expect(cloud.account.recorder.messages[0].body).toContain('Reason:    Step failure: Train');
  });

  test('goes on for too long is one message, and goes on', async () => {
    const execution = await started([]);
    await cloud.pass({ hours: 4 });
    expect(messages()).toEqual(['Training 000000000001 takes too long']);
    expect(execution.status).toBe('Executing');
  });

  test('goes on for too long is stopped where that is asked for, which is one message', async () => {
    const execution = await started([TrainingIssue.OVER_LONG]);
    await cloud.pass({ hours: 4 });
    expect(messages()).toEqual(['Training 000000000001 takes too long']);
    expect(issues()).toEqual(['OverLong, stopped']);
    expect(execution.status).toBe('Stopped');
    const [other] = cloud.account.pipelines.list(cloud.account.pipelines.arnOf('Fraud'));
    expect(other.status).toBe('Executing');
  });

  test('somebody stops is one message', async () => {
    const { arn } = await started([]);
    await cloud.pass({ minutes: 10 });
    cloud.account.pipelines.stop(arn);
    await cloud.pass({ hours: 1 });
    expect(messages()).toEqual(['Training 000000000001 was stopped']);
    expect(() => cloud.account.pipelines.stop(arn)).toThrow(/Stopped/);
  });

  test('goes well is told to nobody', async () => {
    await started([TrainingIssue.OVER_LONG], { status: 'Succeeded', afterSeconds: 3000 });
    await cloud.pass({ hours: 4 });
    expect([...messages(), ...issues()]).toEqual([]);
  });
});
