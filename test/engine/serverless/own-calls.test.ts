import { App, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BatchTransformData,
  DatasetFormat,
  type Endpoint,
  MonitoredData,
  type MonitoredEndpointPredictorOptions,
  MonitoringEngine,
  Predictor,
  ShapAnalysis,
  ShapBaseline,
} from '../../../lib';
import type { MonitorRequest } from '../../../lib/engine/serverless/contract';
import { ModelExplainabilityMonitor } from '../../../lib/monitor/model-explainability-monitor';
import { ENV, givenBaseline, newEndpoint, newMonitor, newStack } from '../../monitor/fixtures';
import { resourceOf, resourcesOf } from '../../monitor/readable-template';

// A monitor of feature attributions that asks the endpoint which is monitored.

const OPTIONS: MonitoredEndpointPredictorOptions = { variantName: 'live', trafficShare: 0.05 };

interface Asking {
  readonly options?: Partial<MonitoredEndpointPredictorOptions>;
  readonly endpoint?: Endpoint;
  readonly data?: MonitoredData;
  readonly engine?: MonitoringEngine;
  readonly extractsBucket?: s3.IBucket;
}

function asking(stack: Stack, { options, endpoint = newEndpoint(stack), data, extractsBucket }: Asking = {}): Stack {
  new ModelExplainabilityMonitor(stack, 'Attributions', {
    engine: MonitoringEngine.serverless({ extractsBucket }),
    analysis: ShapAnalysis.of({
      predictor: Predictor.monitoredEndpoint({ ...OPTIONS, ...options }),
      baseline: ShapBaseline.rows([[37, 1, 4]]),
      headers: ['age', 'sex', 'job'],
    }),
    data: data ?? MonitoredData.endpoint(endpoint),
    baseline: givenBaseline(stack, 'GivenAttributions'),
  });
  return stack;
}

const requestsOf = (stack: Stack): MonitorRequest[] =>
  resourcesOf(stack, 'AWS::Scheduler::Schedule')
    .map(({ Properties }) => JSON.parse(Properties.Target.Input))
    .filter(({ mode }) => mode === 'monitor');
const statementsOf = (stack: Stack, role: string): string =>
  JSON.stringify(resourceOf(stack, 'AWS::IAM::Role', role).Properties.Policies);

test('the variant of the endpoint is asked, nothing is made, and the calls are bounded', () => {
  const stack = asking(newStack());
  expect(JSON.stringify(resourcesOf(stack, 'AWS::SageMaker::EndpointConfig'))).not.toContain('ServerlessConfig');
  const [{ explanation, monitor, ownCalls }] = requestsOf(stack);
  expect(explanation?.model).toMatchObject({
    endpointName: monitor.endpointName,
    variant: 'live',
    targetsVariant: true,
  });
  expect(explanation?.ownCalls).toEqual({ ledger: ownCalls, mostCalls: 1000, callsPerSecond: 2, trafficShare: 0.05 });
  expect(ownCalls?.prefix).toBe(`own-calls/Stack/${monitor.endpointName}`);
  expect(statementsOf(stack, 'AnalysisExplainRole')).toContain('sagemaker:InvokeEndpoint');
});

test('how much is asked may be said', () => {
  const [{ explanation }] = requestsOf(
    asking(newStack(), {
      options: { trafficShare: 1, maxCallsPerRun: 10_000, maxCallsPerSecond: 0.5, maxConcurrency: 1 },
    }),
  );
  expect(explanation?.ownCalls).toMatchObject({ mostCalls: 10_000, callsPerSecond: 0.5, trafficShare: 1 });
  expect(explanation?.model.requestsAtOnce).toBe(1);
});

test('every monitor of the endpoint in the stack knows of the calls, whichever is made first, and those of another endpoint do not', () => {
  const stack = newStack();
  const endpoint = newEndpoint(stack);
  const data = MonitoredData.endpoint(endpoint);
  newMonitor(stack, { data, baseline: givenBaseline(stack, 'A') }, 'First');
  asking(stack, { endpoint });
  newMonitor(stack, { data, baseline: givenBaseline(stack, 'B') }, 'Second');
  const other = MonitoredData.endpoint(newEndpoint(stack, 'Other'));
  newMonitor(stack, { data: other, baseline: givenBaseline(stack, 'C') }, 'Elsewhere');
  const known = requestsOf(stack).map(({ monitor, ownCalls }) => [monitor.id, ownCalls !== undefined]);
  expect(Object.fromEntries(known)).toEqual({
    'Stack/First': true,
    'Stack/Attributions': true,
    'Stack/Second': true,
    'Stack/Elsewhere': false,
  });
});

test('who asks writes notes, who reads captured data reads them, and nobody else does either', () => {
  const stack = asking(newStack());
  expect(statementsOf(stack, 'AnalysisExplainRole')).toContain('own-calls/Stack/*');
  expect(statementsOf(stack, 'AnalysisProfileRole')).toContain('own-calls/Stack/*');
  for (const role of ['AnalysisPlanRole', 'AnalysisConcludeRole'])
    expect(statementsOf(stack, role)).not.toContain('own-calls');
});

test('notes lie in the bucket of extracts that is given, by its own key', () => {
  const stack = newStack();
  const extractsBucket = new s3.Bucket(stack, 'Mine', { encryptionKey: new kms.Key(stack, 'Key') });
  asking(stack, { extractsBucket });
  const [{ ownCalls }] = requestsOf(stack);
  expect(JSON.stringify(ownCalls?.bucket)).toContain('Mine');
});

test('a monitor that asks no monitored endpoint has neither notes nor permissions', () => {
  const stack = newStack();
  newMonitor(stack);
  expect(requestsOf(stack)[0].ownCalls).toBeUndefined();
  expect(JSON.stringify(resourcesOf(stack, 'AWS::IAM::Role'))).not.toContain('own-calls');
});

test.each<[string, Partial<MonitoredEndpointPredictorOptions>]>([
  ["'trafficShare' is 0, allowed is a number above 0, up to 1", { trafficShare: 0 }],
  ["'trafficShare' is 1.1, allowed is a number above 0, up to 1", { trafficShare: 1.1 }],
  ["'maxCallsPerRun' is 0, allowed is", { maxCallsPerRun: 0 }],
  ["'maxCallsPerRun' is 10001, allowed is", { maxCallsPerRun: 10_001 }],
  ["'maxCallsPerSecond' is 0, allowed is a number above 0, up to 100", { maxCallsPerSecond: 0 }],
  ["'maxCallsPerSecond' is 101, allowed is a number above 0, up to 100", { maxCallsPerSecond: 101 }],
  ['\'customAttributes\' is "991 characters", allowed is at most 990', { customAttributes: 'x'.repeat(991) }],
])('InvalidPredictor: %s', (words, options) => {
  expect(() => Predictor.monitoredEndpoint({ ...OPTIONS, ...options })).toThrow(`InvalidPredictor: ${words}`);
  expect(() => Predictor.monitoredEndpoint({ ...OPTIONS, customAttributes: 'x'.repeat(990) })).not.toThrow();
});

describe('refused is', () => {
  test('a variant that the endpoint does not have', () => {
    expect(() => asking(newStack(), { options: { variantName: 'green' } })).toThrow(
      /UnsupportedOnServerless.*'analysis\.predictor\.variantName' is "green", allowed is a production variant: live/,
    );
  });

  test('the endpoint, where transform jobs are monitored', () => {
    const stack = newStack();
    const bucket = new s3.Bucket(stack, 'Jobs');
    const data = MonitoredData.batchTransform(
      new BatchTransformData({
        captured: { bucket, prefix: 'captured' },
        transformInput: { bucket, prefix: 'in' },
        transformOutput: { bucket, prefix: 'out' },
        format: DatasetFormat.csv({ header: true }),
      }),
    );
    expect(() => asking(stack, { data })).toThrow(/Predictor\.monitoredEndpoint\(\.\.\.\), and no endpoint is/);
  });

  test('on Model Monitor', () => {
    const stack = newStack();
    const make = () =>
      new ModelExplainabilityMonitor(stack, 'Attributions', {
        engine: MonitoringEngine.modelMonitor(),
        analysis: ShapAnalysis.of({ predictor: Predictor.monitoredEndpoint(OPTIONS), headers: ['age'] }),
        data: MonitoredData.endpoint(newEndpoint(stack)),
        baseline: givenBaseline(stack),
      });
    expect(make).toThrow(/UnsupportedOnModelMonitor.*Predictor\.monitoredEndpoint/);
  });

  test('a monitor of the endpoint on Model Monitor, and one of another stack: both would take the calls for traffic', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: ENV });
    const endpoint = newEndpoint(stack);
    asking(stack, { endpoint });
    const data = MonitoredData.endpoint(endpoint);
    newMonitor(stack, { data, engine: MonitoringEngine.modelMonitor() }, 'OnService');
    newMonitor(new Stack(app, 'Later', { env: ENV }), { data }, 'InOtherStack');
    const words = (path: string) =>
      new RegExp(
        `UnsupportedOnServerless at Stack/Attributions.*the monitored endpoint, which ${path} monitors as well`,
      );
    expect(() => app.synth()).toThrow(words('Stack/OnService'));
    expect(() => app.synth()).toThrow(words('Later/InOtherStack'));
  });
});
