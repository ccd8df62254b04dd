import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  Baseline,
  ContentTemplate,
  DataCapture,
  Dataset,
  Endpoint,
  InstanceType,
  Model,
  ModelImage,
  ModelMonitoring,
  MonitoredData,
  type MonitoredEndpointOptions,
  MonitoringEngine,
  ProductionVariant,
  RecordFormat,
  RecordTransformation,
} from '../../lib';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { TrafficHour } from '../../lib/rehearsal/traffic';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { newFolder, removeFolders, rows } from './fixtures/app';

// An endpoint that takes lists of instances and answers lists of predictions; its clients call one column otherwise than the training data do.

afterAll(removeFolders);

const OPTIONS: MonitoredEndpointOptions = {
  format: RecordFormat.rowsAt({
    request: 'instances[*]',
    response: 'predictions[*]',
    requestNames: ['Size', 'colour'],
    responseNames: ['score'],
  }),
  transformations: [RecordTransformation.rename({ Size: 'size' })],
};

const RECORD = ['size', 'colour'].map((name) => `"$\{${name}}"`).join(',');
const BY_TEMPLATE: MonitoredEndpointOptions = {
  format: RecordFormat.contentTemplate(ContentTemplate.json('{"instances":$records}', `[${RECORD}]`), {
    response: 'predictions[*]',
    responseNames: ['score'],
  }),
};

function assemblyOf(options: MonitoredEndpointOptions): string {
  const folder = newFolder();
  const trainingData = join(folder, 'training.csv');
  const lines = rows(1000).map(({ output, input }) => [...output, ...input].join(','));
  writeFileSync(trainingData, `${['score,size,colour', ...lines].join('\n')}\n`);
  const app = new App({ outdir: join(folder, 'cdk.out') });
  const stack = new Stack(app, 'Lists');
  const image = ModelImage.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Image', 'model'), '1.0');
  const model = new Model(stack, 'Model', { image });
  const endpoint = new Endpoint(stack, 'Endpoint', {
    variants: [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })],
    dataCapture: DataCapture.toBucket(new s3.Bucket(stack, 'Captured'), { samplingPercentage: 100 }),
  });
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.endpoint(endpoint, options),
    engine: MonitoringEngine.serverless(),
    notificationTopic: new sns.Topic(stack, 'Alerts'),
  });
  monitoring.addDataQualityMonitor('DataQuality', { baseline: Baseline.fromDataset(Dataset.csvFile(trainingData)) });
  return app.synth().directory;
}

/** Records of four rows each. */
function hour(drifted: boolean): TrafficHour {
  const all = rows(400, drifted);
  const side = (data: object) => ({
    data: JSON.stringify(data),
    encoding: 'JSON',
    observedContentType: 'application/json',
  });
  const records = Array.from({ length: 100 }, (_, at) => {
    const part = all.slice(4 * at, 4 * at + 4);
    return JSON.stringify({
      captureData: {
        endpointInput: side({ instances: part.map(({ input: [size, colour] }) => [Number(size), colour]) }),
        endpointOutput: side({ predictions: part.map(({ output: [score] }) => Number(score)) }),
      },
      eventMetadata: { eventId: String(at), inferenceTime: '2026-01-05T00:00:01Z' },
      eventVersion: '0',
    });
  });
  return { records };
}

const rehearsed = (options: MonitoredEndpointOptions, drift: boolean) =>
  rehearse({
    assembly: assemblyOf(options),
    workDirectory: newFolder(),
    workshop: WARM_WORKSHOP,
    expectDrift: drift,
    traffic: [hour(false), hour(drift)],
  });

test.each<[string, boolean, MonitoredEndpointOptions]>([
  ['paths', true, OPTIONS],
  ['a template', false, BY_TEMPLATE],
])('lists of instances are monitored from capture to alarm, by %s, with drift: %s', async (_, drift, options) => {
  const { expectations, succeeded } = await rehearsed(options, drift);
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect(succeeded).toBe(true);
});

test('without the format, nothing is green', async () => {
  const { expectations, succeeded } = await rehearsed({}, false);
  expect(succeeded).toBe(false);
  expect(JSON.stringify(expectations)).toContain('nested-data');
});
