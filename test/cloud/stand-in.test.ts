import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Account } from '../../lib/cloud/account/account';
import type { FunctionProcess } from '../../lib/cloud/function/function-process';
import type { Statement } from '../../lib/cloud/semantics/policy/policy';
import type { StandIn } from '../../lib/cloud/stand-in/server';
import { WARM_WORKSHOP } from './fixtures/warm-workshop';

const NOW = Date.parse('2026-01-05T10:00:00Z');
const ROLE = 'arn:aws:iam::123456789012:role/caller';
const ALLOW_ALL: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };

let folder: string;
let account: Account;
let standIn: StandIn;
let statements: Statement[];
let client: FunctionProcess;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'si-'));
  account = new Account({
    accountId: '123456789012',
    region: 'us-east-1',
    startTime: NOW,
    folder,
    duplicateEvents: true,
    progress: () => undefined,
  });
  standIn = await account.listen(WARM_WORKSHOP.socketPath);
  statements = [ALLOW_ALL];
  account.authorizer.roles.set(ROLE, { arn: ROLE, name: 'caller', trust: [], statements });
  account.objects.createBucket('bucket');
});

afterEach(async () => {
  client?.release();
  await standIn.stop();
  rmSync(folder, { recursive: true });
});

/** Sends commands with the SDK's own clients, as a function would; an error comes back as its name and message. */
function send(sdk: string, calls: string): Promise<unknown> {
  client?.release();
  const file = join(folder, 'index.mjs');
  writeFileSync(
    file,
    `import { createRequire } from 'node:module';
    const sdk = createRequire(${JSON.stringify(resolve(__dirname, '../..', 'package.json'))})('@aws-sdk/client-${sdk}');
    const { ${sdk === 's3' ? 'S3' : CLIENTS[sdk]}Client: Client, ...c } = sdk;
    const client = new Client({ maxAttempts: 1 });
    const send = (name, input) => client.send(new c[name + 'Command'](input)).catch((e) => ({ failed: e.name, message: e.message }));
    export const handler = async () => { ${calls} };`,
  );
  client = WARM_WORKSHOP.processOf({
    functionName: 'client',
    functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:client',
    file,
    exportName: 'handler',
    environment: {
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: WARM_WORKSHOP.endpoint,
      AWS_ACCESS_KEY_ID: account.accessKeyOf({ roleArn: ROLE, name: 'client' }),
      AWS_SECRET_ACCESS_KEY: 'secret',
      HOME: WARM_WORKSHOP.home,
    },
    timeoutSeconds: 20,
    memorySize: 128,
  });
  return client.invoke({}, new Date(NOW));
}

const CLIENTS: Record<string, string> = {
  cloudwatch: 'CloudWatch',
  dynamodb: 'DynamoDB',
  eventbridge: 'EventBridge',
  sagemaker: 'SageMaker',
  sfn: 'SFN',
  sns: 'SNS',
};

describe('S3', () => {
  test('gives back what was put, texts and streams alike', async () => {
    const result = await send(
      's3',
      `await send('PutObject', { Bucket: 'bucket', Key: 'a b/ü.json', Body: '{"a":1}', ContentType: 'application/json' });
       const { Readable } = await import('node:stream');
       await send('PutObject', { Bucket: 'bucket', Key: 'stream', Body: Readable.from([Buffer.from('x'.repeat(70000)), Buffer.from('end')]), ContentLength: 70003 });
       const got = await send('GetObject', { Bucket: 'bucket', Key: 'a b/ü.json' });
       const stream = await (await send('GetObject', { Bucket: 'bucket', Key: 'stream' })).Body.transformToString();
       const head = await send('HeadObject', { Bucket: 'bucket', Key: 'stream' });
       return [await got.Body.transformToString(), got.ContentType, stream.length, stream.slice(-4), head.ContentLength, head.LastModified];`,
    );
    expect(result).toEqual(['{"a":1}', 'application/json', 70003, 'xend', 70003, '2026-01-05T10:00:00.000Z']);
  });

  test('lists by prefix and delimiter, page by page, in the order of keys', async () => {
    for (const key of ['p/b', 'p/a/1', 'p/a/2', 'p/c', 'q']) account.objects.put({ bucket: 'bucket', key }, 'x');
    const result = await send(
      's3',
      `const pages = []; let token;
       do { const page = await send('ListObjectsV2', { Bucket: 'bucket', Prefix: 'p/', Delimiter: '/', MaxKeys: 2, ContinuationToken: token });
         pages.push([...(page.CommonPrefixes ?? []).map((p) => p.Prefix), ...(page.Contents ?? []).map((c) => c.Key)]); token = page.NextContinuationToken; } while (token);
       return pages;`,
    );
    expect(result).toEqual([['p/a/', 'p/b'], ['p/c']]);
  });

  test('says that an object is absent only to who may list the bucket', async () => {
    statements.splice(0, 1, { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' });
    const get = "return (await send('GetObject', { Bucket: 'bucket', Key: 'absent' })).failed;";
    expect(await send('s3', get)).toBe('AccessDenied');
    client.stop();
    statements.push({ Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::bucket' });
    expect(await send('s3', get)).toBe('NoSuchKey');
  });

  test('puts with If-None-Match only what is not there', async () => {
    const put = "await send('PutObject', { Bucket: 'bucket', Key: 'k', Body: 'x', IfNoneMatch: '*' })";
    expect(await send('s3', `return [(${put}).failed ?? 'put', (${put}).failed];`)).toEqual([
      'put',
      'PreconditionFailed',
    ]);
  });

  test('puts with If-Match only in place of the version that is named', async () => {
    const result = await send(
      's3',
      `const put = async (Body, IfMatch) => { const made = await send('PutObject', { Bucket: 'bucket', Key: 'k', Body, IfMatch }); return made.failed ?? made.ETag; };
       const absent = await put('1', '"none"');
       const first = await put('1');
       const got = await send('GetObject', { Bucket: 'bucket', Key: 'k' });
       const second = await put('2', first);
       const late = await put('3', first);
       const last = await send('GetObject', { Bucket: 'bucket', Key: 'k' });
       return [absent, got.ETag === first, second === last.ETag, late, await last.Body.transformToString()];`,
    );
    expect(result).toEqual(['NoSuchKey', true, true, 'PreconditionFailed', '2']);
  });

  test('puts with If-Match only for who may read what is there', async () => {
    account.objects.put({ bucket: 'bucket', key: 'k' }, 'x');
    statements.splice(0, 1, { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::bucket/*' });
    const put =
      "return (await send('PutObject', { Bucket: 'bucket', Key: 'k', Body: 'y', IfMatch: '\"9dd4e461268c8034f5c8564e155c67a6\"' })).failed ?? 'put';";
    expect(await send('s3', put)).toBe('AccessDenied');
    client.stop();
    statements.push({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' });
    expect(await send('s3', put)).toBe('put');
  });

  test('refuses a condition that S3 does not have', async () => {
    const put =
      "return (await send('PutObject', { Bucket: 'bucket', Key: 'k', Body: 'x', IfNoneMatch: '\"a\"' })).failed;";
    expect(await send('s3', put)).toBe('NotImplemented');
  });

  test('deletes an object, and one that is not there, only for who may', async () => {
    account.objects.put({ bucket: 'bucket', key: 'k' }, 'x');
    const remove = "return (await send('DeleteObject', { Bucket: 'bucket', Key: 'k' })).failed ?? 'deleted';";
    statements.splice(0, 1, { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' });
    expect(await send('s3', remove)).toBe('AccessDenied');
    expect(account.objects.head('bucket', 'k')).toBeDefined();
    client.stop();
    statements.push({ Effect: 'Allow', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::bucket/*' });
    expect(await send('s3', remove)).toBe('deleted');
    expect(account.objects.head('bucket', 'k')).toBeUndefined();
    expect(await send('s3', remove)).toBe('deleted');
  });

  test('tags an object only for who may', async () => {
    statements.splice(0, 1, { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::bucket/*' });
    const put =
      "return (await send('PutObject', { Bucket: 'bucket', Key: 'k', Body: 'x', Tagging: 'a=b' })).failed ?? 'put';";
    expect(await send('s3', put)).toBe('AccessDenied');
    client.stop();
    statements.push({ Effect: 'Allow', Action: 's3:PutObjectTagging', Resource: 'arn:aws:s3:::bucket/*' });
    expect(await send('s3', put)).toBe('put');
  });

  test.each([
    ['an operation', "send('CreateBucket', { Bucket: 'bucket' })", 'S3 PUT'],
    ['a header', "send('GetObject', { Bucket: 'bucket', Key: 'k', Range: 'bytes=0-1' })", "header 'range'"],
    ['a query', "send('GetObject', { Bucket: 'bucket', Key: 'k', VersionId: '1' })", "query 'versionId'"],
  ])('refuses %s that it does not model, and says so in the timeline', async (_what, call, named) => {
    expect(await send('s3', `return (await ${call}).failed;`)).toBe('NotImplemented');
    expect(account.recorder.timeline.at(-1)).toMatchObject({ problem: true, detail: expect.stringContaining(named) });
  });
});

test('a call that no policy allows is denied, and the timeline names role, action and resource', async () => {
  statements.splice(0);
  expect(await send('s3', "return (await send('PutObject', { Bucket: 'bucket', Key: 'k', Body: 'x' })).failed;")).toBe(
    'AccessDenied',
  );
  expect(account.recorder.timeline).toMatchObject([
    {
      problem: true,
      title: 'denied: s3:PutObject',
      detail: expect.stringMatching(/client \(.*role\/caller\) on arn:aws:s3:::bucket\/k: /),
    },
  ]);
});

test('CloudWatch takes metrics as the SDK sends them, also compressed, and stores every value', async () => {
  const result = await send(
    'cloudwatch',
    `const one = (i) => ({ MetricName: 'M' + i, Dimensions: [{ Name: 'D', Value: 'x'.repeat(100) }], Value: i, Timestamp: new Date(), Unit: 'Count' });
     return send('PutMetricData', { Namespace: 'N', MetricData: Array.from({ length: 200 }, (_, i) => one(i)) }).then((r) => r.failed ?? 'put');`,
  );
  expect(result).toBe('put');
  const metric = { namespace: 'N', metricName: 'M7', dimensions: { D: 'x'.repeat(100) } };
  expect(account.metrics.values(metric, new Date(NOW), new Date(NOW + 1))).toEqual([7]);
  expect(account.metrics.values({ ...metric, dimensions: {} }, new Date(NOW), new Date(NOW + 1))).toEqual([]);
});

test('CloudWatch refuses values that are too old, and members that it does not model', async () => {
  const put = (datum: string) =>
    `(await send('PutMetricData', { Namespace: 'N', MetricData: [{ MetricName: 'M', ${datum} }] })).message`;
  expect(
    await send(
      'cloudwatch',
      `return [${put("Value: 1, Timestamp: new Date('2025-12-01T00:00:00Z')")}, ${put('Values: [1]')}];`,
    ),
  ).toEqual([expect.stringContaining('out of range'), expect.stringContaining("member 'Values'")]);
});

test('CloudWatch refuses values, dimensions and numbers of metrics that the service would refuse', async () => {
  const put = (data: string) =>
    `(await send('PutMetricData', { Namespace: 'N', MetricData: ${data} })).message ?? 'put'`;
  const one = (datum: string) => put(`[{ MetricName: 'M', ${datum} }]`);
  const many = (count: number) => put(`Array.from({ length: ${count} }, () => ({ MetricName: 'M', Value: 1 }))`);
  const named = (name: string) => one(`Value: 1, Dimensions: [{ Name: 'Feature', Value: ${JSON.stringify(name)} }]`);
  const calls = [
    one('Value: 2 ** 360'),
    one('Value: -1.01 * 2 ** 360'),
    named('größe'),
    named(' '),
    named('a b'),
    many(1000),
    many(1001),
  ];
  expect(await send('cloudwatch', `return [${calls.join(', ')}];`)).toEqual([
    'put',
    expect.stringContaining('within -2^360 and 2^360'),
    expect.stringContaining('ASCII'),
    expect.stringContaining('ASCII'),
    'put',
    'put',
    expect.stringContaining('at most 1000 metrics'),
  ]);
});

test('SNS records a message, and refuses a subject that the service would refuse', async () => {
  const arn = 'arn:aws:sns:us-east-1:123456789012:topic';
  account.topics.add({ arn, name: 'topic', policy: [] });
  const publish = (subject: string) =>
    `(await send('Publish', { TopicArn: '${arn}', Subject: ${subject}, Message: 'line 1\\nä & <b>' }))`;
  expect(
    await send(
      'sns',
      `return [${publish("'ok'")}.MessageId, ${publish("'two\\nlines'")}.failed, ${publish("'x'.repeat(100)")}.failed];`,
    ),
  ).toEqual(['message-1', 'InvalidParameterException', 'InvalidParameterException']);
  expect(account.recorder.messages).toEqual([
    { time: '2026-01-05T10:00:00.000Z', topic: 'topic', sender: 'client', subject: 'ok', body: 'line 1\nä & <b>' },
  ]);
});

test('EventBridge delivers an event twice to every target of a matching rule', async () => {
  const queue = { arn: 'arn:aws:sqs:us-east-1:123456789012:q', name: 'q', policy: [], messages: [] as string[] };
  const allow = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queue.arn,
  };
  account.queues.set(queue.arn, { ...queue, policy: [allow] });
  const rule = {
    arn: 'arn:aws:events:us-east-1:123456789012:rule/r',
    name: 'r',
    enabled: true,
    busArn: account.bus.arnOf('default'),
  };
  account.bus.addRule({ ...rule, pattern: { source: ['app'] }, targets: [{ id: 't', arn: queue.arn }] });
  account.bus.addRule({ ...rule, pattern: { source: ['other'] }, targets: [{ id: 't', arn: queue.arn }] });
  await send(
    'eventbridge',
    `return send('PutEvents', { Entries: [{ Source: 'app', DetailType: 'd', Detail: '{"a":1}' }] });`,
  );
  await account.simulation.run();
  expect(queue.messages.map((message) => JSON.parse(message).detail)).toEqual([{ a: 1 }, { a: 1 }]);
});

test('SageMaker starts a pipeline once for one ClientRequestToken, and lists it until it has succeeded', async () => {
  const start = "await send('StartPipelineExecution', { PipelineName: 'p', ClientRequestToken: 'a'.repeat(64) })";
  const list =
    "(await send('ListPipelineExecutions', { PipelineName: 'p', CreatedAfter: new Date(0) })).PipelineExecutionSummaries.map((s) => s.PipelineExecutionStatus)";
  const result = await send(
    'sagemaker',
    `const [a, b] = [${start}, ${start}]; return [a.PipelineExecutionArn === b.PipelineExecutionArn, ${list}];`,
  );
  expect(result).toEqual([true, ['Executing']]);
  await account.simulation.run();
  expect(await send('sagemaker', `return ${list};`)).toEqual(['Succeeded']);
  expect(account.recorder.retrainings).toHaveLength(1);
});

test('DynamoDB writes under a condition, and shows the item that the condition failed on', async () => {
  const arn = 'arn:aws:dynamodb:us-east-1:123456789012:table/t';
  account.tables.set('t', { arn, name: 't', partitionKey: 'Id', items: new Map() });
  const take = (now: number) =>
    `send('UpdateItem', { TableName: 't', Key: { Id: { S: 'x' } }, UpdateExpression: 'SET #u = :until', ReturnValues: 'ALL_NEW',
      ConditionExpression: 'attribute_not_exists(#u) OR #u < :now', ExpressionAttributeNames: { '#u': 'Until' },
      ExpressionAttributeValues: { ':until': { N: '${now + 10}' }, ':now': { N: '${now}' } } })`;
  const result = await send('dynamodb', `return [await ${take(1)}, await ${take(9)}, await ${take(100)}];`);
  expect(result).toMatchObject([
    { Attributes: { Id: { S: 'x' }, Until: { N: '11' } } },
    { failed: 'ConditionalCheckFailedException' },
    { Attributes: { Until: { N: '110' } } },
  ]);
});

test.each([
  [
    's3',
    `const put = (more) => send('PutObject', { Bucket: 'bucket', Key: 'k', Body: 'x', ...more });
     const tags = (count) => Array.from({ length: count }, (_, index) => 'k' + index + '=v').join('&');
     return [await put({ Key: 'x'.repeat(1024) }), await put({ Key: 'x'.repeat(1025) }), await put({ Tagging: tags(10) }), await put({ Tagging: tags(11) }),
       await send('GetObject', { Bucket: 'bucket', Key: 'y'.repeat(1025) }), await send('ListObjectsV2', { Bucket: 'bucket', Prefix: 'y'.repeat(1025) })];`,
    [
      {},
      { failed: 'InvalidRequest', message: expect.stringContaining("'1025 bytes' at 'Key'") },
      {},
      { failed: 'InvalidRequest', message: expect.stringContaining("'11 tags' at 'Tagging'") },
      { failed: 'InvalidRequest', message: expect.stringContaining("at 'Key'") },
      { failed: 'InvalidRequest', message: expect.stringContaining("at 'Prefix'") },
    ],
  ],
  [
    'dynamodb',
    `const add = (bytes) => send('UpdateItem', { TableName: 't', Key: { Id: { S: 'x' } }, UpdateExpression: 'SET A = :a', ExpressionAttributeValues: { ':a': { S: 'x'.repeat(bytes) } } });
     return [await add(409_600 - 4), await add(409_601 - 4), await send('GetItem', { TableName: 't', Key: { Id: { S: '' } } })];`,
    [
      {},
      { failed: 'ValidationException', message: expect.stringContaining("'409601 bytes' at 'Item'") },
      { failed: 'ValidationException', message: expect.stringContaining("at 'Key.Id'") },
    ],
  ],
  [
    'eventbridge',
    `const put = (entry, count = 1) => send('PutEvents', { Entries: Array(count).fill({ Source: 's', DetailType: 't', Detail: '{}', ...entry }) });
     return [await put({}, 10), await put({}, 11), await put({ Detail: JSON.stringify({ a: 'x'.repeat(262_144) }) })];`,
    [
      { FailedEntryCount: 0 },
      { failed: 'ValidationException', message: expect.stringContaining("at 'Entries'") },
      { failed: 'ValidationException', message: expect.stringContaining("at 'Entries[0]'") },
    ],
  ],
])('%s takes what the service takes, and the timeline has what it does not take', async (sdk, calls, results) => {
  const arn = 'arn:aws:dynamodb:us-east-1:123456789012:table/t';
  account.tables.set('t', { arn, name: 't', partitionKey: 'Id', items: new Map() });
  expect(await send(sdk, calls)).toMatchObject(results);
  const refused = account.recorder.timeline.filter(({ title }) => title === 'a call that the service does not take');
  expect(refused).toHaveLength(results.filter((result) => 'failed' in result).length);
  for (const { problem, detail } of refused)
    expect([problem, detail]).toEqual([true, expect.stringMatching(/^client: /)]);
});

test('Step Functions starts one execution for one name', async () => {
  const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:m';
  const definition = JSON.stringify({ StartAt: 'End', States: { End: { Type: 'Succeed' } } });
  const trust = [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }];
  account.authorizer.roles.set(ROLE, { arn: ROLE, name: 'caller', trust, statements });
  account.machines.add({ arn, name: 'm', roleArn: ROLE, definition });
  const start = (input: string) =>
    `(await send('StartExecution', { stateMachineArn: '${arn}', name: 'n', input: '${input}' }))`;
  const result = await send(
    'sfn',
    `return [${start('{}')}.executionArn, ${start('{}')}.executionArn, ${start('{"a":1}')}.failed];`,
  );
  const execution = 'arn:aws:states:us-east-1:123456789012:execution:m:n';
  expect(result).toEqual([execution, execution, 'ExecutionAlreadyExists']);
  await account.simulation.run();
  expect(account.recorder.machineRuns).toMatchObject([{ name: 'n', status: 'SUCCEEDED' }]);
});

test('Step Functions lists the executions of a machine, the latest first', async () => {
  const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:waits';
  const definition = JSON.stringify({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, End: true } } });
  const trust = [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }];
  account.authorizer.roles.set(ROLE, { arn: ROLE, name: 'caller', trust, statements });
  for (const name of ['waits', 'other'])
    account.machines.add({ arn: arn.replace(/waits$/, name), name, roleArn: ROLE, definition });
  const ask = `(await send('ListExecutions', { stateMachineArn: '${arn}' }))`;
  const listed = `return ${ask}.executions.map(({ name, status }) => [name, status].join(' '));`;
  for (const name of ['one', 'two']) account.machines.start({ arn, name, input: '{}', startedBy: ROLE });
  account.machines.start({ arn: arn.replace(/waits$/, 'other'), name: 'three', input: '{}', startedBy: ROLE });
  expect(await send('sfn', listed)).toEqual(['two RUNNING', 'one RUNNING']);
  await account.simulation.run();
  expect(await send('sfn', listed)).toEqual(['two SUCCEEDED', 'one SUCCEEDED']);
});
