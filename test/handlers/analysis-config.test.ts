import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { handler } from '../../lib/engine/model-monitor/clarify/analysis-config/analysis-config.lambda';
import type { AnalysisConfigProperties } from '../../lib/engine/model-monitor/clarify/analysis-config/contract';
import { S3Store } from './s3-store';

const s3 = new S3Store();
const fetched = jest.spyOn(globalThis, 'fetch');
const logged = jest.spyOn(console, 'log').mockImplementation();

beforeEach(() => {
  s3.reset();
  logged.mockClear();
  fetched.mockReset().mockImplementation(async () => new Response(null, { status: 200 }));
});
afterAll(() => {
  logged.mockRestore();
  fetched.mockRestore();
});

const TEXT = '{"facet":[{"name_or_index":"Sex"}],"label_values_or_threshold":[1]}';
const KEY = /^reports\/Stack\/Bias\/config\/[0-9a-f]{16}\/analysis_config\.json$/;

type Request = 'Create' | 'Update' | 'Delete';
type Event = CloudFormationCustomResourceEvent<AnalysisConfigProperties>;

function request(RequestType: Request, properties: Partial<AnalysisConfigProperties> = {}): Event {
  return {
    RequestType,
    RequestId: 'c0ffee',
    StackId: 'stack',
    LogicalResourceId: 'Config',
    ...(RequestType === 'Create' ? {} : { PhysicalResourceId: 's3://out/before', OldResourceProperties: {} }),
    ResponseURL: 'https://cloudformation.example/answer?signature=secret',
    ResourceType: 'Custom::SageMakerMonitoringAnalysisConfig',
    ServiceToken: 't',
    ResourceProperties: {
      ServiceToken: 't',
      Bucket: 'out',
      Prefix: 'reports/Stack/Bias/config',
      Text: TEXT,
      ...properties,
    },
  } as Event;
}

const answers = () => fetched.mock.calls.map(([, init]) => JSON.parse(String(init?.body)));

test('[D3] writes the text as it is, to a key that follows from it, and answers with the key', async () => {
  await handler(request('Create'));
  const [answer] = answers();
  expect(answer).toEqual({
    Status: 'SUCCESS',
    PhysicalResourceId: `s3://out/${answer.Data.Key}`,
    StackId: 'stack',
    RequestId: 'c0ffee',
    LogicalResourceId: 'Config',
    Data: { Key: expect.stringMatching(KEY) },
  });
  expect(s3.objects.get(`out/${answer.Data.Key}`)).toBe(TEXT);
});

test('another text is another object, and the same text the same one, as in a rollback or a repetition', async () => {
  await handler(request('Create'));
  await handler(request('Update', { Text: '{}' }));
  await handler(request('Update'));
  await handler(request('Update'));
  const [first, second, third, fourth] = answers().map(({ PhysicalResourceId }) => PhysicalResourceId);
  expect(second).not.toBe(first);
  expect([third, fourth]).toEqual([first, first]);
  expect(s3.objects.size).toBe(2);
});

test('a deletion keeps the object, which a run that has begun may read', async () => {
  await handler(request('Create'));
  await handler(request('Delete'));
  expect(answers()[1]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 's3://out/before' });
  expect(s3.objects.size).toBe(1);
});

test.each<[Request, string]>([
  ['Create', 'Config'],
  ['Update', 's3://out/before'],
])('fails a %s that S3 denies, in its words, under the id that is known', async (type, id) => {
  s3.denied.set([...(await keysOf(TEXT))][0], 'AccessDenied');
  await handler(request(type));
  expect(answers().at(-1)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: id });
  expect(answers().at(-1).Reason).toMatch(/^AccessDenied: no access to s3:\/\/out\/reports\/Stack\/Bias\/config\//);
});

test.each<[string, Partial<AnalysisConfigProperties>]>([
  ['an empty text', { Text: '' }],
  ['no bucket', { Bucket: undefined }],
  ['a prefix that is no text', { Prefix: 7 as unknown as string }],
])('fails for %s', async (_, properties) => {
  await handler(request('Create', properties));
  expect(answers()).toMatchObject([{ Status: 'FAILED' }]);
  expect(answers()[0].Reason).toMatch(/^MalformedRequest: properties 'Bucket', 'Prefix' and 'Text'/);
  expect(s3.objects.size).toBe(0);
});

test('deletes even what never had properties', async () => {
  await handler(request('Delete', { Bucket: undefined, Prefix: undefined, Text: undefined }));
  expect(answers()).toMatchObject([{ Status: 'SUCCESS' }]);
});

test('throws, for a retry, when the answer is refused', async () => {
  fetched.mockImplementation(async () => new Response(null, { status: 403 }));
  await expect(handler(request('Create'))).rejects.toThrow(/^ResponseRefused/);
});

test('keeps the response URL, which is a secret, out of the log', async () => {
  await handler(request('Create'));
  expect(logged.mock.calls).toHaveLength(1);
  expect(String(logged.mock.calls[0][0])).not.toContain('secret');
});

/** Where a text goes. */
async function keysOf(Text: string): Promise<Iterable<string>> {
  await handler(request('Create', { Text }));
  const keys = [...s3.objects.keys()];
  s3.objects.clear();
  return keys;
}
