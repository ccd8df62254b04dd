import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  Baseline,
  BatchTransformData,
  type BatchTransformDataProps,
  Dataset,
  DatasetFormat,
  ModelMonitoring,
  MonitoredData,
  type MonitoredRowsOptions,
  RecordFilter,
  RecordFormat,
  RecordTransformation,
  TransformRows,
} from '../../lib';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { hours, newFolder, removeFolders, rows } from './fixtures/app';

// A job an hour: the rehearsal writes its objects, and the list that names them.

afterAll(removeFolders);

type Watched = Pick<BatchTransformDataProps, 'format' | 'rows' | 'generateInferenceId'>;

function assembly(watched: Watched, reading?: MonitoredRowsOptions): string {
  const folder = newFolder();
  const trainingData = join(folder, 'training.csv');
  const isInput = watched.rows !== TransformRows.OUTPUT;
  const lines = rows(1000).map(({ output, input }) => (isInput ? input : [...input, ...output]).join(','));
  writeFileSync(trainingData, `${[isInput ? 'size,colour' : 'size,colour,score', ...lines].join('\n')}\n`);
  const app = new App({ outdir: join(folder, 'cdk.out') });
  const stack = new Stack(app, 'Nightly');
  const bucket = new s3.Bucket(stack, 'Jobs');
  const data = new BatchTransformData({
    captured: { bucket, prefix: 'captured' },
    transformInput: { bucket, prefix: 'loans' },
    transformOutput: { bucket, prefix: 'scores' },
    ...watched,
  });
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.batchTransform(data, reading),
    notificationTopic: new sns.Topic(stack, 'Alerts'),
  });
  monitoring.addDataQualityMonitor('DataQuality', { baseline: Baseline.fromDataset(Dataset.csvFile(trainingData)) });
  return app.synth().directory;
}

const rehearsed = (watched: Watched, drift: boolean) =>
  rehearse({
    assembly: assembly(watched),
    workDirectory: newFolder(),
    workshop: WARM_WORKSHOP,
    expectDrift: drift,
    traffic: hours(false, drift),
  });

test.each<[string, Watched, boolean]>([
  ['input in CSV', { format: DatasetFormat.csv({ header: false }) }, true],
  ['input in CSV', { format: DatasetFormat.csv({ header: false }) }, false],
  ['input in CSV with a header', { format: DatasetFormat.csv() }, true],
  [
    'output in CSV, with generated ids',
    { format: DatasetFormat.csv({ header: false }), rows: TransformRows.OUTPUT, generateInferenceId: true },
    false,
  ],
  [
    'output in JSON Lines, with generated ids',
    { format: DatasetFormat.JSON_LINES, rows: TransformRows.OUTPUT, generateInferenceId: true },
    true,
  ],
])('%s is monitored to the alarm', async (_, watched, drift) => {
  const { expectations, succeeded, windows } = await rehearsed(watched, drift);
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect(succeeded).toBe(true);
  expect(windows.map(({ outcome }) => [outcome.recordCount, outcome.health])).toEqual([
    [0, 0],
    [400, 0],
    [400, 0],
  ]);
});

/** Loans of a live tenant, and as many that somebody tests with: larger, and of one colour. */
const marked = [false, true].flatMap((isTest) =>
  rows(200, isTest).map(({ input: [size, colour] }) => ({ size, colour, tenant: isTest ? 'test' : 'live' })),
);
const LISTS = RecordFormat.rowsAt({ request: 'loan.instances[*]', requestNames: ['size', 'colour', 'tenant'] });

test.each<[string, DatasetFormat, string, MonitoredRowsOptions, readonly string[]]>([
  [
    'CSV',
    DatasetFormat.csv({ header: false }),
    '2',
    {},
    marked.map(({ size, colour, tenant }) => `${size},${colour},${tenant}`),
  ],
  [
    'JSON Lines',
    DatasetFormat.JSON_LINES,
    'tenant',
    { format: LISTS },
    marked.map(({ size, colour, tenant }) => JSON.stringify({ loan: { instances: [[+size, colour, tenant]] } })),
  ],
])('of rows in %s the tests of a tenant are drift, and none where the data leave them out', async (...args) => {
  const [, format, column, reading, records] = args;
  const filter = RecordFilter.noneOf(RecordFilter.column(column, 'test'));
  const transformations = [RecordTransformation.drop(column)];
  const run = (asked: MonitoredRowsOptions, expectDrift: boolean) =>
    rehearse({
      assembly: assembly({ format }, { ...reading, transformations, ...asked }),
      workDirectory: newFolder(),
      workshop: WARM_WORKSHOP,
      expectDrift,
      traffic: [{ records }],
    });
  const [all, live] = [await run({}, true), await run({ filter }, false)];
  for (const { expectations } of [all, live]) expect(expectations.filter(({ met }) => !met)).toEqual([]);
  const counts = ({ windows }: typeof all) => windows.map(({ outcome }) => outcome.recordCount);
  expect([counts(all), counts(live)]).toEqual([
    [0, 400],
    [0, 200],
  ]);
  expect(live.windows.map(({ outcome }) => outcome.health)).toEqual([0, 0]);
});

test('Parquet is not rehearsed, and that is said', async () => {
  await expect(rehearsed({ format: DatasetFormat.PARQUET }, false)).rejects.toThrow(
    'UnusableTraffic: the rehearsal writes no Parquet',
  );
});
