import * as s3 from 'aws-cdk-lib/aws-s3';
import { DatasetFormat } from '../../lib/core/dataset-format';
import { BatchTransformData } from '../../lib/endpoint/batch-transform-data';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { MonitoredData, type MonitoredRowsOptions } from '../../lib/monitor/monitored-data';
import { RecordFilter } from '../../lib/monitor/record-filter';
import { RecordFormat } from '../../lib/monitor/record-format';
import { CastType, RecordTransformation } from '../../lib/monitor/record-transformation';
import { newMonitor, newStack } from './fixtures';
import { resourceOf } from './readable-template';

const CSV = DatasetFormat.csv({ header: false });
const HEADED = DatasetFormat.csv();
const LINES = DatasetFormat.JSON_LINES;

function watched(format: DatasetFormat, options?: MonitoredRowsOptions, engine = MonitoringEngine.serverless()) {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Transforms', 'transforms');
  const place = { bucket, prefix: 'jobs' };
  const data = new BatchTransformData({ captured: place, transformInput: place, transformOutput: place, format });
  newMonitor(stack, { data: MonitoredData.batchTransform(data, options), engine });
  return stack;
}

function requestOf(...args: Parameters<typeof watched>) {
  const { Target } = resourceOf(
    watched(...args),
    'AWS::Scheduler::Schedule',
    'DataQualityServerlessSchedule',
  ).Properties;
  return JSON.parse(Target.Input);
}

const TESTS = RecordFilter.noneOf(RecordFilter.column('2', 'test'));
const INSTANCES = RecordFormat.rowsAt({ request: 'instances[*]' });

test('how rows of transform jobs are read travels in the request of the serverless engine', () => {
  const { filter, recordFormat, transformations } = requestOf(LINES, {
    filter: TESTS,
    format: INSTANCES,
    transformations: [RecordTransformation.unwrap('loan'), RecordTransformation.drop('tenant')],
  });
  expect(filter).toEqual({ noneOf: [{ column: '2', values: ['test'] }] });
  expect(recordFormat).toEqual({ request: { path: { keys: ['instances'], itemKeys: [] } } });
  expect(transformations).toEqual([{ unwrap: 'loan' }, { drop: ['tenant'] }]);
});

test('without a word of it they are read as they are written', () => {
  const { filter, recordFormat, transformations } = requestOf(LINES);
  expect([filter, recordFormat, transformations]).toEqual([undefined, undefined, undefined]);
});

test.each<[string, DatasetFormat, MonitoredRowsOptions]>([
  [
    'places of CSV without a header',
    CSV,
    {
      filter: TESTS,
      transformations: [RecordTransformation.cast('0', CastType.INTEGRAL), RecordTransformation.drop('2')],
    },
  ],
  [
    'names below a header',
    HEADED,
    { filter: RecordFilter.column('tenant', 'live'), transformations: [RecordTransformation.rename({ a: 'b' })] },
  ],
  ['names of Parquet', DatasetFormat.PARQUET, { transformations: [RecordTransformation.parseJson('body')] }],
  ['JSON that is flattened', CSV, { format: RecordFormat.flattened() }],
  ['rows of a JSON document', DatasetFormat.JSON, { format: INSTANCES }],
])('%s may be said', (_, format, options) => {
  expect(requestOf(format, options).transforms).toBeDefined();
});

test.each<[string, DatasetFormat, MonitoredRowsOptions, RegExp]>([
  [
    'a filter by attributes',
    CSV,
    { filter: RecordFilter.customAttributes('canary') },
    /'filter' is .*customAttributes.*no client sends their rows/,
  ],
  [
    'one by identifiers among others',
    LINES,
    { filter: RecordFilter.noneOf(RecordFilter.allOf(RecordFilter.column('a', '1'), RecordFilter.inferenceIds('b'))) },
    /'filter' is .*inferenceIds/,
  ],
  [
    'one by the beginning of them',
    LINES,
    { filter: RecordFilter.anyOf(RecordFilter.inferenceIdPrefix('b')) },
    /'filter' is .*inferenceIdPrefix/,
  ],
  [
    'one by a name of rows that have none',
    CSV,
    { filter: RecordFilter.column('tenant', 'test') },
    /'filter' is .*tenant.*its rows have no names/,
  ],
  ['a format of JSON for CSV', CSV, { format: INSTANCES }, /'format' is .*leave it out/],
  ['one for Parquet', DatasetFormat.PARQUET, { format: INSTANCES }, /'format' is .*objects of parquet/],
  [
    'a change of names that rows have not',
    CSV,
    { transformations: [RecordTransformation.rename({ a: 'b' })] },
    /'transformations' is .*rename.*no names/,
  ],
  [
    'a change by such a name',
    CSV,
    { transformations: [RecordTransformation.drop('0', 'a')] },
    /'transformations' is "a"/,
  ],
])('%s is refused, since nothing would follow it', (_, format, options, words) => {
  expect(() => watched(format, options)).toThrow(/^InvalidMonitoredData/);
  expect(() => watched(format, options)).toThrow(words);
});

test.each<[string, MonitoredRowsOptions]>([
  ['filter', { filter: TESTS }],
  ['format', { format: INSTANCES }],
  ['transformations', { transformations: [RecordTransformation.drop('2')] }],
])('on Model Monitor %s is refused, and the script named that does it there', (prop, options) => {
  const make = () => watched(LINES, options, MonitoringEngine.modelMonitor());
  expect(make).toThrow(new RegExp(`^UnsupportedOnModelMonitor[\\s\\S]*'${prop}' is [\\s\\S]*recordPreprocessor`));
});
