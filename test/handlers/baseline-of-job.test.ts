import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import {
  BASELINE_ENV,
  type BaselineJobRequest,
  type BaselineJobSpec,
  type BaselineSpec,
} from '../../lib/baseline/contract';
import { handler } from '../../lib/baseline/handler/baseline.lambda';
import { baselineRequest } from './baseline-request';
import { jobSpec } from './baseline-specs';
import { S3Store } from './s3-store';

const s3 = new S3Store();
const stepFunctions = mockClient(SFNClient);
const fetched = jest.spyOn(globalThis, 'fetch');
const logged = jest.spyOn(console, 'log').mockImplementation();
const SIGNAL = 'https://cloudformation.example/signal';

beforeEach(() => {
  process.env[BASELINE_ENV.jobMachineArn] = 'arn:aws:states:eu-west-1:111122223333:stateMachine:Baselines';
  process.env[BASELINE_ENV.jobNamePrefix] = 'baseline-12345678';
  s3.reset();
  stepFunctions.reset();
  stepFunctions.on(StartExecutionCommand).resolves({ executionArn: 'arn' });
  fetched.mockReset().mockImplementation(async () => new Response(null, { status: 200 }));
});
afterAll(() => {
  delete process.env[BASELINE_ENV.jobMachineArn];
  delete process.env[BASELINE_ENV.jobNamePrefix];
  logged.mockRestore();
  fetched.mockRestore();
});

const sent = () => fetched.mock.calls.map(([url, init]) => ({ url, ...JSON.parse(String(init?.body)) }));
const inputs = (): BaselineJobRequest[] =>
  stepFunctions.commandCalls(StartExecutionCommand).map(({ args }) => JSON.parse(String(args[0].input.input)));
const minutes = ({ timeoutSeconds }: BaselineJobRequest) => timeoutSeconds / 60;

/** Where the files of a specification belong, as the request tells that its answer will repeat. */
async function folderOf(spec: BaselineSpec): Promise<string> {
  await handler(baselineRequest('Create', spec));
  return String(inputs().at(-1)?.callback.physicalResourceId).slice('s3://out/'.length);
}

/** What a job of the specification left in an earlier deployment. */
async function finished(spec: BaselineSpec): Promise<string> {
  const folder = await folderOf(spec);
  s3.set('out', `${folder}/baseline.json`, '{}');
  s3.set('out', `${folder}/constraints.json`, { version: 0, features: [] });
  stepFunctions.resetHistory();
  return folder;
}

test('[D1] a job is started by the state machine, which has 55 minutes and will answer', async () => {
  await handler(baselineRequest('Create', jobSpec()));
  const [start] = stepFunctions.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input);
  expect(start.name).toBe('baseline-c0ffee');
  const [input] = inputs();
  expect(input).toMatchObject({ spec: jobSpec(), jobName: 'baseline-12345678-c0ffee' });
  expect(minutes(input)).toBe(55);
  expect(input.callback).toMatchObject({
    requestId: 'c0ffee',
    physicalResourceId: expect.stringMatching(/^s3:\/\/out\/reports\/dq\/baseline\/[0-9a-f]{16}$/),
  });
  expect(sent()).toEqual([]);
});

test('a repeated invocation starts nothing twice', async () => {
  stepFunctions.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists({ message: 'exists', $metadata: {} }));
  await handler(baselineRequest('Create', jobSpec()));
  expect(sent()).toEqual([]);
});

test.each(['a'.repeat(71), '-'])('the name of a job is valid for the request %j', async (requestId) => {
  await handler(baselineRequest('Create', jobSpec(), { requestId }));
  expect(inputs()[0].jobName).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
});

describe('[D14] the folder of a job', () => {
  const job = jobSpec().job;
  const withRequest = (request: Partial<BaselineJobSpec['request']>) =>
    jobSpec({ request: { ...job.request, ...request } });

  test.each([
    ['role', withRequest({ RoleArn: 'arn:aws:iam::111122223333:role/other' })],
    ['tags', withRequest({ Tags: [{ Key: 'team', Value: 'churn' }] })],
    ['network', withRequest({ NetworkConfig: { EnableNetworkIsolation: true } })],
    ['time', { ...jobSpec({ timeoutSeconds: 60 }) }],
    ['overrides', { ...jobSpec(), overrides: { comparisonThreshold: 0.2 } }],
    [
      'cluster',
      withRequest({
        ProcessingResources: { ClusterConfig: { InstanceCount: 3, InstanceType: 'ml.r5.large', VolumeSizeInGB: 9 } },
      }),
    ],
  ])('stays the same for another %s', async (_, spec) => {
    expect(await folderOf(spec)).toBe(await folderOf(jobSpec()));
  });

  test.each([
    ['image', withRequest({ AppSpecification: { ImageUri: 'other' } })],
    ['environment', withRequest({ Environment: {} })],
    ['input', withRequest({ ProcessingInputs: [] })],
    [
      'key of the output',
      withRequest({ ProcessingOutputConfig: { ...job.request.ProcessingOutputConfig, KmsKeyId: 'k' } }),
    ],
    ['file', jobSpec({ constraintsFile: 'analysis.json' })],
    ['revision', { ...jobSpec(), revision: '2' }],
  ])('is another one for another %s', async (_, spec) => {
    expect(await folderOf(spec)).not.toBe(await folderOf(jobSpec()));
  });
});

describe('an update', () => {
  test('[D14] whose job has run before is answered at once, as in a rollback', async () => {
    const folder = await finished(jobSpec());
    await handler(baselineRequest('Update', jobSpec()));
    expect(inputs()).toEqual([]);
    expect(sent()).toMatchObject([
      {
        Status: 'SUCCESS',
        PhysicalResourceId: `s3://out/${folder}`,
        Data: { StatisticsKey: `${folder}/statistics.json`, ConstraintsKey: `${folder}/constraints.json` },
      },
    ]);
  });

  test('[D14] with other overrides runs no job again, and writes other constraints', async () => {
    const folder = await finished(jobSpec());
    await handler(baselineRequest('Update', { ...jobSpec(), overrides: { comparisonThreshold: 0.2 } }));
    await handler(baselineRequest('Update', { ...jobSpec(), overrides: { comparisonThreshold: 0.3 } }));
    expect(inputs()).toEqual([]);
    const [first, second] = sent();
    expect(first.PhysicalResourceId).toBe(`s3://out/${folder}`);
    expect(first.Data.ConstraintsKey).not.toBe(second.Data.ConstraintsKey);
    expect(s3.json('out', second.Data.ConstraintsKey)).toMatchObject({
      monitoring_config: { distribution_constraints: { comparison_threshold: 0.3 } },
    });
  });

  test('whose job never finished runs it', async () => {
    const folder = await folderOf(jobSpec());
    s3.set('out', `${folder}/constraints.json`, '{}');
    s3.set('out', `${folder}/statistics.json`, '{}');
    await handler(baselineRequest('Update', jobSpec()));
    expect(inputs()).toHaveLength(2);
  });
});

test('a creation runs the job although its files are there: the dataset may have changed in place', async () => {
  await finished(jobSpec());
  await handler(baselineRequest('Create', jobSpec()));
  expect(inputs()).toHaveLength(1);
});

describe('a baseline that may take long', () => {
  const LONG = jobSpec({ timeoutSeconds: 3 * 3600 });

  test('[D2] is answered at once with the keys that its files will have, and signalled later', async () => {
    await handler(baselineRequest('Create', LONG, { signalUrl: SIGNAL }));
    const [input] = inputs();
    expect(input.signalUrl).toBe(SIGNAL);
    expect(minutes(input)).toBe(180);
    expect(sent()).toMatchObject([
      {
        Status: 'SUCCESS',
        Data: {
          StatisticsKey: expect.stringMatching(/\/statistics\.json$/),
          ConstraintsKey: expect.stringMatching(/\/constraints\.json$/),
        },
      },
    ]);
  });

  test('[D2] signals right away when its files are there', async () => {
    await finished(LONG);
    await handler(baselineRequest('Update', LONG, { signalUrl: SIGNAL, oldSignalUrl: `${SIGNAL}-before` }));
    expect(sent()).toMatchObject([
      { url: SIGNAL, Status: 'SUCCESS', UniqueId: 'baseline' },
      { url: expect.stringContaining('/answer'), Status: 'SUCCESS' },
    ]);
  });

  test('goes back to a condition whose URL has expired', async () => {
    await finished(LONG);
    fetched.mockImplementation(async (url) => new Response(null, { status: url === SIGNAL ? 403 : 200 }));
    await handler(baselineRequest('Update', LONG, { signalUrl: SIGNAL, oldSignalUrl: `${SIGNAL}-before` }));
    expect(sent().at(-1)).toMatchObject({ Status: 'SUCCESS', RequestId: 'c0ffee' });
  });

  test('leaves it to the next attempt where the condition could not be reached: it is waited for', async () => {
    await finished(LONG);
    fetched.mockImplementation(async (url) => new Response(null, { status: url === SIGNAL ? 503 : 200 }));
    const update = baselineRequest('Update', LONG, { signalUrl: SIGNAL, oldSignalUrl: `${SIGNAL}-before` });
    await expect(handler(update)).rejects.toThrow('SignalRefused');
    fetched.mockRejectedValue(new TypeError('fetch failed'));
    await expect(handler(update)).rejects.toThrow('fetch failed');
  });

  test('is awaited as a custom resource where no condition is new: the deployment alone knew the change', async () => {
    await handler(baselineRequest('Update', LONG, { signalUrl: SIGNAL, oldSignalUrl: SIGNAL }));
    const [input] = inputs();
    expect(input.signalUrl).toBeUndefined();
    expect(minutes(input)).toBe(55);
    expect(sent()).toEqual([]);
  });

  test('fails as a custom resource when the machine cannot be started', async () => {
    stepFunctions.on(StartExecutionCommand).rejects(new Error('not authorized'));
    await handler(baselineRequest('Create', LONG, { signalUrl: SIGNAL }));
    expect(sent()).toMatchObject([{ Status: 'FAILED', Reason: 'not authorized' }]);
  });
});

test('a deletion is answered at once, and leaves the files', async () => {
  const folder = await finished(jobSpec());
  await handler(baselineRequest('Delete', jobSpec()));
  expect(sent()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 's3://out/before' }]);
  expect(s3.objects.has(`out/${folder}/constraints.json`)).toBe(true);
});
