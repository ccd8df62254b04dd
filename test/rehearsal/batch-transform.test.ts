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
  TransformRows,
} from '../../lib';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { hours, newFolder, removeFolders, rows } from './fixtures/app';

// A job an hour: the rehearsal writes its objects, and the list that names them.

afterAll(removeFolders);

type Watched = Pick<BatchTransformDataProps, 'format' | 'rows' | 'generateInferenceId'>;

function assembly(watched: Watched): string {
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
    data: MonitoredData.batchTransform(data),
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

test('Parquet is not rehearsed, and that is said', async () => {
  await expect(rehearsed({ format: DatasetFormat.PARQUET }, false)).rejects.toThrow(
    'UnusableTraffic: the rehearsal writes no Parquet',
  );
});
