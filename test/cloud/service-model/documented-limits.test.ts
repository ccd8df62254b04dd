import { DOCUMENTED_LIMITS } from '../../../lib/cloud/service-model/documented-limits';
import { itemBytes } from '../../../lib/cloud/service-model/dynamodb-limits';
import type { ModelledService } from '../../../lib/cloud/service-model/figures';
import { violations } from '../../../lib/cloud/service-model/service-model';

/** An operation, what is at the limit, what is beyond it, and the member that is refused. */
type Limit = readonly [operation: string, what: string, at: object, beyond: object, path: string];

const x = (count: number) => 'x'.repeat(count);
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

const event = (detail: string, more: object = {}) => ({
  Entries: [{ Source: 's', DetailType: 't', Detail: detail, ...more }],
});
const object = (more: object) => ({ Bucket: 'bucket', Key: 'key', ...more });
const tags = (count: number) => object({ Tagging: times(count, (index) => `k${index}=v`).join('&') });
const message = (more: object) => ({ TopicArn: 'arn', Message: 'm', ...more });
const start = (more: object) => ({ stateMachineArn: 'arn', ...more });
const metric = (more: object) => ({ Namespace: 'N', MetricData: [{ MetricName: 'M', Value: 1, ...more }] });
const dimension = (more: object) => metric({ Dimensions: [{ Name: 'D', Value: 'v', ...more }] });
const metrics = (count: number) => ({
  Namespace: 'N',
  MetricData: times(count, () => ({ MetricName: 'M', Value: 1 })),
});
/** A request of 1,000 metrics whose JSON has so many bytes. */
const metricBytes = (bytes: number) => {
  const withLengths = (length: number, longer: number) => ({
    Namespace: 'N',
    MetricData: times(1000, (index) => ({
      MetricName: 'M',
      Dimensions: [{ Name: 'D', Value: x(length + (index < longer ? 1 : 0)) }],
    })),
  });
  const rest = bytes - JSON.stringify(withLengths(0, 0)).length;
  return withLengths(Math.floor(rest / 1000), rest % 1000);
};
const item = (bytes: number) => ({ TableName: 't', Item: { Id: { S: 'i' }, A: { S: x(bytes - 'IdiA'.length) } } });
const update = (more: object) => ({ TableName: 't', Key: { Id: { S: 'i' } }, ...more });
const variables = (bytes: number) => ({
  FunctionName: 'f',
  Role: 'arn:aws:iam::111122223333:role/r',
  Code: {},
  Environment: { Variables: { AB: x(bytes - '{"AB":""}'.length) } },
});

const LIMITS: readonly Limit[] = [
  ['events PutEvents', 'bytes of an entry', event(x(262_141)), event(x(262_142)), 'Entries[0]'],
  ['events PutEvents', 'what is no ASCII', event('ä'.repeat(131_070)), event('ä'.repeat(131_071)), 'Entries[0]'],
  ['events PutEvents', 'a time', event(x(262_127), { Time: 1 }), event(x(262_128), { Time: 1 }), 'Entries[0]'],
  [
    'events PutEvents',
    'resources',
    event(x(262_131), { Resources: [x(10)] }),
    event(x(262_132), { Resources: [x(10)] }),
    'Entries[0]',
  ],
  [
    'events PutRule',
    'a pattern',
    { Name: 'r', EventPattern: x(2048) },
    { Name: 'r', EventPattern: x(2049) },
    'EventPattern',
  ],
  ['lambda CreateFunction', 'an environment', variables(4096), variables(4097), 'Environment.Variables'],
  ['logs CreateLogGroup', 'a name', { logGroupName: '/aws/a' }, { logGroupName: 'aws/a' }, 'logGroupName'],
  ['s3 PutObject', 'a key', object({ Key: x(1024) }), object({ Key: x(1025) }), 'Key'],
  ['s3 GetObject', 'a key in bytes', object({ Key: 'ä'.repeat(512) }), object({ Key: 'ä'.repeat(513) }), 'Key'],
  ['s3 HeadObject', 'a bucket', object({ Bucket: x(63) }), object({ Bucket: x(64) }), 'Bucket'],
  [
    's3 ListObjectsV2',
    'a prefix',
    { Bucket: 'bucket', Prefix: x(1024) },
    { Bucket: 'bucket', Prefix: x(1025) },
    'Prefix',
  ],
  ['s3 ListObjectsV2', 'a bucket in capitals', { Bucket: 'bucket' }, { Bucket: 'Bucket' }, 'Bucket'],
  ['s3 PutObject', 'tags', tags(10), tags(11), 'Tagging'],
  ['s3 PutObject', 'tags of one key', object({ Tagging: 'a=1&b=1' }), object({ Tagging: 'a=1&a=1' }), 'Tagging'],
  [
    's3 PutObject',
    'the key of a tag',
    object({ Tagging: `${x(128)}=v` }),
    object({ Tagging: `${x(129)}=v` }),
    `Tagging.${x(129)} key`,
  ],
  [
    's3 PutObject',
    'the value of a tag',
    object({ Tagging: `k=${x(256)}` }),
    object({ Tagging: `k=${x(257)}` }),
    'Tagging.k',
  ],
  ['sns CreateTopic', 'a name', { Name: x(256) }, { Name: x(257) }, 'Name'],
  ['sns CreateTopic', 'characters of a name', { Name: 'a_b-C.fifo' }, { Name: 'a b' }, 'Name'],
  ['sns Publish', 'a subject', message({ Subject: x(99) }), message({ Subject: x(100) }), 'Subject'],
  ['sns Publish', 'a line break', message({ Subject: 'a b' }), message({ Subject: 'a\nb' }), 'Subject'],
  ['sns Publish', 'a subject beyond ASCII', message({ Subject: 'a~' }), message({ Subject: 'ä' }), 'Subject'],
  ['sns Publish', 'the beginning of a subject', message({ Subject: '!a' }), message({ Subject: ' a' }), 'Subject'],
  ['sns Publish', 'a message', message({ Message: x(262_144) }), message({ Message: x(262_145) }), 'Message'],
  [
    'sns Publish',
    'a message in bytes',
    message({ Message: 'ä'.repeat(131_072) }),
    message({ Message: 'ä'.repeat(131_073) }),
    'Message',
  ],
  ['sns Publish', 'no message', message({ Message: ' ' }), message({ Message: '' }), 'Message'],
  ['sns Publish', 'one address', message({}), message({ PhoneNumber: '1' }), ''],
  ['states StartExecution', 'a name', start({ name: x(80) }), start({ name: 'a b' }), 'name'],
  [
    'states StartExecution',
    'an input in bytes',
    start({ input: 'ä'.repeat(131_072) }),
    start({ input: 'ä'.repeat(131_073) }),
    'input',
  ],
  ['monitoring PutMetricData', 'metrics', metrics(1000), metrics(1001), 'MetricData'],
  ['monitoring PutMetricData', 'a megabyte', metricBytes(1_048_576), metricBytes(1_048_577), ''],
  [
    'monitoring PutMetricData',
    'a value',
    metric({ Value: 2 ** 360 }),
    metric({ Value: 2 ** 361 }),
    'MetricData[0].Value',
  ],
  [
    'monitoring PutMetricData',
    'a negative value',
    metric({ Value: -(2 ** 360) }),
    metric({ Value: -(2 ** 361) }),
    'MetricData[0].Value',
  ],
  [
    'monitoring PutMetricData',
    'a resolution',
    metric({ StorageResolution: 1 }),
    metric({ StorageResolution: 2 }),
    'MetricData[0].StorageResolution',
  ],
  [
    'monitoring PutMetricData',
    'a namespace',
    { ...metrics(1), Namespace: 'a b' },
    { ...metrics(1), Namespace: 'ä' },
    'Namespace',
  ],
  [
    'monitoring PutMetricData',
    'a dimension',
    dimension({ Value: 'a b' }),
    dimension({ Value: 'ä' }),
    'MetricData[0].Dimensions[0].Value',
  ],
  [
    'monitoring PutMetricData',
    'an empty dimension',
    dimension({ Value: ' a' }),
    dimension({ Value: '  ' }),
    'MetricData[0].Dimensions[0].Value',
  ],
  [
    'monitoring PutMetricData',
    'the name of a dimension',
    dimension({ Name: 'a:b' }),
    dimension({ Name: ':a' }),
    'MetricData[0].Dimensions[0].Name',
  ],
  ['dynamodb PutItem', 'an item', item(409_600), item(409_601), 'Item'],
  [
    'dynamodb GetItem',
    'a key',
    update({ Key: { Id: { S: x(2048) } } }),
    update({ Key: { Id: { S: x(2049) } } }),
    'Key.Id',
  ],
  [
    'dynamodb UpdateItem',
    'an empty key',
    update({ Key: { Id: { S: 'i' } } }),
    update({ Key: { Id: { S: '' } } }),
    'Key.Id',
  ],
  [
    'dynamodb UpdateItem',
    'an expression',
    update({ UpdateExpression: x(4096) }),
    update({ UpdateExpression: x(4097) }),
    'UpdateExpression',
  ],
  [
    'dynamodb PutItem',
    'a condition',
    { ...item(10), ConditionExpression: x(4096) },
    { ...item(10), ConditionExpression: x(4097) },
    'ConditionExpression',
  ],
  [
    'dynamodb UpdateItem',
    'a placeholder',
    update({ ExpressionAttributeNames: { [`#${x(254)}`]: 'a' } }),
    update({ ExpressionAttributeNames: { [`#${x(255)}`]: 'a' } }),
    `#${x(255)} key`,
  ],
  [
    'dynamodb UpdateItem',
    'substitutions',
    update({ ExpressionAttributeValues: { ':a': { S: x(2_097_150) } } }),
    update({ ExpressionAttributeValues: { ':a': { S: x(2_097_151) } } }),
    '',
  ],
];

describe('what documentation alone limits', () => {
  test.each(LIMITS)('%s: %s', (operation, _, at, beyond, path) => {
    const [service, name] = operation.split(' ') as [ModelledService, string];
    expect(violations(service, name, at)).toEqual([]);
    expect(violations(service, name, beyond)).toEqual([expect.objectContaining({ path })]);
  });

  test('is tried of every operation that has such a limit', () => {
    expect(Object.keys(DOCUMENTED_LIMITS).sort()).toEqual([...new Set(LIMITS.map(([operation]) => operation))].sort());
  });

  test('is not looked at where the model refuses already', () => {
    const input = { Entries: [{ Detail: x(300_000), TraceHeader: '' }] };
    expect(violations('events', 'PutEvents', input).map(({ path }) => path)).toEqual(['Entries[0].TraceHeader']);
  });
});

test.each([
  ['a text', { S: 'äb' }, 3],
  ['bytes', { B: Buffer.from([1, 2]) }, 2],
  ['a number', { N: '-123.45' }, 4],
  ['true', { BOOL: true }, 1],
  ['nothing', { NULL: true }, 1],
  ['a set of texts', { SS: ['ab', 'c'] }, 3],
  ['a set of numbers', { NS: ['12', '3'] }, 4],
  ['a list', { L: [{ S: 'ab' }, { BOOL: false }] }, 3 + 1 + 2 + 1 + 1],
  ['a map', { M: { k: { S: 'ab' } } }, 3 + 1 + 1 + 2],
])('an attribute of %s has its size, and its name', (_, value, bytes) => {
  expect(itemBytes({ name: value })).toBe('name'.length + bytes);
});
