import {
  CreateProcessingJobCommand,
  DescribeProcessingJobCommand,
  SageMakerClient,
  StopProcessingJobCommand,
} from '@aws-sdk/client-sagemaker';
import { mockClient } from 'aws-sdk-client-mock';
import type { BaselineJobRequest, BaselineSpec } from '../../lib/baseline/contract';
import { DOCUMENTATION_URL } from '../../lib/core/contract';
import { handler as baselineJob } from '../../lib/engine/model-monitor/baseline/handler/baseline-job.lambda';
import type { BaselineJobProgress } from '../../lib/engine/model-monitor/baseline/handler/job-progress';
import type { WaiterState } from '../../lib/engine/waiter/contract';
import { jobSpec } from './baseline-specs';
import { invoked } from './invocation';
import { awsError, S3Store } from './s3-store';

const handler = invoked(baselineJob);

/** Where the codes of errors are explained. */
const ERRORS = `${DOCUMENTATION_URL}/errors.md`;

const s3 = new S3Store();
const sageMaker = mockClient(SageMakerClient);
const fetched = jest.spyOn(globalThis, 'fetch');
const logged = jest.spyOn(console, 'log').mockImplementation();

const START = Date.parse('2026-01-05T00:00:00Z');
const JOB = 'baseline-12345678-c0ffee';
const FOLDER = /^s3:\/\/out\/reports\/dq\/baseline\/[0-9a-f]{16}$/;

beforeEach(() => {
  jest.useFakeTimers({ now: START + 60_000, doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
  s3.reset();
  sageMaker.reset();
  sageMaker.on(CreateProcessingJobCommand).resolves({ ProcessingJobArn: 'arn' });
  says('InProgress');
  fetched.mockReset().mockImplementation(async () => new Response(null, { status: 200 }));
});
afterEach(() => jest.useRealTimers());
afterAll(() => {
  logged.mockRestore();
  fetched.mockRestore();
});

function says(ProcessingJobStatus: 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped', words: object = {}) {
  sageMaker.on(DescribeProcessingJobCommand).resolves({ ProcessingJobStatus, ...words });
}

function request(spec: Partial<BaselineSpec> = {}, signalUrl?: string): BaselineJobRequest {
  return {
    spec: { ...jobSpec(), ...spec } as BaselineJobRequest['spec'],
    jobName: JOB,
    timeoutSeconds: 55 * 60,
    callback: {
      responseUrl: 'https://cloudformation.example/answer?signature=secret',
      stackId: 'stack',
      requestId: 'c0ffee',
      logicalResourceId: 'Baseline',
      physicalResourceId: 's3://out/folder',
    },
    signalUrl,
  };
}

type State = WaiterState<BaselineJobRequest, BaselineJobProgress>;

/** What a step says: how far the job is, or what was told. */
async function run(step: 'advance' | 'conclude', state: Partial<State> = {}) {
  const startTime = new Date(START).toISOString();
  const said = await handler({ step, state: { request: request(), startTime, ...state } });
  return 'request' in said ? said.progress : said;
}
const STARTED = { status: 'InProgress', isStarted: true, reason: '' } as const;
const COMPLETED = { status: 'Completed', isStarted: true, reason: '' } as const;
const answers = () => fetched.mock.calls.map(([, init]) => JSON.parse(String(init?.body)));

function folder(): string {
  const [call] = sageMaker.commandCalls(CreateProcessingJobCommand);
  const uri = call.args[0].input.ProcessingOutputConfig?.Outputs?.[0].S3Output?.S3Uri;
  return String(uri).slice('s3://out/'.length);
}

/** What the service says of too many instances. */
function limited(limit: number, used: number, delta: number): string {
  const name = "The account-level service limit 'ml.m5.xlarge for processing job usage'";
  return `${name} is ${limit} Instances, with current utilization of ${used} Instances and a request delta of ${delta} Instances.`;
}

/** What the job leaves, at the place that it was told. */
async function writeFiles(constraints: unknown): Promise<string> {
  await run('advance');
  s3.set('out', `${folder()}/statistics.json`, '{}');
  s3.set('out', `${folder()}/constraints.json`, constraints);
  return folder();
}

describe('the first step', () => {
  test('[D1] creates the job under the name of the request, with its output in the folder of its content', async () => {
    expect(await run('advance')).toEqual(STARTED);
    const [{ args }] = sageMaker.commandCalls(CreateProcessingJobCommand);
    const { ProcessingOutputConfig, ...others } = args[0].input;
    const { ProcessingOutputConfig: outputs, ...given } = request().spec.job.request;
    expect(others).toEqual({ ...given, ProcessingJobName: JOB });
    const [output] = outputs.Outputs;
    const S3Output = { ...output.S3Output, S3Uri: expect.stringMatching(FOLDER) };
    expect(ProcessingOutputConfig).toEqual({ ...outputs, Outputs: [{ ...output, S3Output }] });
  });

  test('finds the job when it is repeated', async () => {
    sageMaker.on(CreateProcessingJobCommand).rejects(awsError('ResourceInUse'));
    says('Completed');
    expect(await run('advance')).toEqual(COMPLETED);
  });

  test.each([
    ['ResourceLimitExceeded', limited(4, 4, 1)],
    ['ResourceLimitExceeded', limited(10, 0, 10)],
    ['ResourceLimitExceeded', 'Too many jobs'],
    ['ValidationException', 'Could not assume role arn:aws:iam::111122223333:role/new. Please ensure that it exists'],
  ])('tries again later what passes: %s', async (name, words) => {
    sageMaker.on(CreateProcessingJobCommand).rejects(awsError(name, words));
    expect(await run('advance')).toEqual({ status: 'InProgress', isStarted: false, reason: words });
    sageMaker.on(CreateProcessingJobCommand).resolves({ ProcessingJobArn: 'arn' });
    const progress = { status: 'InProgress', isStarted: false, reason: words } as const;
    expect(await run('advance', { progress })).toEqual(STARTED);
  });

  test.each([
    ['ResourceLimitExceeded', limited(0, 0, 1)],
    ['ResourceLimitExceeded', limited(4, 0, 11)],
    ['ValidationException', '1 validation error detected'],
    ['ThrottlingException', 'Rate exceeded'],
  ])('fails for what does not, or for what the machine tries again: %s', async (name, words) => {
    sageMaker.on(CreateProcessingJobCommand).rejects(awsError(name, words));
    await expect(run('advance')).rejects.toThrow(words);
  });

  test.each([
    ['AccessDeniedException', 'not authorized to perform: iam:PassRole'],
    ['ValidationException', 'Could not assume role arn:aws:iam::111122223333:role/new.'],
  ])('gives roles and policies of the same deployment three minutes to settle: %s', async (name, words) => {
    sageMaker.on(CreateProcessingJobCommand).rejects(awsError(name, words));
    jest.setSystemTime(START + 3 * 60_000 - 1);
    expect(await run('advance')).toEqual({ status: 'InProgress', isStarted: false, reason: words });
    jest.setSystemTime(START + 3 * 60_000);
    await expect(run('advance')).rejects.toThrow(words);
  });

  test('[D13] gives up when instances stay in use until the time is over', async () => {
    jest.setSystemTime(START + 55 * 60_000);
    sageMaker.on(CreateProcessingJobCommand).rejects(awsError('ResourceLimitExceeded', 'the limit is 4 Instances'));
    expect(await run('advance')).toMatchObject({
      status: 'TimedOut',
      reason: expect.stringMatching(/^BaselineTimedOut: .* within 55 minutes: the limit is 4 Instances; /),
    });
  });
});

describe('a later step', () => {
  test.each(['InProgress', 'Stopping'] as const)('goes on while the job is %s', async (status) => {
    says(status);
    expect(await run('advance', { progress: STARTED })).toEqual(STARTED);
    expect(sageMaker.commandCalls(CreateProcessingJobCommand)).toHaveLength(0);
  });

  test("[D13] has a failed job's own words, and where its log is", async () => {
    says('Failed', { FailureReason: 'AlgorithmError: See job logs', ExitMessage: 'no column named label' });
    expect(await run('advance', { progress: STARTED })).toEqual({
      status: 'Failed',
      isStarted: true,
      reason:
        `BaselineJobFailed: processing job '${JOB}' failed (its log is in /aws/sagemaker/ProcessingJobs, streams ${JOB}/): ` +
        'AlgorithmError: See job logs; no column named label',
    });
  });

  test('[D13] says that a job was stopped, also without words', async () => {
    says('Stopped');
    expect(await run('advance', { progress: STARTED })).toMatchObject({
      status: 'Stopped',
      reason: expect.stringMatching(/^BaselineJobFailed: .* was stopped \(.*\): it does not say why$/),
    });
  });

  test('[D13] says the same of a job that its own limit of time stopped', async () => {
    jest.setSystemTime(START + 55 * 60_000);
    says('Stopped');
    expect(await run('advance', { progress: STARTED })).toMatchObject({
      status: 'TimedOut',
      reason: expect.stringMatching(/^BaselineTimedOut: /),
    });
  });

  test('[D13] stops the job when its time is over, and says how to allow longer', async () => {
    jest.setSystemTime(START + 55 * 60_000);
    expect(await run('advance', { progress: STARTED })).toEqual({
      status: 'TimedOut',
      isStarted: true,
      reason:
        `BaselineTimedOut: processing job '${JOB}' did not complete within 55 minutes: it was stopped; allow up to 12 hours ` +
        "with the option 'timeout' of Baseline.fromDataset, or take larger instances",
    });
    expect(sageMaker.commandCalls(StopProcessingJobCommand)[0].args[0].input).toEqual({ ProcessingJobName: JOB });
  });

  test('takes a job that completes at the last moment', async () => {
    jest.setSystemTime(START + 55 * 60_000);
    says('Completed');
    expect(await run('advance', { progress: STARTED })).toEqual(COMPLETED);
    expect(sageMaker.commandCalls(StopProcessingJobCommand)).toHaveLength(0);
  });

  test('looks again at a job that ends while it is stopped', async () => {
    jest.setSystemTime(START + 55 * 60_000);
    const refusal = 'The request was rejected because the processing job is in status Completed.';
    sageMaker.on(StopProcessingJobCommand).rejects(awsError('ValidationException', refusal));
    expect(await run('advance', { progress: STARTED })).toEqual({
      status: 'InProgress',
      isStarted: true,
      reason: refusal,
    });
  });
});

describe('the conclusion', () => {
  test('[D2] of a job that completed answers with its files, and leaves a record of it', async () => {
    const where = await writeFiles('{}');
    expect(await run('conclude', { progress: COMPLETED })).toEqual({ status: 'SUCCESS' });
    expect(answers()).toMatchObject([
      {
        Status: 'SUCCESS',
        PhysicalResourceId: 's3://out/folder',
        Data: { StatisticsKey: `${where}/statistics.json`, ConstraintsKey: `${where}/constraints.json` },
      },
    ]);
    expect(s3.json('out', `${where}/baseline.json`)).toEqual({
      version: '1',
      jobName: JOB,
      request: request().spec.job.request,
    });
  });

  test('[D10] writes overridden constraints beside those that were suggested', async () => {
    const suggested = { version: 0, features: [{ name: 'age', inferred_type: 'Integral', completeness: 1 }] };
    const where = await writeFiles(suggested);
    const overrides = { comparisonThreshold: 0.3, features: { age: { completeness: 0.9, emitMetrics: false } } };
    await run('conclude', { progress: COMPLETED, request: request({ overrides }) });
    const [{ Data }] = answers();
    expect(Data.ConstraintsKey).toMatch(new RegExp(`^${where}/[0-9a-f]{16}/constraints\\.json$`));
    expect(s3.json('out', Data.ConstraintsKey)).toEqual({
      version: 0,
      features: [
        {
          name: 'age',
          inferred_type: 'Integral',
          completeness: 0.9,
          monitoringConfigOverrides: { emit_metrics: 'Disabled' },
        },
      ],
      monitoring_config: { distribution_constraints: { comparison_threshold: 0.3 } },
    });
    expect(s3.json('out', `${where}/constraints.json`)).toEqual(suggested);
  });

  test('writes thresholds of model quality without exponents', async () => {
    const constraint = { comparison_operator: 'GreaterThanThreshold' };
    await writeFiles(
      `{"regression_constraints":{"mae":{"threshold":1.5E-7,"comparison_operator":"GreaterThanThreshold"}}}`,
    );
    await run('conclude', { progress: COMPLETED, request: request({ decimal: true }) });
    const text = s3.objects.get(`out/${answers()[0].Data.ConstraintsKey}`) ?? '';
    expect(text).toContain('"threshold": 0.00000015');
    expect(JSON.parse(text)).toEqual({ regression_constraints: { mae: { threshold: 1.5e-7, ...constraint } } });
  });

  test('[D10] sets thresholds of metrics', async () => {
    const less = { comparison_operator: 'LessThanThreshold' };
    await writeFiles({
      binary_classification_constraints: { auc: { threshold: 0.93, ...less }, f1: { threshold: 0.8, ...less } },
    });
    await run('conclude', { progress: COMPLETED, request: request({ overrides: { metricThresholds: { auc: 0.8 } } }) });
    expect(s3.json('out', answers()[0].Data.ConstraintsKey)).toEqual({
      binary_classification_constraints: { auc: { threshold: 0.8, ...less }, f1: { threshold: 0.8, ...less } },
    });
  });

  test('[D10] fails for a metric that the baseline does not have, naming those that it has', async () => {
    await writeFiles({ regression_constraints: { mae: { threshold: 1 }, r2: { threshold: 0.9 } } });
    await run('conclude', { progress: COMPLETED, request: request({ overrides: { metricThresholds: { auc: 0.8 } } }) });
    expect(answers()).toMatchObject([
      {
        Status: 'FAILED',
        Reason: `UnknownMetric: overrides name 'auc', but the baseline has 'mae', 'r2'; name one that it has, or leave the override out (${ERRORS}#unknownmetric)`,
      },
    ]);
  });

  test.each([
    [
      { comparisonThreshold: 0.2 },
      { regression_constraints: {} },
      "OverridesNotApplicable: overrides have 'comparisonThreshold', ",
    ],
    [{ metricThresholds: { auc: 1 } }, { features: [] }, "OverridesNotApplicable: overrides have 'metricThresholds', "],
    [{ comparisonThreshold: 0.2 }, [], 'UnusableBaseline: constraints.json is a list, allowed is an object'],
    [{ comparisonThreshold: 0.2 }, { features: [1] }, 'UnusableBaseline: constraints.json: features[0] is a number'],
  ])('[D10] fails for overrides %j of other constraints %j', async (overrides, constraints, words) => {
    await writeFiles(constraints);
    await run('conclude', { progress: COMPLETED, request: request({ overrides }) });
    expect(answers()[0].Reason).toContain(words);
  });

  test('[D13] fails when the job left a file out', async () => {
    await run('advance');
    s3.set('out', `${folder()}/constraints.json`, '{}');
    expect(await run('conclude', { progress: COMPLETED })).toEqual({ status: 'FAILED' });
    expect(answers()[0].Reason).toMatch(/^BaselineNotWritten: .* there is no object s3:\/\/out\/.*\/statistics\.json/);
    expect(s3.objects.has(`out/${folder()}/baseline.json`)).toBe(false);
  });

  test('[D13] of a job that did not complete answers with its reason', async () => {
    const progress = { status: 'Failed', isStarted: true, reason: 'BaselineJobFailed: it says so' } as const;
    expect(await run('conclude', { progress })).toEqual({ status: 'FAILED' });
    expect(answers()).toMatchObject([{ Status: 'FAILED', Reason: 'BaselineJobFailed: it says so' }]);
  });

  test('[D13] of a step that failed answers with its words', async () => {
    const Cause = JSON.stringify({ errorType: 'AccessDeniedException', errorMessage: 'not authorized: iam:PassRole' });
    await run('conclude', { error: { Error: 'AccessDeniedException', Cause } });
    expect(answers()).toMatchObject([{ Status: 'FAILED', Reason: 'not authorized: iam:PassRole' }]);
  });

  test('[D2] signals a wait condition in place of the resource that was answered before', async () => {
    await writeFiles('{}');
    const signalled = request({}, 'https://cloudformation.example/signal');
    await run('conclude', { progress: COMPLETED, request: signalled });
    await run('conclude', { error: { Error: 'X', Cause: 'in vain' }, request: signalled });
    expect(fetched.mock.calls.map(([url]) => url)).toEqual(Array(2).fill('https://cloudformation.example/signal'));
    expect(fetched.mock.calls[0][1]).toMatchObject({ method: 'PUT', headers: { 'content-type': '' } });
    expect(answers()).toEqual([
      { Status: 'SUCCESS', Reason: 'the baseline is there', UniqueId: 'baseline', Data: '' },
      { Status: 'FAILURE', Reason: 'in vain', UniqueId: 'baseline', Data: '' },
    ]);
  });

  test.each([undefined, 'https://cloudformation.example/signal'])(
    'fails for a retry when it cannot be delivered to %s',
    async (signalUrl) => {
      fetched.mockImplementation(async () => new Response(null, { status: 403 }));
      const failed = run('conclude', { request: request({}, signalUrl), error: {} });
      await expect(failed).rejects.toThrow(signalUrl ? 'SignalRefused' : 'ResponseRefused');
    },
  );

  test('the log never has the address of the answer', async () => {
    await run('conclude', { error: {} });
    expect(logged.mock.calls.flat().join('\n')).not.toContain('signature=secret');
  });
});

test('fails for a step that is none', async () => {
  await expect(run('dance' as 'advance')).rejects.toThrow('MalformedRequest');
});
