import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  Baseline,
  BatchTransformData,
  BiasAnalysis,
  CapturedData,
  Dataset,
  DatasetFormat,
  Endpoint,
  Facet,
  GroundTruth,
  ModelMonitoring,
  ModelProblem,
  MonitoredData,
  PositiveOutcome,
  RecordFormat,
} from '../../lib';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { TrafficHour, TrafficRow } from '../../lib/rehearsal/traffic';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { newFolder, removeFolders } from './fixtures/app';

// Predictions that stand in columns, those of transform jobs and those of lists, and the labels that they meet.

afterAll(removeFolders);

/** A model that errs on one of twenty, or on every second. */
function rows(count: number, wrongEvery = 20): TrafficRow[] {
  return Array.from({ length: count }, (_, index) => {
    const paid = index % 3 === 0 ? 1 : 0;
    const said = index % wrongEvery === 0 ? 1 - paid : paid;
    return { input: [`${index % 50}`, index % 4 === 0 ? 'f' : 'm'], output: [said ? '0.8' : '0.3'], label: `${paid}` };
  });
}

type DataOf = (stack: Stack, bucket: s3.IBucket) => MonitoredData;

/** An app that watches data, with the probability in a column. */
function assembly(dataOf: DataOf, probability: string): string {
  const folder = newFolder();
  const validation = join(folder, 'validation.csv');
  const lines = rows(1000).map(({ input, output, label }) => [...input, ...output, label].join(','));
  writeFileSync(validation, `${['age,sex,score,paid', ...lines].join('\n')}\n`);
  const app = new App({ outdir: join(folder, 'cdk.out') });
  const stack = new Stack(app, 'Scores');
  const bucket = new s3.Bucket(stack, 'Data');
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    data: dataOf(stack, bucket),
    notificationTopic: new sns.Topic(stack, 'Alerts'),
  });
  const columns = { label: 'paid', probability: 'score' };
  const baseline = Baseline.fromDataset(Dataset.csvFile(validation, { columns }));
  const groundTruth = GroundTruth.fromBucket(bucket, 'labels');
  const problem = ModelProblem.binaryClassification({ probability, threshold: 0.5 });
  const metricThresholds = { accuracy: 0.9, auc: 0.8, precision: 0.5, recall: 0.5, f05: 0.5, f1: 0.5, f2: 0.5 };
  const quality = baseline.withOverrides({ metricThresholds });
  monitoring.addModelQualityMonitor('Quality', { problem, baseline: quality, groundTruth });
  monitoring.addModelBiasMonitor('Bias', {
    analysis: BiasAnalysis.of({
      headers: ['age', 'sex', 'paid'],
      label: 'paid',
      positiveOutcome: PositiveOutcome.ofValues([1]),
      facets: [Facet.categorical('sex', ['f'])],
      probability,
    }),
    baseline,
    groundTruth,
  });
  return app.synth().directory;
}

async function rehearsed(assembled: string, traffic: TrafficHour, expectDrift: boolean) {
  const options = { workDirectory: newFolder(), workshop: WARM_WORKSHOP, expectDrift, traffic: [traffic] };
  return rehearse({ assembly: assembled, ...options });
}

const jobs: DataOf = (_, bucket) =>
  MonitoredData.batchTransform(
    new BatchTransformData({
      captured: { bucket, prefix: 'captured' },
      transformInput: { bucket, prefix: 'loans' },
      transformOutput: { bucket, prefix: 'scores' },
      format: DatasetFormat.csv({ header: false }),
      generateInferenceId: true,
    }),
  );

test('predictions and groups of jobs that join their input are found by labels, from the template to the message', async () => {
  const { expectations, windows, messages } = await rehearsed(assembly(jobs, '2'), { rows: rows(400, 2) }, true);
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  const told = windows.map(({ outcome }) => [outcome.monitorKind, outcome.status, outcome.recordCount]);
  expect(told).toContainEqual(['ModelQuality', 'CompletedWithViolations', 400]);
  expect(told).toContainEqual(['ModelBias', expect.stringMatching(/^Completed/), 400]);
  expect(JSON.stringify(messages)).toMatch(/accuracy/);
});

test('of lists without labels, each label is what the model said in its column', async () => {
  const lists: DataOf = (stack, bucket) =>
    MonitoredData.endpoint(Endpoint.fromEndpointName(stack, 'Endpoint', 'live'), {
      capturedData: CapturedData.at(bucket, 'captured'),
      format: RecordFormat.rowsAt({ request: 'instances[*]', response: 'predictions[*]' }),
    });
  const side = (data: object) => ({ data: JSON.stringify(data), encoding: 'JSON' });
  const records = rows(400).map(({ input, output }, index) =>
    JSON.stringify({
      captureData: {
        endpointInput: side({ instances: [input] }),
        endpointOutput: side({ predictions: output.map(Number) }),
      },
      eventMetadata: { eventId: `${index}`, inferenceTime: '2026-01-05T00:00:01Z' },
      eventVersion: '0',
    }),
  );
  const { expectations, windows } = await rehearsed(assembly(lists, '0'), { records }, false);
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  const coverage = windows.flatMap(({ outcome }) => outcome.labelCoverage ?? []);
  expect(coverage).toEqual([1, 1]);
});
