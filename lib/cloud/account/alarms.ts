import { CloudError } from '../cloud-error';
import { type Members, textList, textMember } from '../members';
import { type AlarmStateValue, AlarmWatch } from '../semantics/alarm-state/alarm-state';
import { type AlarmRule, alarmRule } from './alarm-rule';
import type { Authorizer } from './authorizer';
import type { EventBus } from './event-bus';
import type { Metrics } from './metrics';
import type { Recorder } from './recorder';
import type { Simulation } from './simulation';
import { serviceOf } from './targets';
import type { Topics } from './topics';

/** An alarm of the template. */
export interface Alarm {
  readonly arn: string;
  readonly name: string;
  /** resolved properties */
  readonly props: Members;
}

interface Change {
  readonly from: AlarmStateValue;
  readonly to: AlarmStateValue;
  readonly reason: string;
}

/** What alarms work with. */
export interface AlarmsProps {
  readonly simulation: Simulation;
  readonly recorder: Recorder;
  readonly authorizer: Authorizer;
  readonly metrics: Metrics;
  readonly topics: Topics;
  readonly bus: EventBus;
}

const CLOUDWATCH = 'cloudwatch.amazonaws.com';
const ACTIONS: Record<AlarmStateValue, string> = {
  OK: 'OKActions',
  ALARM: 'AlarmActions',
  INSUFFICIENT_DATA: 'InsufficientDataActions',
};

/** CloudWatch alarms: evaluated every virtual minute; a change of state runs the actions and becomes an event. */
export class Alarms {
  private readonly alarms: { readonly alarm: Alarm; readonly watch: AlarmWatch }[] = [];
  private readonly composites: { readonly alarm: Alarm; readonly rule: AlarmRule; state: AlarmStateValue }[] = [];

  public constructor(private readonly props: AlarmsProps) {}

  /** Takes an alarm; one on anomalies stays as it is, because what CloudWatch learns of a metric is not known here. */
  public add(alarm: Alarm): void {
    refuseUnknownActions(alarm);
    if (alarm.props.ThresholdMetricId !== undefined) return;
    this.alarms.push({ alarm, watch: new AlarmWatch(alarm.props, 'INSUFFICIENT_DATA', this.props.simulation.now) });
  }

  public addComposite(alarm: Alarm): void {
    refuseUnknownActions(alarm);
    const rule = alarmRule(textMember(alarm.props, 'AlarmRule', alarm.name));
    this.composites.push({ alarm, rule, state: 'INSUFFICIENT_DATA' });
  }

  public remove(arn: string): void {
    const others = <T extends { readonly alarm: Alarm }>(all: T[]) => all.filter(({ alarm }) => alarm.arn !== arn);
    this.alarms.splice(0, this.alarms.length, ...others(this.alarms));
    this.composites.splice(0, this.composites.length, ...others(this.composites));
  }

  /** Metric alarms, without composite ones. */
  public all(): Alarm[] {
    return this.alarms.map(({ alarm }) => alarm);
  }

  /** The state of each alarm by its ARN, composite ones included; of those on anomalies it is not known. */
  public states(): ReadonlyMap<string, AlarmStateValue> {
    const metric = this.alarms.map(({ alarm, watch }) => [alarm.arn, watch.state] as const);
    return new Map([...metric, ...this.composites.map(({ alarm, state }) => [alarm.arn, state] as const)]);
  }

  /** Evaluates every alarm at the virtual time, composite alarms last. */
  public evaluate(): void {
    const now = this.props.simulation.now;
    for (const { alarm, watch } of this.alarms) {
      const { changed, previous, state, reason } = watch.evaluate(this.props.metrics, now);
      if (changed) {
        this.changed(alarm, { from: previous, to: state, reason });
      }
    }
    for (const composite of this.composites) {
      const to = composite.rule((name) => this.stateOf(name)) ? 'ALARM' : 'OK';
      if (to !== composite.state) {
        const change = { from: composite.state, to, reason: 'its alarm rule' } as const;
        composite.state = to;
        this.changed(composite.alarm, change);
      }
    }
  }

  /** By name or ARN; throws for an alarm that is not deployed. */
  private stateOf(nameOrArn: string): AlarmStateValue {
    const named = ({ alarm }: { alarm: Alarm }) => alarm.name === nameOrArn || alarm.arn === nameOrArn;
    const state = this.alarms.find(named)?.watch.state ?? this.composites.find(named)?.state;
    if (state === undefined) {
      throw new CloudError(
        'MissingResource',
        `a composite alarm watches '${nameOrArn}', which is not part of the deployed stacks`,
      );
    }
    return state;
  }

  private changed(alarm: Alarm, change: Change): void {
    const { recorder, bus } = this.props;
    const { from, to, reason } = change;
    recorder.alarmChanges.push({ time: recorder.time, alarmArn: alarm.arn, from, to, reason });
    recorder.happened('alarm', `${recorder.title(alarm.arn)}: ${from} → ${to}`, reason);
    bus.put(stateChangeEvent(alarm, change, recorder.time), bus.arnOf('default'));
    if (alarm.props.ActionsEnabled !== false && alarm.props.ActionsEnabled !== 'false') {
      for (const action of textList(alarm.props, ACTIONS[to], alarm.name)) {
        this.act(alarm, action, change);
      }
    }
  }

  private act(alarm: Alarm, action: string, change: Change): void {
    const { recorder, authorizer, topics } = this.props;
    const topic = topics.get(action);
    const refusal =
      topic === undefined
        ? `${action} is not part of the deployed stacks`
        : authorizer.refuseService(
            {
              service: CLOUDWATCH,
              action: 'sns:Publish',
              resource: topic.arn,
              resourcePolicy: topic.policy,
              context: { 'aws:SourceArn': alarm.arn, 'AWS:SourceOwner': alarm.arn.split(':')[4] ?? '' },
            },
            'alarm',
          );
    const delivered = refusal === undefined;
    recorder.deliveries.push({
      time: recorder.time,
      from: alarm.arn,
      to: action,
      delivered,
      reason: refusal ?? 'allowed',
    });
    if (topic !== undefined && delivered) {
      topics.publish(topic, CLOUDWATCH, notification(alarm, change, recorder.time));
    } else {
      recorder.problem('alarm', `${recorder.title(alarm.arn)} could not notify`, `${action}: ${refusal}`);
    }
  }
}

function notification(alarm: Alarm, { from, to, reason }: Change, time: string) {
  const subject = `${to}: "${alarm.name}"`.slice(0, 100);
  const body = {
    AlarmName: alarm.name,
    AlarmDescription: alarm.props.AlarmDescription ?? null,
    NewStateValue: to,
    NewStateReason: reason,
    StateChangeTime: time,
    OldStateValue: from,
    AlarmArn: alarm.arn,
  };
  return { subject, body: JSON.stringify(body, undefined, 2) };
}

/**
 * The event that each change of state becomes.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
function stateChangeEvent(alarm: Alarm, { from, to, reason }: Change, time: string) {
  return {
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    resources: [alarm.arn],
    detail: {
      alarmName: alarm.name,
      state: { value: to, reason, timestamp: time },
      previousState: { value: from },
      configuration: {},
    },
  };
}

function refuseUnknownActions({ name, props }: Alarm): void {
  for (const list of Object.values(ACTIONS)) {
    const unknown = textList(props, list, name).find((arn) => serviceOf(arn) !== 'sns');
    if (unknown !== undefined) {
      throw new CloudError(
        'NotRehearsed',
        `alarm ${name}: the rehearsal knows actions on SNS topics only, not ${unknown} in ${list}`,
      );
    }
  }
}
