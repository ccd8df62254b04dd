import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  Baseline,
  DataCapture,
  Dataset,
  Endpoint,
  InstanceType,
  Model,
  ModelImage,
  ModelMonitoring,
  MonitoredData,
  MonitoringFrequency,
  ProductionVariant,
  Weekday,
} from '../../lib';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { hours, newFolder, removeFolders, rows } from './fixtures/app';

afterAll(removeFolders);

/** The least that monitors an endpoint, at a frequency. */
function synthesized(frequency: MonitoringFrequency): string {
  const folder = newFolder();
  const trainingData = join(folder, 'training.csv');
  const lines = rows(1000).map(({ output, input }) => [...output, ...input].join(','));
  writeFileSync(trainingData, `${['score,size,colour', ...lines].join('\n')}\n`);
  const app = new App({ outdir: join(folder, 'cdk.out') });
  const stack = new Stack(app, 'Frequencies');
  const image = ModelImage.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Image', 'model'), '1.0');
  const model = new Model(stack, 'Model', { image });
  const instanceType = InstanceType.of('ml.m5.large');
  const endpoint = new Endpoint(stack, 'Endpoint', {
    variants: [ProductionVariant.instances('live', { model, instanceType })],
    dataCapture: DataCapture.toBucket(new s3.Bucket(stack, 'Captured'), { samplingPercentage: 100 }),
  });
  const notificationTopic = new sns.Topic(stack, 'Alerts');
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.endpoint(endpoint),
    notificationTopic,
  });
  const baseline = Baseline.fromDataset(Dataset.csvFile(trainingData)).withOverrides({ domainContentThreshold: 0.95 });
  monitoring.addDataQualityMonitor('Quality', { baseline, frequency });
  return app.synth().directory;
}

/** What each run analysed, and where it reported; what was expected of the rehearsal and not met. */
async function rehearsed(frequency: MonitoringFrequency, startTime: string, traffic = hours(false)) {
  const { windows, expectations } = await rehearse({
    assembly: synthesized(frequency),
    workDirectory: newFolder(),
    workshop: WARM_WORKSHOP,
    traffic,
    expectDrift: false,
    startTime: new Date(startTime),
  });
  const runs = windows.map(({ outcome: { windowStart, windowEnd, recordCount, health, reportUri } }) => {
    const folder = /Quality\/(.*)\/$/.exec(reportUri)?.[1];
    return [windowStart.slice(0, 16), windowEnd.slice(0, 16), recordCount, health, folder];
  });
  return { runs, unmet: expectations.filter(({ met }) => !met) };
}

test('each quarter of an hour is analysed minutes after it ends, with its own records, and reported by its minute', async () => {
  const { runs, unmet } = await rehearsed(MonitoringFrequency.everyMinutes(15), '2026-01-05T00:00:00Z');
  expect(unmet).toEqual([]);
  expect(runs.filter(([, , recordCount]) => recordCount !== 0)).toEqual([
    ['2026-01-05T00:00', '2026-01-05T00:15', 100, 0, '2026/01/05/00/15'],
    ['2026-01-05T00:15', '2026-01-05T00:30', 100, 0, '2026/01/05/00/30'],
    ['2026-01-05T00:30', '2026-01-05T00:45', 100, 0, '2026/01/05/00/45'],
    ['2026-01-05T00:45', '2026-01-05T01:00', 100, 0, '2026/01/05/01/00'],
  ]);
  expect(runs.every(([, , , health]) => health === 0)).toBe(true);
});

test('a week is analysed on its day', async () => {
  const { runs, unmet } = await rehearsed(MonitoringFrequency.weeklyAt(Weekday.MONDAY, 6), '2026-01-05T05:00:00Z');
  expect(unmet).toEqual([]);
  expect(runs).toEqual([['2025-12-29T06:00', '2026-01-05T06:00', 400, 0, '2026/01/05/06']]);
});

test('a day is analysed though its clock went over its start: the reconciler makes it good', async () => {
  const frequency = MonitoringFrequency.dailyAt(2, { timeZone: 'Europe/Berlin' });
  const { runs, unmet } = await rehearsed(frequency, '2026-03-29T00:00:00Z', hours(false, false, false));
  expect(unmet.map(({ name }) => name)).toEqual(['schedule', 'Map state']); // both are of what schedules start
  expect(runs).toEqual([['2026-03-28T01:00', '2026-03-29T01:00', 400, 0, '2026/03/29/01']]);
});

test('a day of 25 hours is analysed whole', async () => {
  const frequency = MonitoringFrequency.dailyAt(3, { timeZone: 'Europe/Berlin' });
  const { runs, unmet } = await rehearsed(frequency, '2026-10-25T00:00:00Z', hours(false, false));
  expect(unmet).toEqual([]);
  expect(runs).toEqual([['2026-10-24T01:00', '2026-10-25T02:00', 800, 0, '2026/10/25/02']]);
});
