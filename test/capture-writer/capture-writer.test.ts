import { PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { readCapturedRecord } from '../../lib/analysis/reading/capture-record';
import {
  type CapturedInference,
  CaptureError,
  CaptureWriter,
  type CaptureWriterOptions,
} from '../../lib/capture-writer';
import { awsError, S3Store } from '../handlers/s3-store';

const s3 = new S3Store(false);
beforeEach(() => s3.reset());
afterEach(() => jest.restoreAllMocks());

const TIME = new Date('2026-03-04T09:30:07.045Z');
const INFERENCE: CapturedInference = { request: { csv: '34,0.5' }, response: { csv: '0.8' }, time: TIME };
const writer = (options: Partial<CaptureWriterOptions> = {}) =>
  new CaptureWriter({ destination: 's3://capture/data/churn', ...options });

/** What was put, in order. */
const puts = () => s3.client.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input);
const linesOf = ({ Body }: PutObjectCommandInput) => `${Body}`.trimEnd().split('\n');

test('what is written is read as what an endpoint captures', async () => {
  const capture = writer();
  await capture.write(INFERENCE);
  await capture.flush();
  const [[address, text]] = [...s3.objects];
  expect(address).toMatch(/^capture\/data\/churn\/AllTraffic\/2026\/03\/04\/09\/30-07-045-[0-9a-f-]{36}\.jsonl$/);
  expect(text.endsWith('\n')).toBe(true);
  expect(readCapturedRecord(text)).toEqual({ csv: [['0.8', '34', '0.5']], answers: 1 });
  expect(JSON.parse(text)).toEqual({
    captureData: {
      endpointInput: { observedContentType: 'text/csv', mode: 'INPUT', data: '34,0.5', encoding: 'CSV' },
      endpointOutput: { observedContentType: 'text/csv', mode: 'OUTPUT', data: '0.8', encoding: 'CSV' },
    },
    eventMetadata: { eventId: expect.stringMatching(/^[0-9a-f-]{36}$/), inferenceTime: '2026-03-04T09:30:07.045Z' },
    eventVersion: '0',
  });
});

test('JSON, one side alone, identifier and attributes travel as well', async () => {
  const capture = writer();
  const customAttributes = ['testIndicator=testing'];
  await capture.write({ response: { json: '{"score":0.8}' }, inferenceId: 'order-7', customAttributes, time: TIME });
  await capture.flush();
  const [text] = linesOf(puts()[0]);
  expect(JSON.parse(text)).toMatchObject({
    captureData: { endpointOutput: { observedContentType: 'application/json', encoding: 'JSON' } },
    eventMetadata: { inferenceId: 'order-7', customAttributes },
  });
  expect(readCapturedRecord(text)).toMatchObject({ json: [new Map([['score', '0.8']])] });
});

test('records are of now, unless they say when', async () => {
  jest.useFakeTimers({ now: new Date('2026-07-01T00:00:00Z'), doNotFake: ['nextTick', 'setImmediate'] });
  try {
    const capture = writer();
    await capture.write({ ...INFERENCE, time: undefined });
    await capture.flush();
    expect(puts()[0].Key).toContain('/2026/07/01/00/00-00-000-');
  } finally {
    jest.useRealTimers();
  }
});

test('lines of one variant and hour share an object, and no others do', async () => {
  const capture = writer({ variant: 'blue' });
  await capture.write(INFERENCE);
  await capture.write({ ...INFERENCE, time: new Date('2026-03-04T10:00:00Z') });
  await capture.write({ ...INFERENCE, time: new Date('2026-03-04T09:59:59.999Z') });
  await capture.write({ ...INFERENCE, variant: 'green' });
  await capture.flush();
  const found = puts().map((put) => [`${put.Key}`.split('/').slice(2, 7).join('/'), linesOf(put).length]);
  expect(found).toEqual([
    ['blue/2026/03/04/09', 2],
    ['blue/2026/03/04/10', 1],
    ['green/2026/03/04/09', 1],
  ]);
});

test('an object is named for the time of its first record, in whatever order they come', async () => {
  const capture = writer();
  for (const minute of ['20', '10', '30']) {
    await capture.write({ ...INFERENCE, time: new Date(`2026-03-04T09:${minute}:00Z`) });
  }
  await capture.flush();
  expect(puts()[0].Key).toContain('/09/10-00-000-');
});

test('nothing is written before the buffer is full, and then what waited', async () => {
  const capture = writer({ maximumBufferBytes: 1024 });
  await capture.write(INFERENCE);
  await capture.write(INFERENCE);
  expect(puts()).toEqual([]);
  await capture.write(INFERENCE);
  expect(puts().map(linesOf)).toEqual([[expect.anything(), expect.anything()]]);
  await capture.flush();
  expect(puts().map((put) => linesOf(put).length)).toEqual([2, 1]);
});

test('a record that has more bytes than the buffer is taken, alone', async () => {
  const capture = writer({ maximumBufferBytes: 1024 });
  await capture.write(INFERENCE);
  await capture.write({ ...INFERENCE, request: { csv: '7'.repeat(2000) } });
  await capture.write(INFERENCE);
  await capture.flush();
  expect(puts().map((put) => linesOf(put).length)).toEqual([1, 1, 1]);
});

test('a flush without records writes nothing', async () => {
  await writer().flush();
  expect(puts()).toEqual([]);
});

test('what S3 refuses is thrown, and is written by the next flush under the same key', async () => {
  s3.client.on(PutObjectCommand).rejectsOnce(awsError('SlowDown')).resolves({});
  const capture = writer();
  await capture.write(INFERENCE);
  await expect(capture.flush()).rejects.toThrow('SlowDown');
  await capture.write(INFERENCE);
  await capture.flush();
  const [refused, again, next] = puts();
  expect(again).toEqual(refused);
  expect(next.Key).not.toBe(refused.Key);
  expect(puts()).toHaveLength(3);
});

test('a full buffer that cannot be written takes nothing more, and says so each time', async () => {
  s3.client.on(PutObjectCommand).rejects(awsError('AccessDenied'));
  const capture = writer({ maximumBufferBytes: 1024 });
  await capture.write(INFERENCE);
  await capture.write(INFERENCE);
  for (const _ of [1, 2]) await expect(capture.write(INFERENCE)).rejects.toThrow('AccessDenied');
  s3.client.on(PutObjectCommand).resolves({});
  await capture.flush();
  expect(linesOf(puts()[puts().length - 1])).toHaveLength(2);
});

test('flushes at the same time write each record once', async () => {
  const capture = writer();
  await capture.write(INFERENCE);
  await Promise.all([capture.flush(), capture.write(INFERENCE), capture.flush(), capture.flush()]);
  const ids = puts().flatMap(linesOf);
  expect(new Set(ids).size).toBe(2);
  expect(ids).toHaveLength(2);
});

test.each([
  [30, 0.2999, 1],
  [30, 0.3, 0],
  [100, 0.9999, 1],
])('of %d %%, a draw of %d keeps %d', async (samplingPercentage, draw, kept) => {
  jest.spyOn(Math, 'random').mockReturnValue(draw);
  const capture = writer({ samplingPercentage });
  await capture.write(INFERENCE);
  await capture.flush();
  expect(puts()).toHaveLength(kept);
});

test('objects are as the bucket says, or of the key and the owner that are asked for', async () => {
  const encryptionKeyArn = 'arn:aws:kms:eu-west-1:111122223333:key/0123';
  for (const options of [{}, { encryptionKeyArn, expectedBucketOwner: '111122223333' }]) {
    const capture = writer(options);
    await capture.write(INFERENCE);
    await capture.flush();
  }
  const [plain, asked] = puts();
  expect(plain).not.toHaveProperty('ServerSideEncryption');
  expect(plain.ExpectedBucketOwner).toBeUndefined();
  expect(asked).toMatchObject({
    ServerSideEncryption: 'aws:kms',
    SSEKMSKeyId: encryptionKeyArn,
    ExpectedBucketOwner: '111122223333',
  });
});

test('a client of the user sends, where one is given', async () => {
  const sent: unknown[] = [];
  const send = async (command: unknown) => sent.push(command);
  const capture = writer({ client: { send } });
  await capture.write(INFERENCE);
  await capture.flush();
  expect(sent).toEqual([expect.any(PutObjectCommand)]);
  expect(puts()).toEqual([]);
});

test.each<[string, Partial<CaptureWriterOptions>]>([
  ['destination', { destination: 'capture/data' }],
  ['destination', { destination: 's3://capture' }],
  ['destination', { destination: 's3://capture/' }],
  ['destination', { destination: undefined as never }],
  ['variant', { variant: 'a/b' }],
  ['variant', { variant: '' }],
  ['samplingPercentage', { samplingPercentage: 0 }],
  ['samplingPercentage', { samplingPercentage: 101 }],
  ['samplingPercentage', { samplingPercentage: Number.NaN }],
  ['maximumBufferBytes', { maximumBufferBytes: 1023 }],
  ['maximumBufferBytes', { maximumBufferBytes: 67_108_865 }],
])('%s is refused as %j', (option, options) => {
  expect(() => writer(options)).toThrow(new RegExp(`^InvalidCaptureWriter: '${option}' is`));
  expect(() => writer(options)).toThrow(CaptureError);
});

test('slashes at the end of a destination make no empty folder', async () => {
  const capture = writer({ destination: 's3://capture/data/churn//' });
  await capture.write(INFERENCE);
  await capture.flush();
  expect(puts()[0].Key).toMatch(/^data\/churn\/AllTraffic\//);
});

test.each<[string, CapturedInference]>([
  ['neither a request nor a response', { time: TIME }],
  ['0 characters', { ...INFERENCE, inferenceId: '' }],
  ['65 characters', { ...INFERENCE, inferenceId: 'i'.repeat(65) }],
  ['is no date', { ...INFERENCE, time: new Date('tomorrow') }],
  ['with a text', { ...INFERENCE, request: { json: { age: 34 } as never } }],
  ['with a text', { ...INFERENCE, request: 'age' as never }],
  ['at most 8388608 are read', { ...INFERENCE, request: { csv: '7'.repeat(8 * 1024 * 1024) } }],
])('an inference that nobody could read is refused: %s', async (words, inference) => {
  const capture = writer();
  await expect(capture.write(inference)).rejects.toThrow(/^InvalidCapturedInference: /);
  await expect(capture.write(inference)).rejects.toThrow(words);
  await capture.flush();
  expect(puts()).toEqual([]);
});

test('a variant that is no folder is refused, whoever says it', async () => {
  await expect(writer().write({ ...INFERENCE, variant: '../other' })).rejects.toThrow("'variant' is");
});
