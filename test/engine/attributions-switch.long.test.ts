import type { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../lib/baseline/baseline';
import { Dataset } from '../../lib/baseline/dataset';
import { THROTTLED } from '../../lib/cloud/account/faults';
import type { ModelRequest } from '../../lib/cloud/account/sagemaker/models';
import type { Cloud } from '../../lib/cloud/deployment/cloud';
import { Model } from '../../lib/endpoint/model';
import { ModelImage } from '../../lib/endpoint/model-image';
import { ModelExplainabilityMonitor } from '../../lib/monitor/model-explainability-monitor';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { Predictor } from '../../lib/monitor/predictor';
import { ShapAnalysis } from '../../lib/monitor/shap-analysis';
import { ShapBaseline } from '../../lib/monitor/shap-baseline';
import { IMAGE_URI } from '../endpoint/fixtures';
import { newEndpoint } from '../monitor/fixtures';
import { ENGINES, type EngineName } from './engine-switch-trial';
import { accountForEach } from './lifecycle';

// A monitor of feature attributions on the stand-in: its endpoint, its baseline, its runs, another model, the other engine.

let cloud: Cloud;
let asked: ModelRequest[];
const synthesized = accountForEach((opened) => {
  cloud = opened;
  asked = [];
  cloud.account.models = (request) => {
    asked.push(request);
    return { body: request.body.split('\n').map(score).join('\n') };
  };
});

const HEADERS = ['age', 'hours', 'zone'];
const WEIGHTS = [0.02, 0.005, 0.0001];
const USUAL = [40, 38, 2];

/** A linear model, of which the attributions are known: each weight times the distance from what is usual. */
const score = (line: string) => line.split(',').reduce((sum, value, index) => sum + WEIGHTS[index] * Number(value), 0);

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => [20 + ((index * 7) % 41), 18 + ((index * 13) % 41), index % 5]);

function exact(all: readonly (readonly number[])[]): number[] {
  return HEADERS.map((_, feature) => {
    const sizes = all.map((row) => Math.abs(WEIGHTS[feature] * (row[feature] - USUAL[feature])));
    return sizes.reduce((sum, size) => sum + size, 0) / all.length;
  });
}

const GIVEN = 's3://given/analysis.json';
const GIVEN_VALUES = Object.fromEntries(HEADERS.map((name, index) => [name, 3 - index]));
const ANALYSIS = { version: '1.0', explanations: { kernel_shap: { label0: { global_shap_values: GIVEN_VALUES } } } };

interface Asked {
  readonly engine?: EngineName;
  readonly isMade?: boolean;
  readonly image?: string;
}

/** An app with a monitor, whose baseline is a file, or is made of a dataset. */
function assemblyOf({ engine = 'serverless', isMade = false, image = IMAGE_URI }: Asked = {}): string {
  return synthesized((stack: Stack) => {
    const bucket = s3.Bucket.fromBucketName(stack, 'Given', 'given');
    const columns = { label: 'left' };
    new ModelExplainabilityMonitor(stack, 'Attributions', {
      data: MonitoredData.endpoint(newEndpoint(stack)),
      engine: ENGINES[engine](),
      baseline: isMade
        ? Baseline.fromDataset(Dataset.csv(bucket, 'train.csv', { columns }))
        : Baseline.fromFiles({ bucket, constraintsKey: 'analysis.json' }),
      analysis: ShapAnalysis.of({
        predictor: Predictor.fromModel(new Model(stack, 'Asked', { image: ModelImage.fromUri(image) })),
        baseline: ShapBaseline.rows([USUAL]),
        headers: HEADERS,
      }),
    });
  });
}

/** Between two runs. */
async function deployed(assembly: string): Promise<string> {
  await cloud.pass({ minutes: (100 - cloud.now.getUTCMinutes()) % 60 });
  const { status, reason } = await cloud.deploy(assembly);
  return reason === undefined ? status : `${status}: ${reason}`;
}

function putDataset(): void {
  const lines = rows(60).map((row, index) => `${index % 2},${row.join(',')}`);
  cloud.put('s3://given/train.csv', `${['left', ...HEADERS].join(',')}\n${lines.join('\n')}\n`);
}

/** Records of the hour that is under way, in two objects. */
function capture(all: readonly (readonly number[])[]): void {
  const { capture: place, monitor } = inputOf();
  const inferenceTime = new Date(cloud.now.getTime()).toISOString();
  const hour = inferenceTime.slice(0, 13).replaceAll('-', '/').replace('T', '/');
  for (const half of [0, 1]) {
    const lines = all
      .map((row, index) => ({ row, index }))
      .filter(({ index }) => index % 2 === half)
      .map(({ row, index }) => {
        const side = { data: row.join(','), encoding: 'CSV', mode: 'INPUT' };
        return JSON.stringify({
          captureData: { endpointInput: side },
          eventMetadata: { eventId: `e-${index}`, inferenceTime },
        });
      });
    const folder = `s3://${place.bucket}/${place.prefix}/${monitor.endpointName}/live/${hour}`;
    cloud.put(`${folder}/${half}.jsonl`, `${lines.join('\n')}\n`);
  }
}

/** The reconciler has a schedule of its own. */
const SERVERLESS = { type: 'AWS::Scheduler::Schedule', name: 'AttributionsServerlessSchedule' };
const SERVICE = { type: 'AWS::SageMaker::MonitoringSchedule' };

const inputOf = () => JSON.parse((cloud.resource(SERVERLESS).properties.Target as { Input: string }).Input);

function baselineAnalysis() {
  const { bucket, key } = inputOf().baseline.constraints;
  return JSON.parse(cloud.text(`s3://${bucket}/${key}`) ?? '');
}

const values = (analysis: typeof ANALYSIS) =>
  Object.values(analysis.explanations.kernel_shap.label0.global_shap_values);

function expectExact(analysis: typeof ANALYSIS, all: readonly (readonly number[])[]): void {
  const found = values(analysis);
  for (const [index, value] of exact(all).entries()) expect(found[index]).toBeCloseTo(value, 10);
}

/** Texts of the reports that runs have left, by the end of their keys. */
function reportsOf(file: string): string[] {
  const { bucket, prefix } = inputOf().output;
  const keys = cloud
    .keys(`s3://${bucket}/${prefix}/`)
    .filter((key) => key.endsWith(`/${file}`) && !key.includes('/baseline/'));
  return keys.map((key) => cloud.text(`s3://${bucket}/${key}`) ?? '');
}

test.each([
  ['serverless', 'model-monitor'],
  ['model-monitor', 'serverless'],
] as const)('from %s to %s and back, the stack updates and has one schedule', async (first, second) => {
  cloud.put(GIVEN, JSON.stringify(ANALYSIS));
  expect(await deployed(assemblyOf({ engine: first }))).toBe('CREATE_COMPLETE');
  for (const engine of [second, first]) {
    expect(await deployed(assemblyOf({ engine }))).toBe('UPDATE_COMPLETE');
    const counts = [SERVERLESS, SERVICE].map((query) => cloud.resources(query).length);
    expect(counts).toEqual(engine === 'serverless' ? [1, 0] : [0, 1]);
  }
});

test('a deployment waits for the attributions of a dataset, and runs for those of their records: of a linear model, exact ones', async () => {
  putDataset();
  expect(await deployed(assemblyOf({ isMade: true }))).toBe('CREATE_COMPLETE');
  expectExact(baselineAnalysis(), rows(60));
  expect(baselineAnalysis().explained).toMatchObject({ records: 60, requests: asked.length, isExact: true });
  capture(rows(80));
  await cloud.pass({ hours: 1 });
  expectExact(JSON.parse(reportsOf('analysis.json')[0]), rows(80));
  expect(reportsOf('report.json').map((text) => JSON.parse(text).outcome.status)).toContain('Completed');
  expect(cloud.keys('s3://given/')).toHaveLength(1);
  const { bucket, prefix } = inputOf().explanation.samples;
  expect(cloud.keys(`s3://${bucket}/${prefix}/`)).toEqual([]);
});

test('another model updates the endpoint and makes another baseline, and is the one that runs ask', async () => {
  putDataset();
  expect(await deployed(assemblyOf({ isMade: true }))).toBe('CREATE_COMPLETE');
  const [before, firstModel] = [inputOf(), asked[0].modelName];
  asked.length = 0;
  expect(await deployed(assemblyOf({ isMade: true, image: `${IMAGE_URI}.1` }))).toBe('UPDATE_COMPLETE');
  const after = inputOf();
  expect(after.explanation.model.endpointName).toBe(before.explanation.model.endpointName);
  expect(after.explanation.model.variant).not.toBe(before.explanation.model.variant);
  expect(after.baseline.constraints.key).not.toBe(before.baseline.constraints.key);
  expect(new Set(asked.map(({ modelName }) => modelName))).toEqual(new Set([after.explanation.model.variant]));
  expect(firstModel).toBe(before.explanation.model.variant);
});

test('throttles, and answers of functions that are lost, change nothing that is told', async () => {
  cloud.put(GIVEN, JSON.stringify(ANALYSIS));
  expect(await deployed(assemblyOf())).toBe('CREATE_COMPLETE');
  capture(rows(20));
  cloud.faults.next('SageMakerRuntime', 'InvokeEndpoint', { ...THROTTLED, times: 2 });
  const isOfTheRun = (event: unknown) => JSON.stringify(event).includes('"itemCount":1');
  cloud.faults.next('Lambda', 'Invoke', { answerLost: true, when: isOfTheRun, times: 1 }); // of explain, the first that has the plan
  await cloud.pass({ hours: 1 });
  const told = reportsOf('report.json').map((text) => JSON.parse(text).outcome);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ status: 'Completed', recordCount: 20 });
  const { explained } = JSON.parse(reportsOf('analysis.json')[0]);
  expect(asked).toHaveLength(explained.requests - 2); // the throttled ones were no answers, and what was asked is not asked again
});
