import * as path from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { readCapturedRecord } from '../../lib/analysis/reading/capture-record';
import { CaptureWriter } from '../../lib/capture-writer';
import SCHEMA from '../../lib/capture-writer/capture-record.schema.json';
import { S3Store } from '../handlers/s3-store';
import { ROOT } from '../project/source-files';

/** Somebody else's validator of JSON schemas, that the CDK brings along. */
const { validate } = require(path.join(ROOT, 'node_modules/aws-cdk-lib/node_modules/jsonschema')) as {
  validate(instance: unknown, schema: unknown): { readonly valid: boolean };
};
const isValid = (record: unknown) => validate(record, SCHEMA).valid;

const BODY = { observedContentType: 'text/csv', mode: 'INPUT', data: '0,2020,12', encoding: 'CSV' };
const METADATA = { eventId: '6a2b', inferenceTime: '2021-08-04T23:14:27Z' };
/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html */
const CAPTURED = {
  captureData: {
    endpointInput: BODY,
    endpointOutput: {
      observedContentType: 'text/csv; charset=utf-8',
      mode: 'OUTPUT',
      data: '-4.9',
      encoding: 'CSV',
    },
  },
  eventMetadata: METADATA,
  eventVersion: '0',
};
const withBody = (body: object) => ({ ...CAPTURED, captureData: { endpointInput: { ...BODY, ...body } } });
const withMetadata = (metadata: object) => ({ ...CAPTURED, eventMetadata: { ...METADATA, ...metadata } });

test.each<[string, object]>([
  ['both sides', CAPTURED],
  ['one side alone', withBody({})],
  ['JSON', withBody({ observedContentType: 'application/json', data: '{"a":1}', encoding: 'JSON' })],
  ['what SageMaker makes of other content types', withBody({ data: 'AAE=', encoding: 'BASE64' })],
  ['an identifier and attributes', withMetadata({ inferenceId: 'order-7', customAttributes: ['a=1'] })],
  ['a time with fractions in a time zone', withMetadata({ inferenceTime: '2021-08-04T23:14:27.123+02:00' })],
  [
    'a body with nothing but data and encoding',
    { ...CAPTURED, captureData: { endpointOutput: { data: '1', encoding: 'CSV' } } },
  ],
])('SageMaker, or somebody else, may write %s, and it is read', (_, record) => {
  expect(isValid(record)).toBe(true);
  const read = readCapturedRecord(JSON.stringify(record));
  if (!JSON.stringify(record).includes('BASE64')) expect(read).not.toHaveProperty('problem');
});

test.each<[string, unknown]>([
  ['a list', [CAPTURED]],
  ['no data', { ...CAPTURED, captureData: undefined }],
  ['neither side', { ...CAPTURED, captureData: {} }],
  ['a side that is a text', { ...CAPTURED, captureData: { endpointInput: '0,2020,12' } }],
  ['a body that is no text', withBody({ data: { a: 1 }, encoding: 'JSON' })],
  ['no encoding', withBody({ encoding: undefined })],
  ['another encoding', withBody({ encoding: 'csv' })],
  ['no metadata', { ...CAPTURED, eventMetadata: undefined }],
  ['no time', withMetadata({ inferenceTime: undefined })],
  ['a time without a time zone', withMetadata({ inferenceTime: '2021-08-04T23:14:27' })],
  ['a time of another form', withMetadata({ inferenceTime: '04.08.2021' })],
])('%s is refused by the schema, as it is by the reader', (_, record) => {
  const written = JSON.parse(JSON.stringify(record));
  expect(isValid(written)).toBe(false);
  expect(readCapturedRecord(JSON.stringify(written))).toHaveProperty('problem');
});

test.each<[string, object]>([
  ['no identity of the event', withMetadata({ eventId: undefined })],
  ['an empty identifier', withMetadata({ inferenceId: '' })],
  ['an identifier of 65 characters', withMetadata({ inferenceId: 'i'.repeat(65) })],
  ['attributes that are no list', withMetadata({ customAttributes: 'a=1' })],
  ['a mode of its own', withBody({ mode: 'BOTH' })],
  ['no version', { ...CAPTURED, eventVersion: undefined }],
])('%s is no record that SageMaker would write, and refused by the schema', (_, record) => {
  expect(isValid(JSON.parse(JSON.stringify(record)))).toBe(false);
});

test('what the writer writes is what the schema says', async () => {
  const s3 = new S3Store(false);
  const writer = new CaptureWriter({ destination: 's3://capture/data/churn' });
  await writer.write({ request: { csv: '34,0.5' }, response: { csv: '0.8' } });
  await writer.write({ request: { json: '{"age":34}' }, inferenceId: 'order-7', customAttributes: ['a=1'] });
  await writer.flush();
  const [{ args }] = s3.client.commandCalls(PutObjectCommand);
  const lines = `${args[0].input.Body}`.trimEnd().split('\n');
  expect(lines.map((line) => isValid(JSON.parse(line)))).toEqual([true, true]);
});
