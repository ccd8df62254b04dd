import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ALARM_ACTIONS } from '../core/cdk-shapes';
import { instance, list, optional, requireProps, type Shapes } from '../core/prop-shapes';
import { throwIfAny } from '../core/validation-error';
import { EndpointOperations } from '../endpoint/endpoint-operations';
import { OperationsAlarm } from '../endpoint/operations-alarm';

/** Props of `OperationsAlarms`. */
export interface OperationsAlarmsProps {
  /** What is watched: a variant of an endpoint, or an inference component. */
  readonly operations: EndpointOperations;

  /**
   * The alarms, each once; `OperationsAlarm.defaults(operations)` are those that there are otherwise.
   *
   * @default - the three of `OperationsAlarm.defaults`: latency, errors of the server, memory
   */
  readonly alarms?: OperationsAlarm[];

  /**
   * What happens when one of the alarms fires; at most five actions.
   *
   * @default - nothing; add actions to the alarms later
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * What happens when one of the alarms goes back; at most five actions.
   *
   * @default - nothing; add actions to the alarms later
   */
  readonly okActions?: cloudwatch.IAlarmAction[];
}

const PROPS: Shapes<OperationsAlarmsProps> = {
  operations: instance(EndpointOperations),
  alarms: optional(list(instance(OperationsAlarm))),
  alarmActions: optional(ALARM_ACTIONS),
  okActions: optional(ALARM_ACTIONS),
};

/**
 * Alarms on how an endpoint does its work: how fast, how often in vain, how near to its limits.
 *
 * Missing values never fire them, but for that of an endpoint which is used no more: an endpoint that nobody asks is neither slow nor broken.
 *
 * @example
 * import * as sns from 'aws-cdk-lib/aws-sns';
 *
 * declare const endpoint: Endpoint;
 * declare const topic: sns.Topic;
 * const operations = EndpointOperations.of(endpoint);
 * new OperationsAlarms(this, 'Operations', {
 *   operations,
 *   alarms: [OperationsAlarm.serverErrors(), OperationsAlarm.noTraffic()],
 *   alarmActions: [new TopicAlarmAction(topic)],
 * });
 */
export class OperationsAlarms extends Construct {
  private readonly made: cloudwatch.AlarmBase[];

  constructor(scope: Construct, id: string, props: OperationsAlarmsProps) {
    super(scope, id);
    requireProps(props, PROPS, this);
    const { operations, alarms = OperationsAlarm.defaults(operations), alarmActions = [], okActions = [] } = props;
    const ids = alarms.map((alarm) => alarm._id);
    const twice = ids.filter((one, index) => ids.indexOf(one) < index);
    throwIfAny(
      'InvalidOperationsAlarm',
      twice.map((got) => ({ prop: 'alarms', got, allowed: 'each alarm once' })),
      this,
    );
    this.made = alarms.map((alarm) => alarm._make(this, operations));
    for (const alarm of this.made) {
      if (alarmActions.length > 0) alarm.addAlarmAction(...alarmActions);
      if (okActions.length > 0) alarm.addOkAction(...okActions);
    }
  }

  /** The alarms, in the order in which they were asked for. */
  public get alarms(): cloudwatch.AlarmBase[] {
    return [...this.made];
  }
}
