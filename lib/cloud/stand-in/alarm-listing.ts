import type { Alarm, Alarms } from '../account/alarms';
import type { Authorizer } from '../account/authorizer';
import type { Recorder } from '../account/recorder';
import { type Members, objectList, optionalText, textList } from '../members';
import { page } from './page';
import type { Caller } from './service';
import { ServiceError } from './service';

/** What a listing of alarms works on. */
export interface AlarmListingProps {
  readonly alarms: Alarms;
  readonly recorder: Recorder;
  readonly authorizer: Authorizer;
  /** of all alarms of the account and region */
  readonly arn: string;
}

/** Alarms on one page where the input does not say how many. */
const PAGE_ALARMS = 50;

/**
 * DescribeAlarms, of metric alarms in a state.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export function describeAlarms(props: AlarmListingProps) {
  return {
    members: ['StateValue', 'AlarmTypes', 'MaxRecords', 'NextToken'],
    run: (input: Members, caller: Caller): Members => {
      const { authorizer, alarms, recorder, arn } = props;
      authorizer.require(caller, { action: 'cloudwatch:DescribeAlarms', resource: arn });
      const types = textList(input, 'AlarmTypes', 'DescribeAlarms');
      if (types.join() !== 'MetricAlarm')
        throw new ServiceError('InvalidParameterValue', `alarms of ${types.join() || 'all types'} are not modelled`);
      const state = optionalText(input, 'StateValue', 'DescribeAlarms');
      const states = alarms.states();
      const items = alarms.all().filter(({ arn: one }) => state === undefined || states.get(one) === state);
      const summary = (alarm: Alarm) => summaryOf(alarm, { state: states.get(alarm.arn), recorder });
      const asked = { ...input, MaxResults: input.MaxRecords };
      return page(asked, { items, member: 'MetricAlarms', size: PAGE_ALARMS, summary });
    },
  };
}

function summaryOf({ arn, name, props }: Alarm, { state, recorder }: { state?: string; recorder: Recorder }): Members {
  const changed = recorder.alarmChanges.filter(({ alarmArn }) => alarmArn === arn).at(-1);
  const { Namespace, MetricName } = props;
  const Metrics = objectList(props, 'Metrics', name);
  return {
    ...{ AlarmArn: arn, AlarmName: name, StateValue: state },
    ...(changed && { StateUpdatedTimestamp: Date.parse(changed.time) / 1000 }),
    ...(Metrics.length > 0 ? { Metrics } : { Namespace, MetricName }),
  };
}
