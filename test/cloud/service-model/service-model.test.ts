import { Readable } from 'node:stream';
import fc from 'fast-check';
import { SERVICE_MODELS } from '../../../lib/cloud/service-model/figures';
import {
  asModelled,
  inputMembers,
  violationMessage,
  violations,
  wholeText,
} from '../../../lib/cloud/service-model/service-model';

const SEED = 20260105;

/** A request without fault; what a test says replaces its members. */
function job(changes: object = {}): Record<string, unknown> {
  return {
    ProcessingJobName: 'baseline-1',
    RoleArn: 'arn:aws:iam::123456789012:role/job',
    AppSpecification: { ImageUri: '156813124566.dkr.ecr.us-east-1.amazonaws.com/sagemaker-model-monitor-analyzer' },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 20 } },
    Environment: { dataset_format: '{"csv":{"header":true}}' },
    ...changes,
  };
}

function cluster(changes: object): object {
  const resources = job().ProcessingResources as { ClusterConfig: object };
  return { ProcessingResources: { ClusterConfig: { ...resources.ClusterConfig, ...changes } } };
}

const input = (changes: object) => ({
  ProcessingInputs: [
    {
      InputName: 'data',
      S3Input: { S3Uri: 's3://bucket/key', LocalPath: '/opt/ml', S3DataType: 'S3Prefix', ...changes },
    },
  ],
});

test('a request within the figures has no violations', () => {
  expect(violations('sagemaker', 'CreateProcessingJob', job(input({})))).toEqual([]);
  expect(violations('sagemaker', 'CreateProcessingJob', job({ Tags: undefined }))).toEqual([]);
});

test.each<[string, object, string, string, RegExp]>([
  ['a missing member', { RoleArn: undefined }, 'RoleArn', 'nothing', /not be null/],
  [
    'a missing member deep inside',
    cluster({ VolumeSizeInGB: null }),
    'ProcessingResources.ClusterConfig.VolumeSizeInGB',
    'nothing',
    /not be null/,
  ],
  ['an unknown member', { Colour: 1 }, 'Colour', '1', /be one of ProcessingInputs, /],
  [
    'a text for a number',
    cluster({ InstanceCount: '1' }),
    'ProcessingResources.ClusterConfig.InstanceCount',
    '1',
    /whole number/,
  ],
  [
    'a fraction',
    cluster({ InstanceCount: 1.5 }),
    'ProcessingResources.ClusterConfig.InstanceCount',
    '1.5',
    /whole number/,
  ],
  ['a number for a text', { RoleArn: 7 }, 'RoleArn', '7', /be a text/],
  ['an object for a list', { Tags: { Key: 'a' } }, 'Tags', '{"Key":"a"}', /be a list/],
  ['a list for a structure', { AppSpecification: [] }, 'AppSpecification', '[]', /be an object/],
  [
    'a text for a boolean',
    { NetworkConfig: { EnableNetworkIsolation: 'true' } },
    'NetworkConfig.EnableNetworkIsolation',
    'true',
    /true or false/,
  ],
  [
    'a value outside the enumeration',
    input({ S3DataType: 'Folder' }),
    'ProcessingInputs[0].S3Input.S3DataType',
    'Folder',
    /enum value set: \[ManifestFile, S3Prefix\]/,
  ],
  [
    'a text that the pattern refuses',
    { ProcessingJobName: 'a_b' },
    'ProcessingJobName',
    'a_b',
    /regular expression pattern/,
  ],
  [
    'a text of which a part matches the pattern',
    { ProcessingJobName: 'ab!' },
    'ProcessingJobName',
    'ab!',
    /regular expression pattern/,
  ],
  [
    'a number below the range',
    cluster({ VolumeSizeInGB: 0 }),
    'ProcessingResources.ClusterConfig.VolumeSizeInGB',
    '0',
    /value greater than or equal to 1$/,
  ],
  [
    'a number above the range',
    cluster({ VolumeSizeInGB: 16385 }),
    'ProcessingResources.ClusterConfig.VolumeSizeInGB',
    '16385',
    /value less than or equal to 16384$/,
  ],
  [
    'an empty list that needs an item',
    { AppSpecification: { ImageUri: 'i', ContainerArguments: [] } },
    'AppSpecification.ContainerArguments',
    '[]',
    /length greater than or equal to 1$/,
  ],
  [
    'a value of a map that is too long',
    { Environment: { a: 'x'.repeat(257) } },
    'Environment.a',
    `${'x'.repeat(200)}...`,
    /length less than or equal to 256$/,
  ],
  [
    'a key of a map that the pattern refuses',
    { Environment: { 'a-b': 'x' } },
    'Environment key',
    'a-b',
    /regular expression pattern/,
  ],
])('%s is a violation', (_what, changes, path, got, allowed) => {
  const found = violations('sagemaker', 'CreateProcessingJob', job(changes));
  expect(found).toEqual([{ path, got, allowed: expect.stringMatching(allowed) }]);
});

test('every violation of a request is listed, in the words of the service', () => {
  const found = violations(
    'sagemaker',
    'CreateProcessingJob',
    job({ ProcessingJobName: '_'.repeat(64), RoleArn: undefined }),
  );
  expect(found.map(({ path }) => path)).toEqual(['RoleArn', 'ProcessingJobName', 'ProcessingJobName']);
  expect(violationMessage(found)).toMatch(
    /^3 validation errors detected: Value 'nothing' at 'RoleArn' failed to satisfy constraint: Member must not be null; Value '_+' at/,
  );
  expect(violationMessage(found.slice(0, 1))).toMatch(/^1 validation error detected: /);
});

test('a list or a map may hold as many as the model says, and not one more', () => {
  const variables = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`v${i}`, 'x']));
  const tags = (count: number) => Array.from({ length: count }, (_, i) => ({ Key: `k${i}`, Value: '' }));
  expect(violations('sagemaker', 'CreateProcessingJob', job({ Environment: variables(100), Tags: tags(50) }))).toEqual(
    [],
  );
  expect(violations('sagemaker', 'CreateProcessingJob', job({ Environment: variables(101) }))).toHaveLength(1);
  expect(violations('sagemaker', 'CreateProcessingJob', job({ Tags: tags(51) }))).toHaveLength(1);
});

test('a name is refused exactly when its length or its characters are', () => {
  const characters = fc.constantFrom('a', 'Z', '9', '-', '_', ' ', '.');
  const names = fc.array(characters, { minLength: 0, maxLength: 80 }).map((list) => list.join(''));
  fc.assert(
    fc.property(names, (name) => {
      const fine = name.length >= 1 && name.length <= 63 && /^[A-Za-z0-9-]+$/.test(name) && !/^-|-$/.test(name);
      expect(violations('sagemaker', 'StopProcessingJob', { ProcessingJobName: name }).length === 0).toBe(fine);
    }),
    { seed: SEED },
  );
});

test('a number is refused exactly when it is outside its range', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5, max: 800_000 }), (seconds) => {
      const found = violations(
        'sagemaker',
        'CreateProcessingJob',
        job({ StoppingCondition: { MaxRuntimeInSeconds: seconds } }),
      );
      expect(found.length === 0).toBe(seconds >= 1 && seconds <= 777_600);
    }),
    { seed: SEED },
  );
});

test('texts become what the model wants, as CloudFormation has it, and nothing else changes', () => {
  const template = job({
    ...cluster({ InstanceCount: '2' }),
    NetworkConfig: { EnableNetworkIsolation: 'false' },
    Environment: { a: 1 },
  });
  const request = asModelled('sagemaker', 'CreateProcessingJob', template);
  expect(request).toEqual(
    job({
      ...cluster({ InstanceCount: 2 }),
      NetworkConfig: { EnableNetworkIsolation: false },
      Environment: { a: '1' },
    }),
  );
  expect(violations('sagemaker', 'CreateProcessingJob', request)).toEqual([]);
  expect(asModelled('sagemaker', 'CreateProcessingJob', { RoleArn: 'x', ProcessingInputs: 'many' })).toEqual({
    RoleArn: 'x',
    ProcessingInputs: 'many',
  });
});

test('bytes are counted, and those of a stream are not known', () => {
  const body = (Body: unknown) => violations('sagemaker-runtime', 'InvokeEndpoint', { EndpointName: 'e', Body }).length;
  const most = 6_291_456;
  expect([body(Buffer.alloc(most)), body('ä'.repeat(most / 2)), body(Readable.from(['a']))]).toEqual([0, 0, 0]);
  expect([body(Buffer.alloc(most + 1)), body('ä'.repeat(most / 2 + 1))]).toEqual([1, 1]);
});

test('patterns that are written as Java has them hold for the whole of a text', () => {
  const asked = (InferenceId: string) =>
    violations('sagemaker-runtime', 'InvokeEndpoint', { EndpointName: 'e', Body: '1', InferenceId }).length;
  expect(['a', 'a b~', '\u00e4'].map(asked)).toEqual([0, 0, 0]); // \S takes any character first
  expect([' a', 'a\u00e4', 'a\n'].map(asked)).toEqual([1, 1, 1]);
});

test('times are numbers of seconds or dates', () => {
  const list = (time: unknown) => violations('sagemaker', 'ListMonitoringExecutions', { ScheduledTimeAfter: time });
  expect([list(1767571200.5), list(new Date()), list('2026-01-05')].map(({ length }) => length)).toEqual([0, 0, 1]);
});

test('the members of an input are known by name', () => {
  expect(inputMembers('sagemaker', 'DescribeProcessingJob')).toEqual(['ProcessingJobName']);
});

test('an operation without figures is not checked by accident', () => {
  expect(() => violations('sagemaker', 'CreateTransformJob', {})).toThrow(
    /^NotRehearsed: no figures are kept of sagemaker CreateTransformJob/,
  );
});

test('every pattern and every name in the figures can be used', () => {
  for (const { operations, shapes, source, version } of Object.values(SERVICE_MODELS)) {
    expect(source).toContain(version.split(' ')[1]);
    const named = Object.values(shapes).flatMap(({ members = {}, member, key, value }) => [
      ...Object.values(members),
      member,
      key,
      value,
    ]);
    for (const name of [...Object.values(operations), ...named]) {
      if (name !== undefined) expect(shapes[name]).toBeDefined();
    }
    for (const { pattern } of Object.values(shapes)) {
      expect(() => wholeText(pattern ?? '')).not.toThrow();
    }
  }
});
