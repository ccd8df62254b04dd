import { Duration, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import { matchesPattern } from '../../lib/cloud/semantics/event-pattern/event-pattern';
import { MonitorKind } from '../../lib/kind/monitor-kind';
import { Monitor } from '../../lib/monitor/monitor';
import { MessageFormat } from '../../lib/notification/message-options';
import { ViolationDigest } from '../../lib/notification/violation-digest';
import { RetrainingTrigger } from '../../lib/retraining/retraining-trigger';
import { TrainingCheck } from '../../lib/training/training-check';
import { TrainingIssue, TrainingWatch, type TrainingWatchProps } from '../../lib/training/training-watch';
import { WatchedTraining } from '../../lib/training/watched-training';
import { groupOf, newStack } from '../monitor/fixtures';
import { permissionsOfRole, resourceOf, resourcesOf } from '../monitor/readable-template';

type Asked = Partial<TrainingWatchProps> & { readonly ofPipeline?: string };

function watched({ ofPipeline, ...props }: Asked = {}) {
  const stack = newStack();
  const training = ofPipeline
    ? WatchedTraining.pipeline(sagemaker.CfnPipeline.fromPipelineName(stack, 'Pipeline', ofPipeline))
    : WatchedTraining.jobs('churn-');
  const reportsBucket = s3.Bucket.fromBucketName(stack, 'Reports', 'reports');
  const notificationTopic = sns.Topic.fromTopicArn(stack, 'Team', 'arn:aws:sns:eu-west-1:111122223333:team');
  const watch = new TrainingWatch(stack, 'Training', { training, reportsBucket, notificationTopic, ...props });
  return { stack, watch };
}

/** What a function may do, an action and a resource each. */
function allowed(asked?: Asked): string[] {
  const statements = permissionsOfRole(watched(asked).stack, 'TrainingFunctionRole');
  return statements.flatMap(({ Action, Resource }) => [Action].flat().map((action) => `${action} ${Resource}`));
}

const ruleOf = (asked?: Asked) => resourceOf(watched(asked).stack, 'AWS::Events::Rule', 'TrainingRule').Properties;
const scheduled = (asked?: Asked) => resourcesOf(watched(asked).stack, 'AWS::Scheduler::Schedule');
const settingsOf = (asked?: Asked) => JSON.parse(Object.values(scheduled(asked))[0].Properties.Target.Input).settings;

/** As SageMaker puts it, of the fields that its documentation shows. */
function jobEvent(detail: object) {
  return {
    version: '0',
    id: '844e2571-85d4-695f-b930-0153b71dcb42',
    'detail-type': 'SageMaker Training Job State Change',
    source: 'aws.sagemaker',
    account: '111122223333',
    region: 'eu-west-1',
    resources: ['arn:aws:sagemaker:us-east-1:123456789012:training-job/churn-2026-03-04'],
    detail: {
      TrainingJobName: 'churn-2026-03-04',
      TrainingJobArn: 'arn:aws:sagemaker:us-east-1:123456789012:training-job/churn-2026-03-04',
      TrainingJobStatus: 'InProgress',
      SecondaryStatus: 'Training',
      ...detail,
    },
  };
}

const rules = (...statuses: string[]) => ({
  DebugRuleEvaluationStatuses: statuses.map((RuleEvaluationStatus) => ({
    RuleConfigurationName: 'Overfit',
    RuleEvaluationStatus,
  })),
});

describe('of training jobs', () => {
  test.each<[string, object, boolean]>([
    ['that failed', { TrainingJobStatus: 'Failed' }, true],
    ['that was stopped', { TrainingJobStatus: 'Stopped' }, true],
    ['that ended well', { TrainingJobStatus: 'Completed' }, false],
    ['under way', {}, false],
    ['with a rule that found issues', rules('NoIssuesFound', 'IssuesFound'), true],
    ['whose rules found none', rules('NoIssuesFound', 'InProgress'), false],
    ['of another name that failed', { TrainingJobName: 'fraud-1', TrainingJobStatus: 'Failed' }, false],
    ['whose name has the prefix elsewhere', { TrainingJobName: 'my-churn-1', TrainingJobStatus: 'Failed' }, false],
  ])('the rule hears one %s: %s', (_, detail, isHeard) => {
    const { EventPattern: pattern } = ruleOf();
    expect(matchesPattern(pattern, jobEvent(detail))).toBe(isHeard);
    expect(matchesPattern(pattern, { ...jobEvent(detail), account: '999999999999' })).toBe(false);
  });

  test('those under way are looked at every 15 minutes, as stuck after an hour', () => {
    const [schedule] = Object.values(scheduled());
    expect(schedule.Properties).toMatchObject({ ScheduleExpression: 'rate(15 minutes)' });
    expect(settingsOf()).toMatchObject({ name: 'Stack/Training', jobPrefix: 'churn-', stuckMinutes: 60, stopOn: [] });
  });

  test('what was heard, and a look that could not be begun, lie in the queue of the stack', () => {
    const [schedule] = Object.values(scheduled());
    for (const target of [schedule.Properties.Target, ruleOf().Targets[0]])
      expect(target.DeadLetterConfig.Arn).toMatch(/DeadLetters.*\.Arn/);
    expect(settingsOf()).not.toHaveProperty('longestMinutes');
  });

  test('limits, and what stops, are told', () => {
    const stopOn = [TrainingIssue.STUCK, TrainingIssue.OVER_LONG];
    const settings = settingsOf({ longest: Duration.hours(6), stuckAfter: Duration.minutes(20), stopOn });
    expect(settings).toMatchObject({ longestMinutes: 360, stuckMinutes: 20, stopOn: ['Stuck', 'OverLong'] });
  });

  test('its function may describe them, list all, note what it told, and tell; it may stop none', () => {
    const permissions = allowed();
    expect(permissions).toContain('sagemaker:ListTrainingJobs *');
    expect(permissions.filter((one) => one.includes('training-job'))).toEqual([
      expect.stringMatching(/^sagemaker:DescribeTrainingJob .*:training-job\/churn-\*$/),
    ]);
    expect(permissions.join('\n')).not.toContain('Stop');
  });

  test('it may stop exactly them where that is asked for', () => {
    const permissions = allowed({ stopOn: [TrainingIssue.STUCK] });
    const stopping = permissions.filter((one) => one.includes('Stop'));
    expect(stopping).toEqual([expect.stringMatching(/^sagemaker:StopTrainingJob .*:training-job\/churn-\*$/)]);
  });
});

describe('metrics of training jobs', () => {
  const checks = [
    TrainingCheck.falling('validation:loss'),
    TrainingCheck.together('train:loss', 'validation:loss'),
    TrainingCheck.finite('loss:nan'),
  ];

  test('are looked at by the figures of each check, defaults or given', () => {
    expect(settingsOf({ checks }).checks).toEqual([
      { issue: 'NotFalling', metric: 'validation:loss', patienceMinutes: 60, leastPercentage: 0.1 },
      {
        issue: 'Apart',
        metric: 'validation:loss',
        trainingMetric: 'train:loss',
        patienceMinutes: 30,
        largestPercentage: 10,
      },
      { issue: 'NotANumber', metric: 'loss:nan' },
    ]);
    const patience = Duration.minutes(5);
    const given = [
      TrainingCheck.falling('loss', { patience, leastPercentage: 0 }),
      TrainingCheck.together('loss', 'held', { patience, largestPercentage: 150 }),
    ];
    expect(settingsOf({ checks: given }).checks).toEqual([
      { issue: 'NotFalling', metric: 'loss', patienceMinutes: 5, leastPercentage: 0 },
      { issue: 'Apart', metric: 'held', trainingMetric: 'loss', patienceMinutes: 5, largestPercentage: 150 },
    ]);
  });

  test('are read, which needs a permission, and judged once more when a job ends well', () => {
    expect(allowed({ checks })).toContain('cloudwatch:GetMetricData *');
    const ended = jobEvent({ TrainingJobStatus: 'Completed' });
    expect(matchesPattern(ruleOf({ checks }).EventPattern, ended)).toBe(true);
    expect(matchesPattern(ruleOf({ checks }).EventPattern, jobEvent({}))).toBe(false);
  });

  test('cost nothing where they are not asked for', () => {
    expect(settingsOf()).not.toHaveProperty('checks');
    expect(allowed().join('\n')).not.toContain('cloudwatch');
    expect(matchesPattern(ruleOf().EventPattern, jobEvent({ TrainingJobStatus: 'Completed' }))).toBe(false);
  });

  test('stop a job where that is asked for', () => {
    const stopOn = [TrainingIssue.NOT_FALLING, TrainingIssue.APART, TrainingIssue.NOT_A_NUMBER];
    expect(settingsOf({ checks, stopOn }).stopOn).toEqual(['NotFalling', 'Apart', 'NotANumber']);
  });
});

describe('messages', () => {
  test('are mails by default', () => {
    expect(settingsOf()).not.toHaveProperty('message');
  });

  test('have the form of digests that is asked for, and their links', () => {
    const message = { format: MessageFormat.JSON, consoleSignIn: 'https://sso.example.com/', dashboardName: 'models' };
    expect(settingsOf(message).message).toEqual(message);
    expect(JSON.stringify(ruleOf(message).Targets[0].InputTransformer)).toContain('sso.example.com');
  });

  test.each([
    { format: MessageFormat.JSON },
    { consoleSignIn: 'https://sso.example.com/' },
    { dashboardName: 'models' },
  ])('%p acts on nothing without a topic', (message) => {
    const allowed = new RegExp(`^InvalidTrainingWatch.*${Object.keys(message)[0]}.*notificationTopic`, 's');
    expect(() => watched({ ...message, notificationTopic: undefined })).toThrow(allowed);
  });

  test('of one topic have one form, whether a digest or a watch sends them', () => {
    const { stack } = watched();
    const topic = new sns.Topic(stack, 'Chat');
    const format = MessageFormat.AMAZON_Q;
    const training = WatchedTraining.jobs('fraud-');
    const reportsBucket = s3.Bucket.fromBucketName(stack, 'Noted', 'reports');
    const monitors = groupOf(['Stack/A']);
    new ViolationDigest(stack, 'Digest', { monitors, topic, format });
    new TrainingWatch(stack, 'Same', { training, reportsBucket, notificationTopic: topic, format });
    const other = () => new TrainingWatch(stack, 'Other', { training, reportsBucket, notificationTopic: topic });
    expect(other).toThrow('TopicOfTwoForms at Stack/Other');
  });
});

describe('of a pipeline', () => {
  /** As the service puts it: names begin with small letters here. */
  const executionEvent = (status: string, pipeline = 'Churn') => ({
    source: 'aws.sagemaker',
    'detail-type': 'SageMaker Model Building Pipeline Execution Status Change',
    account: '111122223333',
    region: 'eu-west-1',
    detail: {
      pipelineArn: `arn:\${AWS::Partition}:sagemaker:eu-west-1:111122223333:pipeline/${pipeline}`,
      pipelineExecutionArn: `arn:aws:sagemaker:us-east-1:123456789012:pipeline/${pipeline}/execution/p4jn9xou8a8s`,
      currentPipelineExecutionStatus: status,
      previousPipelineExecutionStatus: 'Executing',
    },
  });

  test.each<[string, string, boolean]>([
    ['Failed', 'Churn', true],
    ['Stopped', 'churn', true],
    ['Succeeded', 'Churn', false],
    ['Executing', 'Churn', false],
    ['Failed', 'Fraud', false],
  ])('the rule hears %s of %s: %s', (status, pipeline, isHeard) => {
    expect(matchesPattern(ruleOf({ ofPipeline: 'Churn' }).EventPattern, executionEvent(status, pipeline))).toBe(
      isHeard,
    );
  });

  test('without a limit nothing has to be looked at', () => {
    expect(scheduled({ ofPipeline: 'churn' })).toEqual([]);
    const permissions = allowed({ ofPipeline: 'churn' }).join('\n');
    expect(permissions).not.toContain('ListPipelineExecutions');
    expect(permissions).toMatch(/sagemaker:DescribePipelineExecution .*:pipeline\/churn\/execution\/\*/);
  });

  test('with one, executions are', () => {
    const settings = settingsOf({ ofPipeline: 'churn', longest: Duration.hours(2) });
    expect(settings).toMatchObject({ pipelineName: 'churn', longestMinutes: 120 });
    expect(settings).not.toHaveProperty('stuckMinutes');
  });
});

test('an issue is heard on the bus', () => {
  const { stack, watch } = watched();
  watch.onIssue('Ticket');
  const { EventPattern } = resourceOf(stack, 'AWS::Events::Rule', 'TrainingTicket').Properties;
  expect(EventPattern).toMatchObject({
    source: ['cdk-sagemaker-monitoring'],
    'detail-type': ['Model Training Issue'],
    detail: { watch: ['Stack/Training'] },
  });
});

test('a stack without a watch has nothing of it, and one with a watch has no schedule for what it does not look at', () => {
  const { stack } = watched({ ofPipeline: 'churn' });
  const types = (of: Stack) =>
    Object.values(Template.fromStack(of).toJSON().Resources ?? {}).map((one) => (one as { Type: string }).Type);
  expect(types(stack)).not.toContain('AWS::Scheduler::Schedule');
  const without = newStack();
  new RetrainingTrigger(without, 'Retraining', {
    monitors: Monitor.fromMonitorAttributes(without, 'Monitor', {
      monitorId: 'a',
      monitorKind: MonitorKind.DATA_QUALITY,
      reportsBucket: s3.Bucket.fromBucketName(without, 'Reports', 'reports'),
      reportsPrefix: 'reports',
    }),
    pipeline: sagemaker.CfnPipeline.fromPipelineName(without, 'Pipeline', 'churn'),
  });
  const template = JSON.stringify(Template.fromStack(without).toJSON());
  for (const trace of ['TrainingJob', 'Model Training Issue', 'training-watch', 'Debug'])
    expect(template).not.toContain(trace);
});

describe('is refused', () => {
  test.each<[string, Asked, RegExp]>([
    ['a limit below 15 minutes', { longest: Duration.minutes(14) }, /longest.*whole minutes, 15 or more/s],
    ['half minutes', { stuckAfter: Duration.seconds(930) }, /stuckAfter.*whole minutes, 15 or more/s],
    ['to stop what takes too long, without a limit', { stopOn: [TrainingIssue.OVER_LONG] }, /stopOn.*'longest'/s],
    ['a pipeline that is stuck', { ofPipeline: 'churn', stuckAfter: Duration.hours(1) }, /stuckAfter.*training jobs/s],
    [
      'metrics of a pipeline',
      { ofPipeline: 'churn', checks: [TrainingCheck.falling('loss')] },
      /checks.*training jobs/s,
    ],
    ['no metrics', { checks: [] }, /checks.*1 to 10/s],
    ['more than ten', { checks: [...'abcdefghijk'].map((name) => TrainingCheck.falling(name)) }, /checks.*1 to 10/s],
    [
      'the same of a metric twice',
      { checks: [TrainingCheck.falling('loss'), TrainingCheck.falling('loss', { leastPercentage: 1 })] },
      /checks.*NotFalling of loss.*once/s,
    ],
    [
      'to stop what is not looked at',
      { checks: [TrainingCheck.falling('loss')], stopOn: [TrainingIssue.NOT_A_NUMBER] },
      /stopOn.*NotANumber.*a check/s,
    ],
    ['to stop a pipeline that is stuck', { ofPipeline: 'churn', stopOn: [TrainingIssue.STUCK] }, /stopOn/],
  ])('%s', (_, asked, message) => {
    expect(() => watched(asked)).toThrow(message);
    expect(() => watched(asked)).toThrow(/^InvalidTrainingWatch/);
  });

  test.each(['', '-churn', 'churn_1', 'c'.repeat(61), 'churn*'])('a prefix %p', (prefix) => {
    expect(() => WatchedTraining.jobs(prefix)).toThrow(/^InvalidTrainingWatch.*prefix/s);
  });

  test.each<[string, () => TrainingCheck, RegExp]>([
    ['a metric without a name', () => TrainingCheck.falling(''), /metric.*1 to 255/s],
    ['a name with a mark of templates', () => TrainingCheck.finite('loss<nan>'), /metric.*none of/s],
    ['a name that is too long', () => TrainingCheck.together('a', 'b'.repeat(256)), /validationMetric/],
    [
      'little patience',
      () => TrainingCheck.falling('a', { patience: Duration.minutes(4) }),
      /whole minutes, 5 or more/,
    ],
    ['half minutes', () => TrainingCheck.together('a', 'b', { patience: Duration.seconds(330) }), /patience/],
    ['a fall below 0 %', () => TrainingCheck.falling('a', { leastPercentage: -1 }), /leastPercentage.*0 to 100/s],
    ['a fall above 100 %', () => TrainingCheck.falling('a', { leastPercentage: 101 }), /leastPercentage.*0 to 100/s],
    ['no distance', () => TrainingCheck.together('a', 'b', { largestPercentage: 0 }), /largestPercentage.*above 0/s],
    ['an endless one', () => TrainingCheck.together('a', 'b', { largestPercentage: 1 / 0 }), /largestPercentage/],
  ])('%s', (_, made, message) => {
    expect(made).toThrow(message);
    expect(made).toThrow(/^InvalidTrainingWatch/);
  });

  test('nothing of a metric whose name is as long as it may be, with every character that is allowed', () => {
    const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
    const name = printable.replace(/["<>\\]/g, '');
    expect(() => TrainingCheck.finite(name.padEnd(255, '-'))).not.toThrow();
  });
});
