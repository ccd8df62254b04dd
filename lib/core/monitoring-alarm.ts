import { Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { TopicAlarmAction } from './topic-alarm-action';
import { ValidationError } from './validation-error';

/**
 * Actions of one alarm for each of its states.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
const MAX_ACTIONS = 5;

/** The ARN of an `Ec2Action`, whose partition and region may be known at deployment only: the CDK's own check then finds nothing. */
const ON_INSTANCE = /:automate:.*:ec2:/;

/** Lets `LambdaAction` name its permission after the alarm; new apps have it, others have one name for the permissions of all alarms. */
const PERMISSION_BY_ALARM = '@aws-cdk/aws-cloudwatch-actions:changeLambdaPermissionLogicalIdForLambdaAction';

/**
 * The actions of an alarm for one of its states.
 *
 * @internal
 */
export type AlarmActionList = 'alarmActions' | 'okActions' | 'insufficientDataActions';

/**
 * An alarm of this library: an action that makes constructs may be given to any number of alarms, each action stands in a list once, and
 * more than CloudWatch takes of them are refused.
 *
 * @internal
 */
export class MonitoringAlarm extends cloudwatch.Alarm {
  private readonly arns = new Map<AlarmActionList, Set<string>>();
  private readonly arnByAction = new Map<cloudwatch.IAlarmAction, string>();
  private asSeenByActions?: cloudwatch.IAlarm;

  // of none, older versions of the CDK write an empty list
  public addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void {
    if (actions.length > 0) super.addAlarmAction(...this.admitted('alarmActions', actions));
  }

  public addOkAction(...actions: cloudwatch.IAlarmAction[]): void {
    if (actions.length > 0) super.addOkAction(...this.admitted('okActions', actions));
  }

  public addInsufficientDataAction(...actions: cloudwatch.IAlarmAction[]): void {
    if (actions.length > 0) super.addInsufficientDataAction(...this.admitted('insufficientDataActions', actions));
  }

  /** The ARN of an action, which is bound to this alarm once. */
  public arnOf(action: cloudwatch.IAlarmAction): string {
    const known = this.arnByAction.get(action);
    if (known !== undefined) return known;
    const { alarmActionArn } = action instanceof TopicAlarmAction ? action.bind(this, this) : this.bound(action);
    this.arnByAction.set(action, alarmActionArn);
    return alarmActionArn;
  }

  /** Whether a list has an action already, as far as that is known without binding it. */
  public hasBound(list: AlarmActionList, action: cloudwatch.IAlarmAction): boolean {
    return this.arnsOf(list).has(this.arnByAction.get(action) ?? '');
  }

  /** The ARNs of a list. */
  public arnsOf(list: AlarmActionList): Set<string> {
    const arns = this.arns.get(list) ?? new Set();
    this.arns.set(list, arns);
    return arns;
  }

  /** Whether a list takes no further action. */
  public isFull(list: AlarmActionList): boolean {
    return this.arnsOf(list).size >= MAX_ACTIONS;
  }

  /** What an action answers that may make constructs, as any but our own may. */
  private bound(action: cloudwatch.IAlarmAction): cloudwatch.AlarmActionConfig {
    this.asSeenByActions ??= underUniqueId(this);
    return action.bind(this.asSeenByActions.node.scope as Construct, this.asSeenByActions);
  }

  /** Those of the actions that a list has not yet, bound. */
  private admitted(list: AlarmActionList, actions: readonly cloudwatch.IAlarmAction[]): cloudwatch.IAlarmAction[] {
    const before = this.arnsOf(list);
    const added = [...new Set(actions.map((action) => this.arnOf(action)))].filter((arn) => !before.has(arn));
    const got = before.size + added.length;
    if (got > MAX_ACTIONS) throw tooMany(list, got, this);
    if (added.some((arn) => ON_INSTANCE.test(arn))) throw onInstance(list, this);
    for (const arn of added) before.add(arn);
    return added.map((alarmActionArn) => ({ bind: () => ({ alarmActionArn }) }));
  }
}

function onInstance(prop: AlarmActionList, alarm: Construct): ValidationError {
  const allowed = "actions that fit the alarm's metric";
  const advice = 'the metric is of no EC2 instance that could be stopped, terminated, rebooted or recovered';
  return new ValidationError('InvalidAlarmAction', [{ prop, got: 'an Ec2Action', allowed, advice }], alarm);
}

function tooMany(list: AlarmActionList, got: number, alarm: Construct): ValidationError {
  const allowed = `at most ${MAX_ACTIONS} different actions for each state of an alarm, a 'notificationTopic' among them`;
  const advice = 'let one topic tell all: subscribe to it what else is to happen';
  return new ValidationError('TooManyAlarmActions', [{ prop: list, got, allowed, advice }], alarm);
}

/** An alarm in a scope and under an id that no other has: actions make constructs there, or elsewhere, named after it. */
function underUniqueId(alarm: cloudwatch.Alarm): cloudwatch.IAlarm {
  const scope = new Construct(alarm, 'Actions');
  scope.node.setContext(PERMISSION_BY_ALARM, true);
  return cloudwatch.Alarm.fromAlarmArn(scope, Names.uniqueId(alarm), alarm.alarmArn);
}
