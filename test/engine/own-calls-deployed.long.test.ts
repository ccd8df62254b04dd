import type { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  Baseline,
  Dataset,
  type Endpoint,
  MonitoredData,
  MonitoringEngine,
  Predictor,
  ShapAnalysis,
  ShapBaseline,
} from '../../lib';
import type { ModelRequest } from '../../lib/cloud/account/sagemaker/models';
import type { Cloud } from '../../lib/cloud/deployment/cloud';
import type { MonitorRequest } from '../../lib/engine/serverless/contract';
import { ModelExplainabilityMonitor } from '../../lib/monitor/model-explainability-monitor';
import type { ExecutionReport } from '../../lib/outcome/contract';
import { newEndpoint, newMonitor } from '../monitor/fixtures';
import { accountForEach } from './lifecycle';

// Deployed on the stand-in: a monitor that asks the endpoint which is monitored, whose calls are captured as all others are, and another monitor of that endpoint.

let cloud: Cloud;
let asked: (ModelRequest & { readonly time: Date })[];
const synthesized = accountForEach((opened) => {
  cloud = opened;
  asked = [];
  cloud.account.models = (request) => {
    asked.push(request);
    const body = request.body.split('\n').map(score).join('\n');
    captureCall(request, body);
    return { body };
  };
});

const HEADERS = ['age', 'hours', 'zone'];
const WEIGHTS = [0.02, 0.005, 0.0001];
const score = (line: string) => line.split(',').reduce((sum, value, index) => sum + WEIGHTS[index] * Number(value), 0);
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => [20 + ((index * 7) % 41), 18 + ((index * 13) % 41), index % 5]);

const newAttributions = (stack: Stack, endpoint: Endpoint, bucket: s3.IBucket) =>
  new ModelExplainabilityMonitor(stack, 'Attributions', {
    data: MonitoredData.endpoint(endpoint),
    engine: MonitoringEngine.serverless(),
    baseline: Baseline.fromDataset(Dataset.csv(bucket, 'train.csv', { columns: { label: 'left' } })),
    analysis: ShapAnalysis.of({
      predictor: Predictor.monitoredEndpoint({ variantName: 'live', trafficShare: 1, maxCallsPerSecond: 100 }),
      baseline: ShapBaseline.rows([[40, 38, 2]]),
      headers: HEADERS,
    }),
  });

function assemblyOf({ asks }: { readonly asks: boolean }): string {
  return synthesized((stack) => {
    const bucket = s3.Bucket.fromBucketName(stack, 'Given', 'given');
    const endpoint = newEndpoint(stack);
    newMonitor(
      stack,
      { data: MonitoredData.endpoint(endpoint), baseline: Baseline.fromDataset(Dataset.csv(bucket, 'columns.csv')) },
      'Monitor',
    );
    if (asks) newAttributions(stack, endpoint, bucket);
  });
}

function requestOf(monitor: string): MonitorRequest {
  const found = cloud.resource({ type: 'AWS::Scheduler::Schedule', name: `${monitor}ServerlessSchedule` });
  return JSON.parse((found.properties.Target as { Input: string }).Input);
}

const lineOf = (row: string, answer: string, event: object) =>
  JSON.stringify({
    captureData: {
      endpointInput: { data: row, encoding: 'CSV', mode: 'INPUT' },
      endpointOutput: { data: answer, encoding: 'CSV', mode: 'OUTPUT' },
    },
    eventMetadata: event,
    eventVersion: '0',
  });

let files = 0;
function capture(lines: readonly string[], time: Date, endpointName: string): void {
  const bucket = cloud.resource({ type: 'AWS::S3::Bucket', name: 'Capture' }).ref;
  const hour = time.toISOString().slice(0, 13).replace(/[-T]/g, '/');
  files += 1;
  cloud.put(`s3://${bucket}/data-capture/${endpointName}/live/${hour}/${files}.jsonl`, `${lines.join('\n')}\n`);
}

function captureCall({ body, inferenceId, time, endpointName }: ModelRequest, answer: string): void {
  const inferenceTime = `${time.toISOString().slice(0, 19)}Z`;
  capture([lineOf(body, answer, { eventId: `call-${files}`, inferenceId, inferenceTime })], time, endpointName);
}

/** Requests of clients in the hour that is under way. */
function traffic(count: number): void {
  const inferenceTime = cloud.now.toISOString();
  const lines = rows(count).map((row, index) =>
    lineOf(row.join(','), String(score(row.join(','))), { eventId: `e-${files}-${index}`, inferenceTime }),
  );
  capture(lines, cloud.now, requestOf('Monitor').monitor.endpointName ?? '');
}

/** What the runs of a monitor have said, in their order. */
function reportsOf(monitor: string): ExecutionReport[] {
  const { bucket, prefix } = requestOf(monitor).output;
  return cloud
    .keys(`s3://${bucket}/${prefix}/`)
    .filter((key) => key.endsWith('/report.json'))
    .map((key) => JSON.parse(cloud.text(`s3://${bucket}/${key}`) ?? ''));
}

const told = (monitor: string) =>
  reportsOf(monitor).map(({ outcome, unreadable: { ownCalls, ...unreadable } = {} as never, distances }) => ({
    said: [outcome.status, outcome.recordCount, outcome.health, unreadable, distances],
    ownCalls,
  }));

/** Deploys before the 40th minute of an hour, and lets three hours of traffic pass. */
async function threeHours(asks: boolean): Promise<void> {
  const lines = rows(300).map((row) => row.join(','));
  cloud.put(
    's3://given/train.csv',
    `${['left', ...HEADERS].join(',')}\n${lines.map((line) => `1,${line}`).join('\n')}\n`,
  );
  cloud.put(
    's3://given/columns.csv',
    `${['said', ...HEADERS].join(',')}\n${lines.map((line) => `${score(line)},${line}`).join('\n')}\n`,
  );
  await cloud.pass({ minutes: (100 - cloud.now.getUTCMinutes()) % 60 });
  const { status, reason } = await cloud.deploy(assemblyOf({ asks }));
  expect([status, reason]).toEqual(['CREATE_COMPLETE', undefined]);
  for (let hour = 0; hour < 3; hour += 1) {
    traffic(200);
    await cloud.pass({ hours: 1 });
  }
}

test('calls that are captured change nothing of what another monitor says, and are counted there', async () => {
  await threeHours(true);
  const asking = told('Monitor');
  expect(asked.length).toBeGreaterThan(250); // those of the baseline, and of each window
  expect(new Set(asked.map(({ targetVariant }) => targetVariant))).toEqual(new Set(['live']));
  const counted = asking.reduce((sum, { ownCalls = 0 }) => sum + ownCalls, 0);
  expect(counted).toBeGreaterThan(200);
  expect(told('Attributions').map(({ said: [status, count] }) => [status, count])).toContainEqual(['Completed', 200]);
  expect(await cloud.destroy('Stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
  for (const { said } of asking) expect([said[1], said[2]]).toEqual([200, 0]);
});

test('the same app that asks nobody says the same', async () => {
  await threeHours(false);
  expect(asked).toEqual([]);
  for (const { said, ownCalls } of told('Monitor')) {
    expect([said[1], said[2], ownCalls]).toEqual([200, 0, undefined]);
  }
});
