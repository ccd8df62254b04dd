import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { allow, READING_METRICS } from '../core/allow';
import { bucketLocation } from '../core/bucket-location';
import { BUCKET, DURATION, EVENT_BUS, TOPIC } from '../core/cdk-shapes';
import { allowDeadLetters, deadLetterQueue } from '../core/dead-letter-queue';
import { HandlerFunction } from '../core/handler-function';
import { instance, list, oneOf, optional, requireProps, type Shapes } from '../core/prop-shapes';
import { servedTarget, serveRules } from '../core/rule-delivery';
import { grantGetObjects, grantListPrefix, grantPutObjects } from '../core/s3-grants';
import { schedulerRole } from '../core/scheduler-role';
import { type Problem, throwIfAny } from '../core/validation-error';
import { wholeDurationProblems } from '../core/whole-duration';
import { MESSAGE_OPTIONS, type MessageOptions } from '../notification/message-options';
import { refuseOtherForm } from '../notification/topic-forms';
import { ownEventRule } from '../outcome/event-rule';
import { allowEvents } from '../outcome/publishing-grant';
import { reportsBucketOf } from '../outcome/reports-bucket';
import { TRAINING_ISSUE, type TrainingSettings, type TrainingWatchRequest } from './contract';
import type { TrainingBinding } from './training-binding';
import { TrainingCheck } from './training-check';
import { WatchedTraining } from './watched-training';

/** An issue for which a training may be stopped, while it is under way. */
export enum TrainingIssue {
  /** no sign of life for longer than `stuckAfter` */
  STUCK = 'Stuck',

  /** under way for longer than `longest` */
  OVER_LONG = 'OverLong',

  /** a rule of SageMaker Debugger found issues */
  RULE_FOUND_ISSUES = 'RuleFoundIssues',

  /** a metric that has to fall does not: `TrainingCheck.falling` */
  NOT_FALLING = 'NotFalling',

  /** validation is far from training: `TrainingCheck.together` */
  APART = 'Apart',

  /** values are no numbers: `TrainingCheck.finite` */
  NOT_A_NUMBER = 'NotANumber',
}

/** Props of a `TrainingWatch`. */
export interface TrainingWatchProps extends MessageOptions {
  /** What is watched: `WatchedTraining.jobs('churn-')` or `WatchedTraining.pipeline(pipeline)`. */
  readonly training: WatchedTraining;

  /**
   * Receives a message for each issue, in the form that digests have: the topic may be that of one.
   *
   * @default - the event alone tells it
   */
  readonly notificationTopic?: sns.ITopic;

  /**
   * How long a training may go on: whole minutes, 15 or more. It is looked at every 15 minutes.
   *
   * @default - as long as it likes
   */
  readonly longest?: Duration;

  /**
   * After which a training job is stuck that gives no sign of life: whole minutes, 15 or more. A sign is a stage that begins, or, while it trains, a metric; a job that trains
   * without metrics (`MetricDefinitions`) is never found stuck. Pipelines give no such signs.
   *
   * @default - Duration.hours(1) for training jobs
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeTrainingJob.html
   */
  readonly stuckAfter?: Duration;

  /**
   * What is looked at in the metrics that training jobs publish, 1 to 10 of them. They are read from CloudWatch, which bills each metric that is read: about 0.03 USD for a job and a metric
   * in a month under way. Pipelines have no such metrics.
   *
   * @default - metrics are not looked at
   */
  readonly checks?: TrainingCheck[];

  /**
   * For which issues a training under way is stopped. The function may then stop exactly what is watched.
   *
   * @default - for none: people are told
   */
  readonly stopOn?: TrainingIssue[];

  /**
   * The bus that receives an event for each issue.
   *
   * @default - the default bus of the account
   */
  readonly eventBus?: events.IEventBus;

  /**
   * The bucket in which is noted what was told.
   *
   * @default - the one of the stack's reports
   */
  readonly reportsBucket?: IBucket;
}

const PROPS: Shapes<TrainingWatchProps> = {
  ...MESSAGE_OPTIONS,
  training: instance(WatchedTraining),
  notificationTopic: optional(TOPIC),
  longest: optional(DURATION),
  stuckAfter: optional(DURATION),
  checks: optional(list(instance(TrainingCheck))),
  stopOn: optional(list(oneOf(TrainingIssue))),
  eventBus: optional(EVENT_BUS),
  reportsBucket: optional(BUCKET),
};

/** How often trainings under way are looked at. */
const LOOK = Duration.minutes(15);

/**
 * Watches training jobs, or the executions of a pipeline, and tells each issue once, by an event and a message: failed, stopped, stuck, over-long, wrong by its metrics, or found by a rule of SageMaker Debugger.
 * (New customers cannot use Debugger any more. Jobs that have its rules are watched, none are made here.)
 *
 * A training that ends well is told to nobody. What happened is read from SageMaker; its event is the sign to ask. What was told is noted below `model-training/` in the bucket of reports.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
 *
 * @example
 * import * as sns from 'aws-cdk-lib/aws-sns';
 *
 * declare const topic: sns.ITopic;
 *
 * new TrainingWatch(this, 'Training', {
 *   training: WatchedTraining.jobs('churn-'),
 *   notificationTopic: topic,
 *   longest: Duration.hours(6),
 *   checks: [TrainingCheck.falling('validation:loss'), TrainingCheck.finite('loss:nan')],
 *   stopOn: [TrainingIssue.STUCK, TrainingIssue.NOT_A_NUMBER],
 * });
 */
export class TrainingWatch extends Construct {
  private readonly eventBus?: events.IEventBus;

  constructor(scope: Construct, id: string, props: TrainingWatchProps) {
    super(scope, id);
    requireProps(props, PROPS, this);
    const binding = props.training._bind(this, props.checks !== undefined);
    throwIfAny('InvalidTrainingWatch', problemsOf(props, binding), this);
    const { notificationTopic, eventBus, reportsBucket = reportsBucketOf(this) } = props;
    this.eventBus = eventBus;
    const handler = new HandlerFunction(this, 'Function', {
      handler: 'training-watch',
      description: 'Model monitoring: tells what is wrong with a training',
      timeout: Duration.minutes(5),
      memorySize: 256,
    });
    const settings = { ...settingsOf(this, props, binding), ...this.kept(handler, reportsBucket) };
    allowEvents(handler, eventBus, TRAINING_ISSUE);
    if (notificationTopic) {
      refuseOtherForm(this, notificationTopic, props.format);
      notificationTopic.grantPublish(handler);
    }
    this.permit(handler, binding, settings);
    this.listen(handler, binding, settings);
    if (settings.longestMinutes !== undefined || settings.stuckMinutes !== undefined) {
      allow(handler, { ...binding.listing, actions: [binding.listing.action] });
      this.look(handler, settings);
    }
  }

  /** A rule that matches each issue. */
  public onIssue(id: string, options: events.OnEventOptions = {}): events.Rule {
    const { eventBus } = this;
    return ownEventRule(this, id, {
      ...options,
      eventBus,
      detailType: TRAINING_ISSUE,
      detail: { watch: [this.node.path] },
    });
  }

  /** Where is noted what was told. */
  private kept(handler: HandlerFunction, bucket: IBucket): Pick<TrainingSettings, 'notes'> {
    const prefix = `model-training/${this.node.addr}`;
    grantGetObjects(handler, bucket, `${prefix}/*`);
    grantPutObjects(handler, bucket, `${prefix}/*`);
    grantListPrefix(handler, bucket, `${prefix}/*`);
    return { notes: { ...bucketLocation(this, bucket), prefix } };
  }

  private permit(
    handler: HandlerFunction,
    { describing }: TrainingBinding,
    { stopOn, checks }: TrainingSettings,
  ): void {
    const { action, stopping, resources } = describing;
    const because = 'trainings get their names when they begin';
    allow(handler, { actions: stopOn.length > 0 ? [action, stopping] : [action], resources, because });
    if (checks) allow(handler, READING_METRICS);
  }

  private listen(
    handler: HandlerFunction,
    { eventPattern, workPath }: TrainingBinding,
    settings: TrainingSettings,
  ): void {
    serveRules(handler);
    const { account, region } = Stack.of(this);
    const request: { readonly [member in keyof TrainingWatchRequest]: unknown } = {
      settings,
      work: events.EventField.fromPath(workPath),
    };
    new events.Rule(this, 'Rule', {
      description: 'Trainings that failed, were stopped, or have an issue',
      eventPattern: { ...eventPattern, account: [account], region: [region] },
      targets: [servedTarget(handler, events.RuleTargetInput.fromObject(request))],
    });
  }

  /** Time that goes by is no event of SageMaker's. */
  private look(handler: HandlerFunction, settings: TrainingSettings): void {
    const role = schedulerRole(this, 'Looks at trainings under way');
    allow(role, { actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] });
    const queue = deadLetterQueue(this);
    allowDeadLetters(role, queue);
    const request: TrainingWatchRequest = { settings };
    new scheduler.CfnSchedule(this, 'Schedule', {
      description: 'Looks at trainings under way',
      scheduleExpression: `rate(${LOOK.toMinutes()} minutes)`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: handler.functionArn,
        roleArn: role.roleArn,
        input: Stack.of(this).toJsonString(request),
        retryPolicy: { maximumEventAgeInSeconds: LOOK.toSeconds(), maximumRetryAttempts: 2 },
        deadLetterConfig: { arn: queue.queueArn },
      },
    });
  }
}

const WHOLE_MINUTES = { unit: 'minutes', least: LOOK.toMinutes() } as const;

const MOST_CHECKS = 10;

function problemsOf(props: TrainingWatchProps, { jobPrefix }: TrainingBinding): Problem[] {
  const { longest, stuckAfter, stopOn = [], checks } = props;
  const isJobs = jobPrefix !== undefined;
  const problems = [
    ...wholeDurationProblems('longest', longest, WHOLE_MINUTES),
    ...wholeDurationProblems('stuckAfter', stuckAfter, WHOLE_MINUTES),
  ];
  const advice = "watch its training jobs beside it, by WatchedTraining.jobs, or give the pipeline a 'longest'";
  if (!isJobs && stuckAfter) problems.push({ prop: 'stuckAfter', got: 'a pipeline', allowed: 'training jobs', advice });
  if (!isJobs && checks) problems.push({ prop: 'checks', got: 'a pipeline', allowed: 'training jobs', advice });
  const issues = checks?.map(({ _settings: { issue } }): string => issue) ?? [];
  const never = stopOn.filter((issue) => {
    if (issue === TrainingIssue.OVER_LONG) return !longest;
    return !isJobs || (OF_METRICS.includes(issue) && !issues.includes(issue));
  });
  if (never.length > 0) {
    const allowed =
      "what is watched for: OVER_LONG with 'longest'; STUCK and RULE_FOUND_ISSUES of training jobs; others with a check of 'checks'";
    problems.push({ prop: 'stopOn', got: never, allowed });
  }
  return [...problems, ...checksProblems(checks), ...messageProblems(props)];
}

/** Without a topic there are no messages. */
function messageProblems(props: TrainingWatchProps): Problem[] {
  if (props.notificationTopic) return [];
  const options = ['format', 'consoleSignIn', 'dashboardName'] as const;
  return options
    .filter((prop) => props[prop] !== undefined)
    .map((prop) => ({ prop, got: props[prop], allowed: 'absent', advice: "messages need a 'notificationTopic'" }));
}

const OF_METRICS = [TrainingIssue.NOT_FALLING, TrainingIssue.APART, TrainingIssue.NOT_A_NUMBER];

function checksProblems(checks: readonly TrainingCheck[] | undefined): Problem[] {
  if (!checks) return [];
  const problems: Problem[] = [];
  const isRight = checks.length > 0 && checks.length <= MOST_CHECKS;
  if (!isRight) problems.push({ prop: 'checks', got: checks.length, allowed: `1 to ${MOST_CHECKS}` });
  const of = checks.map(({ _settings: { issue, metric } }) => `${issue} of ${metric}`);
  const twice = of.filter((one, index) => of.indexOf(one) !== index);
  if (twice.length > 0) problems.push({ prop: 'checks', got: twice, allowed: 'each issue of a metric once' });
  return problems;
}

function settingsOf(
  scope: Construct,
  props: TrainingWatchProps,
  { jobPrefix, pipelineName }: TrainingBinding,
): Omit<TrainingSettings, 'notes'> {
  const { longest, stuckAfter = Duration.hours(1), checks, stopOn = [], notificationTopic, eventBus } = props;
  const { format, consoleSignIn, dashboardName } = props;
  return {
    name: scope.node.path,
    jobPrefix,
    pipelineName,
    longestMinutes: longest?.toMinutes(),
    stuckMinutes: jobPrefix === undefined ? undefined : stuckAfter.toMinutes(),
    checks: checks?.map(({ _settings: settings }) => settings),
    stopOn,
    topicArn: notificationTopic?.topicArn,
    message: format || consoleSignIn || dashboardName ? { format, consoleSignIn, dashboardName } : undefined,
    eventBus: eventBus?.eventBusArn,
  };
}
