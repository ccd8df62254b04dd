import { isMembers, type Members } from '../members';
import { itemFaults, requestFaults } from './dynamodb-limits';
import { type Violation, violation } from './violation';

/** Says what of an input, whose members have the types of the published model, documentation refuses and the model does not. */
type DocumentedLimits = (input: Members) => Violation[];

/** Bytes of what Step Functions, SNS and EventBridge take at most. */
const QUARTER_MEGABYTE = 256 * 1024;

const MEGABYTE = 1024 * 1024;

/** What a text is like, and how to say so. */
interface Form {
  readonly pattern: RegExp;
  readonly allowed: string;
}

const BUCKET = {
  pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  allowed: 'be 3 to 63 lower-case letters, digits, dots and hyphens',
};
const DIMENSION_NAME = { pattern: /^(?!:)(?=.*[!-~])[ -~]+$/, allowed: 'be ASCII, not begin with :' };
const DIMENSION_VALUE = { pattern: /^(?=.*[!-~])[ -~]+$/, allowed: 'be ASCII, not spaces alone' };
const EXECUTION_NAME = { pattern: /^[A-Za-z0-9_-]{1,80}$/, allowed: 'be 1 to 80 letters, digits, - and _' };
const NAMESPACE = { pattern: /^[ -~]*$/, allowed: 'be ASCII without control characters' };
const SUBJECT = {
  pattern: /^[!-~][ -~]{0,98}$/,
  allowed: 'be less than 100 printable ASCII characters, no space first',
};
const TOPIC_NAME = { pattern: /^[\w-]{1,256}(\.fifo)?$/, allowed: 'be 1 to 256 letters, digits, _ and -' };

/** Limits that the published models do not state, each with the page that does; by service and operation. */
export const DOCUMENTED_LIMITS: Readonly<Record<string, DocumentedLimits>> = {
  'dynamodb GetItem': ({ Key }) => itemFaults('Key', Key),
  'dynamodb PutItem': (input) => [...itemFaults('Item', input.Item), ...requestFaults(input)],
  'dynamodb UpdateItem': (input) => [...itemFaults('Key', input.Key), ...requestFaults(input)],
  'events PutEvents': ({ Entries }) => list(Entries).flatMap(entryFaults),
  'events PutRule': ({ EventPattern }) => patternFaults(EventPattern),
  'lambda CreateFunction': ({ Environment }) => environmentFaults(Environment),
  'logs CreateLogGroup': ({ logGroupName }) => logGroupFaults(logGroupName),
  'monitoring PutMetricData': metricFaults,
  's3 GetObject': bucketAndKeyFaults,
  's3 HeadObject': bucketAndKeyFaults,
  's3 ListObjectsV2': bucketAndKeyFaults,
  's3 PutObject': (input) => [...bucketAndKeyFaults(input), ...tagFaults(input.Tagging)],
  'sns CreateTopic': ({ Name }) => topicFaults(Name),
  'sns Publish': messageFaults,
  'states StartExecution': ({ name, input }) => [...executionNameFaults(name), ...inputFaults(input)],
};

/**
 * In bytes of UTF-8, by members; 14 for a time. Since January 2026 an entry is said to have up to 1 MB, which not every page of the documentation knows: the
 * lesser holds here.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html
 */
function entryFaults(entry: Members, index: number): Violation[] {
  const resources = Array.isArray(entry.Resources) ? entry.Resources : [];
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...resources];
  const bytes = texts.reduce<number>((sum, text) => sum + byteLength(text), entry.Time === undefined ? 0 : 14);
  const path = `Entries[${index}]`;
  return bytes < QUARTER_MEGABYTE
    ? []
    : [violation(path, `${bytes} bytes`, `have less than ${QUARTER_MEGABYTE} bytes`)];
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html (the default; the model's figure is what it can be raised to) */
function patternFaults(pattern: unknown): Violation[] {
  return sizeFaults('EventPattern', String(pattern ?? '').length, { most: 2048, unit: 'characters' });
}

/**
 * As JSON: the error of the service shows what it measured.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
function environmentFaults(environment: unknown): Violation[] {
  const variables = isMembers(environment) ? environment.Variables : undefined;
  const bytes = variables === undefined ? 0 : byteLength(JSON.stringify(variables));
  return sizeFaults('Environment.Variables', bytes, { most: 4096 });
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
function logGroupFaults(name: unknown): Violation[] {
  return String(name).startsWith('aws/') ? [violation('logGroupName', name, 'not begin with aws/')] : [];
}

/**
 * 1,000 metrics and 1 MB in a request; values up to 2^360, with either sign; namespaces and dimensions in ASCII.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html
 */
function metricFaults(input: Members): Violation[] {
  const data = list(input.MetricData);
  return [
    ...sizeFaults('MetricData', data.length, { most: 1000, unit: 'metrics' }),
    ...sizeFaults('', byteLength(JSON.stringify(input)), { most: MEGABYTE }),
    ...textFaults('Namespace', input.Namespace, NAMESPACE),
    ...data.flatMap((datum, index) => datumFaults(datum, `MetricData[${index}]`)),
  ];
}

function datumFaults(datum: Members, path: string): Violation[] {
  const { Value: value, StorageResolution: resolution = 60 } = datum;
  const tooLarge = typeof value === 'number' && Math.abs(value) > 2 ** 360;
  return [
    ...(tooLarge ? [violation(`${path}.Value`, value, 'be within -2^360 and 2^360')] : []),
    ...(resolution === 60 || resolution === 1
      ? []
      : [violation(`${path}.StorageResolution`, resolution, 'be 1 or 60')]),
    ...list(datum.Dimensions).flatMap(({ Name, Value }, index) => [
      ...textFaults(`${path}.Dimensions[${index}].Name`, Name, DIMENSION_NAME),
      ...textFaults(`${path}.Dimensions[${index}].Value`, Value, DIMENSION_VALUE),
    ]),
  ];
}

/**
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
function bucketAndKeyFaults({ Bucket, Key, Prefix }: Members): Violation[] {
  return [
    ...textFaults('Bucket', Bucket, BUCKET),
    ...sizeFaults('Key', byteLength(Key), { most: 1024 }),
    ...sizeFaults('Prefix', byteLength(Prefix), { most: 1024 }),
  ];
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
function tagFaults(tagging: unknown): Violation[] {
  const tags = [...new URLSearchParams(typeof tagging === 'string' ? tagging : '')];
  const names = new Set(tags.map(([key]) => key));
  return [
    ...sizeFaults('Tagging', tags.length, { most: 10, unit: 'tags' }),
    ...(names.size < tags.length ? [violation('Tagging', tagging, 'have each key once')] : []),
    ...tags.flatMap(([key, value]) => [
      ...sizeFaults(`Tagging.${key} key`, key.length, { most: 128, unit: 'characters' }),
      ...sizeFaults(`Tagging.${key}`, value.length, { most: 256, unit: 'characters' }),
    ]),
  ];
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
function topicFaults(name: unknown): Violation[] {
  return textFaults('Name', name, TOPIC_NAME);
}

/**
 * The subject as the stricter of two editions of the page has it: ASCII, less than 100 characters, no line breaks or control characters, and no space at
 * its beginning. The message is what a topic takes by default.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
function messageFaults({ Subject, Message, ...input }: Members): Violation[] {
  const addresses = ['TopicArn', 'TargetArn', 'PhoneNumber'].filter((name) => input[name] !== undefined);
  return [
    ...textFaults('Subject', Subject, SUBJECT),
    ...(Message === '' ? [violation('Message', Message, 'not be empty')] : []),
    ...sizeFaults('Message', byteLength(Message), { most: QUARTER_MEGABYTE }),
    ...(addresses.length === 1 ? [] : [violation('', addresses, 'have one of TopicArn, TargetArn and PhoneNumber')]),
  ];
}

/**
 * Names that logging takes as well.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
function executionNameFaults(name: unknown): Violation[] {
  return textFaults('name', name, EXECUTION_NAME);
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
function inputFaults(input: unknown): Violation[] {
  return sizeFaults('input', byteLength(input), { most: QUARTER_MEGABYTE });
}

interface Most {
  readonly most: number;
  readonly unit?: 'bytes' | 'characters' | 'metrics' | 'tags';
}

function sizeFaults(path: string, size: number, { most, unit = 'bytes' }: Most): Violation[] {
  return size <= most ? [] : [violation(path, `${size} ${unit}`, `have at most ${most} ${unit}`)];
}

/** What is absent has no fault. */
function textFaults(path: string, text: unknown, { pattern, allowed }: Form): Violation[] {
  return text === undefined || pattern.test(String(text)) ? [] : [violation(path, text, allowed)];
}

function list(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.filter(isMembers) : [];
}

function byteLength(text: unknown): number {
  return typeof text === 'string' ? Buffer.byteLength(text) : 0;
}
