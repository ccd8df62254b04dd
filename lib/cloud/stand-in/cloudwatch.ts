import type { Metrics } from '../account/metrics';
import { type Members, objectList, optionalNumber, textMember } from '../members';
import { type AlarmListingProps, describeAlarms } from './alarm-listing';
import { metricData } from './metric-data';
import { type Caller, jsonService, refuseUnknown, type Service, ServiceError } from './service';

const DAY = 86_400_000;
const OLDEST = 14 * DAY;
const NEWEST = DAY / 12;

/** What CloudWatch works on. */
export interface CloudWatchProps extends AlarmListingProps {
  readonly metrics: Metrics;
  readonly now: () => Date;
}

/**
 * CloudWatch: PutMetricData, GetMetricData and DescribeAlarms, in AWS JSON 1.0 as the SDK for JavaScript sends them, compressed or not.
 *
 * Values may be two weeks old and two hours ahead, in virtual time.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 */
export function cloudWatch(props: CloudWatchProps): Service {
  const { metrics, authorizer, now } = props;
  const put = (input: Members, caller: Caller): Members => {
    const namespace = textMember(input, 'Namespace', 'PutMetricData');
    const context = { 'cloudwatch:namespace': namespace };
    authorizer.require(caller, { action: 'cloudwatch:PutMetricData', resource: '*', context });
    const data = objectList(input, 'MetricData', 'PutMetricData');
    metrics.put(data.map((datum) => ({ namespace, ...datumOf(datum, now()) })));
    return {};
  };
  return jsonService(
    { name: 'CloudWatch', version: '1.0', model: 'monitoring', refusalCode: 'InvalidParameterValue' },
    {
      DescribeAlarms: describeAlarms(props),
      PutMetricData: { members: ['Namespace', 'MetricData'], run: put },
      GetMetricData: {
        members: ['MetricDataQueries', 'StartTime', 'EndTime'],
        run: (input, caller) => {
          authorizer.require(caller, { action: 'cloudwatch:GetMetricData', resource: '*' });
          return metricData(metrics, input);
        },
      },
    },
  );
}

function datumOf(datum: Members, now: Date) {
  refuseUnknown(
    datum,
    ['MetricName', 'Dimensions', 'Timestamp', 'Value', 'Unit', 'StorageResolution'],
    'a metric datum',
  );
  const name = textMember(datum, 'MetricName', 'a metric datum');
  const seconds = optionalNumber(datum, 'Timestamp', name) ?? now.getTime() / 1000;
  const time = new Date(seconds * 1000);
  if (time.getTime() < now.getTime() - OLDEST || time.getTime() > now.getTime() + NEWEST) {
    refuse(`the time ${time.toISOString()} of ${name} is out of range: two weeks back to two hours ahead`);
  }
  const dimensions = objectList(datum, 'Dimensions', name).map((dimension) => dimensionOf(dimension, name));
  const value = datum.Value;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    refuse(`the value of ${name} is ${JSON.stringify(value)}: a number is required`);
  }
  return { metricName: name, dimensions: Object.fromEntries(dimensions), time, value };
}

function dimensionOf(dimension: Members, name: string): readonly [string, string] {
  return [textMember(dimension, 'Name', name), textMember(dimension, 'Value', name)];
}

function refuse(message: string): never {
  throw new ServiceError('InvalidParameterValue', message);
}
