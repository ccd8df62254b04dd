import {
  DatasetFormat,
  ModelMonitoring,
  ModelProblem,
  MonitoredData,
  Predictor,
  ShapAnalysis,
  ShapBaseline,
  TransformRows,
} from '../../../lib';
import type { BatchTransformDataProps } from '../../../lib/endpoint/batch-transform-data';
import type { MonitorRequest } from '../../../lib/engine/serverless/contract';
import { givenBaseline, newStack } from '../../monitor/fixtures';
import { resourcesOf, statementsOfRole } from '../../monitor/readable-template';
import { biasAnalysis } from '../model-monitor/clarify';
import { givenLabels, givenTransforms } from '../model-monitor/quality';

// Monitors of all kinds of the same transform jobs: whose rows each reads, and what it finds there.

type Kind = MonitorRequest['monitor']['kind'];

const NO_HEADER = DatasetFormat.csv({ header: false });

/** A front door of jobs that generate identifiers, unless something else is said of them, with monitors of some kinds. */
function watching(kinds: readonly Kind[], format = NO_HEADER, options: Partial<BatchTransformDataProps> = {}) {
  const stack = newStack();
  const data = MonitoredData.batchTransform(
    givenTransforms(stack, format, { generateInferenceId: format !== DatasetFormat.PARQUET, ...options }),
  );
  const monitoring = new ModelMonitoring(stack, 'Jobs', { data });
  const baseline = givenBaseline(stack);
  const labelled = { baseline, groundTruth: givenLabels(stack) };
  const add: { readonly [kind in Kind]: () => unknown } = {
    DataQuality: () => monitoring.addDataQualityMonitor('Data', { baseline }),
    ModelQuality: () => {
      const problem = ModelProblem.binaryClassification({ probability: '4', threshold: 0.5 });
      monitoring.addModelQualityMonitor('Quality', { ...labelled, problem });
    },
    ModelBias: () =>
      monitoring.addModelBiasMonitor('Bias', { ...labelled, analysis: biasAnalysis({ prediction: '4' }) }),
    ModelExplainability: () =>
      monitoring.addModelExplainabilityMonitor('Reasons', {
        baseline,
        analysis: ShapAnalysis.of({
          predictor: Predictor.fromModelName('churn-v1'),
          baseline: ShapBaseline.rows([[37, 1, 4]]),
          headers: ['age', 'sex', 'job'],
        }),
      }),
  };
  for (const kind of kinds) add[kind]();
  return stack;
}

const ALL: readonly Kind[] = ['DataQuality', 'ModelQuality', 'ModelBias', 'ModelExplainability'];

/** The requests of a stack's monitors, by kind. */
function requestsOf(stack: ReturnType<typeof watching>): { readonly [kind in Kind]: MonitorRequest } {
  const inputs = resourcesOf(stack, 'AWS::Scheduler::Schedule').map(({ Properties }) => Properties.Target.Input);
  const requests: MonitorRequest[] = inputs.map((text) => JSON.parse(text)).filter(({ mode }) => mode === 'monitor');
  return Object.fromEntries(requests.map((request) => [request.monitor.kind, request])) as never;
}

test('predictions that meet labels stand in the output, and features in what the data say', () => {
  const requests = requestsOf(watching(ALL));
  const sides = ALL.map((kind) => [requests[kind].transforms?.side, requests[kind].transforms?.generatedIds]);
  expect(sides).toEqual([
    ['input', undefined],
    ['output', true],
    ['output', true],
    ['input', undefined],
  ]);
  expect(requests.ModelQuality.transforms?.data).toEqual({ bucket: 'transforms', prefix: 'jobs/out' });
  expect(requests.ModelQuality.problem?.probabilityAttribute).toBe('4');
  expect(requests.ModelBias.groups?.predicted).toEqual({ name: '4' });
  expect(requests.ModelQuality.extracts).toBeUndefined();
});

test('all kinds may read the output, and one that needs no input may not read that', () => {
  const all = requestsOf(watching(ALL, NO_HEADER, { rows: TransformRows.OUTPUT }));
  expect(ALL.map((kind) => all[kind].transforms?.side)).toEqual(['output', 'output', 'output', 'output']);
  const read = JSON.stringify(statementsOfRole(watching(['ModelQuality']), 'ProfileRole'));
  expect([read.includes('transforms/jobs/out/*'), read.includes('transforms/jobs/in/*')]).toEqual([true, false]);
});

test.each<[string, DatasetFormat, Partial<BatchTransformDataProps>, RegExp]>([
  ['data.generateInferenceId', NO_HEADER, { generateInferenceId: false }, /a label names its prediction/],
  ['data.generateInferenceId', DatasetFormat.PARQUET, {}, /in CSV without a header or in JSON/],
  ['data.format', DatasetFormat.csv(), {}, /let the jobs write no header, or JSON Lines/],
])('jobs whose predictions no label can name are refused by %s, and explained nevertheless', (prop, ...jobs) => {
  const [format, options, reason] = jobs;
  for (const kind of ['ModelQuality', 'ModelBias'] as const) {
    expect(() => watching([kind], format, options)).toThrow(new RegExp(`^UnsupportedOnServerless at .*'${prop}' is `));
    expect(() => watching([kind], format, options)).toThrow(reason);
  }
  expect(requestsOf(watching(['ModelExplainability'], format, options)).ModelExplainability.transforms).toBeDefined();
});

test('of rows with columns, a path to predictions is refused', () => {
  const stack = newStack();
  const data = MonitoredData.batchTransform(
    givenTransforms(stack, DatasetFormat.JSON_LINES, { generateInferenceId: true }),
  );
  const monitoring = new ModelMonitoring(stack, 'Jobs', { data });
  const problem = ModelProblem.regression({ prediction: 'SageMakerOutput.predictions[0]' });
  const rest = { baseline: givenBaseline(stack), groundTruth: givenLabels(stack) };
  expect(() => monitoring.addModelQualityMonitor('Quality', { problem, ...rest })).toThrow(
    /^UnsupportedOnServerless at .*'problem.prediction' is .*no path leads into them/,
  );
});
