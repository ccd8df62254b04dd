import type { Authorizer } from '../account/authorizer';
import type { Metrics } from '../account/metrics';
import { type Members, objectList, optionalNumber, textMember } from '../members';
import { type Caller, jsonService, refuseUnknown, type Service, ServiceError } from './service';

const DAY = 86_400_000;
const OLDEST = 14 * DAY;
const NEWEST = DAY / 12;
const MOST_METRICS = 1000;
const LARGEST_VALUE = 2 ** 360;
/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html */
const DIMENSION_VALUE = /^(?=.*[!-~])[ -~]+$/;

/**
 * CloudWatch: PutMetricData, in AWS JSON 1.0 as the SDK for JavaScript sends it, compressed or not.
 *
 * At most 1,000 metrics; values may be two weeks old and two hours ahead, in virtual time, and are at most 2^360, with either sign; dimensions are ASCII.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 */
export function cloudWatch(metrics: Metrics, authorizer: Authorizer, now: () => Date): Service {
  const put = (input: Members, caller: Caller): Members => {
    const namespace = textMember(input, 'Namespace', 'PutMetricData');
    const context = { 'cloudwatch:namespace': namespace };
    authorizer.require(caller, { action: 'cloudwatch:PutMetricData', resource: '*', context });
    const data = objectList(input, 'MetricData', 'PutMetricData');
    if (data.length > MOST_METRICS) refuse(`there are ${data.length} metrics, allowed are ${MOST_METRICS}`);
    metrics.put(data.map((datum) => ({ namespace, ...datumOf(datum, now()) })));
    return {};
  };
  return jsonService(
    { name: 'CloudWatch', version: '1.0', model: 'monitoring' },
    { PutMetricData: { members: ['Namespace', 'MetricData'], run: put } },
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
  if (Math.abs(value) > LARGEST_VALUE) refuse(`the value of ${name} is ${value}: at most 2^360 is allowed`);
  return { metricName: name, dimensions: Object.fromEntries(dimensions), time, value };
}

function dimensionOf(dimension: Members, name: string): readonly [string, string] {
  const value = textMember(dimension, 'Value', name);
  if (!DIMENSION_VALUE.test(value)) {
    refuse(
      `a dimension of ${name} is ${JSON.stringify(value)}: ASCII without control characters is allowed, not spaces alone`,
    );
  }
  return [textMember(dimension, 'Name', name), value];
}

function refuse(message: string): never {
  throw new ServiceError('InvalidParameterValue', message);
}
