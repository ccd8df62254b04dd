import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PutObjectCommand } from '@aws-sdk/client-s3';
import { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Baseline, Dataset, ModelMonitoring, MonitoredData, WrittenData } from '../../lib';
import { CaptureWriter } from '../../lib/capture-writer';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { TrafficHour } from '../../lib/rehearsal/traffic';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { newFolder, removeFolders, rows } from './fixtures/app';

// A model that SageMaker does not capture: its function writes the records, by `CaptureWriter`.

afterAll(removeFolders);

function assembly(): string {
  const folder = newFolder();
  const trainingData = join(folder, 'training.csv');
  const lines = rows(1000).map(({ output, input }) => [...output, ...input].join(','));
  writeFileSync(trainingData, `${['score,size,colour', ...lines].join('\n')}\n`);
  const app = new App({ outdir: join(folder, 'cdk.out') });
  const stack = new Stack(app, 'Written');
  const bucket = new s3.Bucket(stack, 'Records');
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.written(new WrittenData({ name: 'lambda-churn', bucket, prefix: 'written' })),
    notificationTopic: new sns.Topic(stack, 'Alerts'),
  });
  monitoring.addDataQualityMonitor('DataQuality', { baseline: Baseline.fromDataset(Dataset.csvFile(trainingData)) });
  return app.synth().directory;
}

/** What a `CaptureWriter` writes of 400 requests. */
async function hour(drifted: boolean): Promise<TrafficHour> {
  const bodies: string[] = [];
  const send = async ({ input }: PutObjectCommand) => bodies.push(`${input.Body}`);
  const writer = new CaptureWriter({ destination: 's3://records/written/lambda-churn', client: { send } });
  for (const { input, output } of rows(400, drifted)) {
    await writer.write({ request: { csv: input.join(',') }, response: { csv: output.join(',') } });
  }
  await writer.flush();
  return { records: bodies.join('').trimEnd().split('\n') };
}

test.each([true, false])('what a function writes is monitored to the alarm, with drift: %s', async (drift) => {
  const { expectations, succeeded, windows, messages } = await rehearse({
    assembly: assembly(),
    workDirectory: newFolder(),
    workshop: WARM_WORKSHOP,
    expectDrift: drift,
    traffic: [await hour(false), await hour(drift)],
  });
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect(succeeded).toBe(true);
  expect(windows.map(({ outcome }) => outcome.recordCount)).toEqual([0, 400, 400]);
  expect(JSON.stringify(messages).includes('Input:     lambda-churn')).toBe(drift);
});
