import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import type { Constraints } from '../../lib/analysis';
import { BASELINE_ENV, type BaselineSpec } from '../../lib/baseline/contract';
import { handler } from '../../lib/baseline/handler/baseline.lambda';
import { type BaselineEvent, baselineFolder } from '../../lib/baseline/handler/baseline-request';
import { DOCUMENTATION_URL } from '../../lib/core/contract';
import { awsError, S3Store } from './s3-store';

/** Where the codes of errors are explained. */
const ERRORS = `${DOCUMENTATION_URL}/errors.md`;

const s3 = new S3Store();
const stepFunctions = mockClient(SFNClient);
const fetched = jest.spyOn(globalThis, 'fetch');
const logged = jest.spyOn(console, 'log').mockImplementation();
const MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:Analysis';

beforeEach(() => {
  process.env[BASELINE_ENV.analysisMachineArn] = MACHINE;
  s3.reset();
  stepFunctions.reset();
  stepFunctions.on(StartExecutionCommand).resolves({ executionArn: 'arn' });
  fetched.mockReset().mockImplementation(async () => new Response(null, { status: 200 }));
});
afterAll(() => {
  delete process.env[BASELINE_ENV.analysisMachineArn];
  logged.mockRestore();
  fetched.mockRestore();
});

const OUTPUT = { bucket: 'out', prefix: 'reports/dq/baseline' };
const DATASET: BaselineSpec = {
  dataset: {
    location: { bucket: 'data', key: 'train.csv' },
    format: { csv: { header: true } },
    maximumConcurrency: 7,
  },
  output: OUTPUT,
};

function request(RequestType: 'Create' | 'Update' | 'Delete', spec: BaselineSpec | string): BaselineEvent {
  const Spec = typeof spec === 'string' ? spec : JSON.stringify(spec);
  return {
    RequestType,
    RequestId: 'c0ffee',
    StackId: 'stack',
    LogicalResourceId: 'Baseline',
    PhysicalResourceId: 's3://out/before',
    ResponseURL: 'https://cloudformation.example/answer?signature=secret',
    ResourceType: 'Custom::SageMakerMonitoringBaseline',
    ServiceToken: 't',
    ResourceProperties: { ServiceToken: 't', Spec },
    OldResourceProperties: {},
  } as unknown as BaselineEvent;
}

const answers = () => fetched.mock.calls.map(([, init]) => JSON.parse(String(init?.body)));
const starts = () => stepFunctions.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input);

test('a dataset starts the analysis and leaves the answer to it', async () => {
  await handler(request('Create', DATASET));
  expect(answers()).toEqual([]);
  const [start] = starts();
  expect(start).toMatchObject({ stateMachineArn: MACHINE, name: 'baseline-c0ffee' });
  const input = JSON.parse(String(start.input));
  expect(input).toMatchObject({
    mode: 'baseline',
    dataset: DATASET.dataset?.location,
    format: { csv: { header: true } },
    maximumConcurrency: 7,
  });
  expect(input.output.prefix).toMatch(/^reports\/dq\/baseline\/[0-9a-f]{16}$/);
  expect(input.callback).toEqual({
    responseUrl: 'https://cloudformation.example/answer?signature=secret',
    stackId: 'stack',
    requestId: 'c0ffee',
    logicalResourceId: 'Baseline',
    physicalResourceId: `s3://out/${input.output.prefix}`,
  });
});

test('the concurrency is no part of the content: the same dataset goes to the same folder, and an update finds it there', async () => {
  await handler(request('Create', DATASET));
  const { output } = JSON.parse(String(starts()[0].input));
  for (const name of ['statistics', 'constraints']) s3.set('out', `${output.prefix}/${name}.json`, '{}');
  const dataset = DATASET.dataset && { ...DATASET.dataset, maximumConcurrency: 8 };
  await handler(request('Update', { ...DATASET, dataset }));
  expect(starts()).toHaveLength(1);
  expect(answers()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: `s3://out/${output.prefix}` }]);
});

test('who owns the buckets is no part of the content: who says it later finds the same folder', async () => {
  const dataset = DATASET.dataset && { ...DATASET.dataset };
  const modelPackage = { arn: 'arn', bucket: 'registry', kind: 'DataQuality' as const };
  const specs: BaselineSpec[] = [
    { dataset, output: DATASET.output },
    { constraints: { bucket: 'given', key: 'constraints.json' }, output: DATASET.output },
    { modelPackage, output: DATASET.output },
  ];
  const bucketOwner = '444455556666';
  const folderOf = (spec: BaselineSpec) => baselineFolder(spec).output.prefix;
  for (const spec of specs) {
    const owned: BaselineSpec = {
      ...(spec.dataset && { dataset: { ...spec.dataset, location: { ...spec.dataset.location, bucketOwner } } }),
      ...(spec.constraints && { constraints: { ...spec.constraints, bucketOwner } }),
      ...(spec.modelPackage && { modelPackage: { ...spec.modelPackage, bucketOwner } }),
      output: { ...spec.output, bucketOwner },
    };
    expect(folderOf(owned)).toBe(folderOf(spec));
    expect(baselineFolder(owned).constraints.bucketOwner).toBe(bucketOwner);
  }
  expect(new Set(specs.map(folderOf)).size).toBe(3);
});

test('types of columns are part of the content, and of what is analysed', async () => {
  const columnTypes = { zip: 'Categorical' } as const;
  const declared = DATASET.dataset && { ...DATASET, dataset: { ...DATASET.dataset, columnTypes } };
  for (const spec of [DATASET, declared ?? DATASET]) await handler(request('Create', spec));
  const [plain, typed] = starts().map(({ input }) => JSON.parse(String(input)));
  expect(typed.output.prefix).not.toBe(plain.output.prefix);
  expect([plain.columnTypes, typed.columnTypes]).toEqual([undefined, columnTypes]);
});

test('whether text is kept in clear is part of the content, and of what is analysed', async () => {
  const clear = DATASET.dataset && { ...DATASET, dataset: { ...DATASET.dataset, keepsTextValues: true as const } };
  for (const spec of [DATASET, clear ?? DATASET]) await handler(request('Create', spec));
  const [plain, kept] = starts().map(({ input }) => JSON.parse(String(input)));
  expect(kept.output.prefix).not.toBe(plain.output.prefix);
  expect([plain.keepsTextValues, kept.keepsTextValues]).toEqual([undefined, true]);
});

test('other content goes to another folder, the same content to the same', async () => {
  const other = { ...DATASET, overrides: { comparisonThreshold: 0.2 } };
  for (const spec of [DATASET, other, DATASET]) await handler(request('Create', spec));
  const [first, second, third] = starts().map(({ input }) => JSON.parse(String(input)).output.prefix);
  expect(second).not.toBe(first);
  expect(third).toBe(first);
});

test('a repeated invocation finds its execution and starts nothing', async () => {
  stepFunctions.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists({ message: 'exists', $metadata: {} }));
  await handler(request('Create', DATASET));
  expect(answers()).toEqual([]);
});

test('an update whose files exist is answered at once, as in a rollback', async () => {
  await handler(request('Create', DATASET));
  const { prefix } = JSON.parse(String(starts()[0].input)).output;
  s3.set('out', `${prefix}/statistics.json`, '{}');
  s3.set('out', `${prefix}/constraints.json`, '{}');
  await handler(request('Update', DATASET));
  expect(starts()).toHaveLength(1);
  expect(answers()).toMatchObject([
    {
      Status: 'SUCCESS',
      PhysicalResourceId: `s3://out/${prefix}`,
      Data: { StatisticsKey: `${prefix}/statistics.json`, ConstraintsKey: `${prefix}/constraints.json` },
    },
  ]);
});

test('a creation computes anew although files exist: the dataset may have changed in place', async () => {
  await handler(request('Create', DATASET));
  const { prefix } = JSON.parse(String(starts()[0].input)).output;
  s3.set('out', `${prefix}/statistics.json`, '{}');
  s3.set('out', `${prefix}/constraints.json`, '{}');
  await handler(request('Create', DATASET));
  expect(starts()).toHaveLength(2);
});

test.each(['statistics', 'constraints'])('an update that finds the %s only computes anew', async (name) => {
  await handler(request('Create', DATASET));
  const { prefix } = JSON.parse(String(starts()[0].input)).output;
  s3.set('out', `${prefix}/${name}.json`, '{}');
  await handler(request('Update', DATASET));
  expect(starts()).toHaveLength(2);
});

const GIVEN: BaselineSpec = {
  constraints: { bucket: 'own', key: 'constraints.json' },
  overrides: { features: { tenure: { completeness: 0.5 } } },
  output: OUTPUT,
};

test('given constraints are overridden at once, the given file left alone', async () => {
  const given = { version: 0, features: [{ name: 'tenure', inferred_type: 'Integral', completeness: 1 }] };
  s3.set('own', 'constraints.json', given);
  await handler(request('Create', GIVEN));
  const [{ Status, Data }] = answers();
  expect(Status).toBe('SUCCESS');
  expect(Object.keys(Data)).toEqual(['ConstraintsKey']);
  expect(s3.json<Constraints>('out', Data.ConstraintsKey).features[0].completeness).toBe(0.5);
  expect(s3.json('own', 'constraints.json')).toEqual(given);
});

test('fails on given constraints without the feature, naming what there is', async () => {
  s3.set('own', 'constraints.json', {
    version: 0,
    features: [{ name: 'plan', inferred_type: 'String', completeness: 1 }],
  });
  await handler(request('Update', GIVEN));
  expect(answers()).toMatchObject([{ Status: 'FAILED' }]);
  expect(answers()[0].Reason).toBe(
    `UnknownFeature: overrides name 'tenure', but the baseline has 'plan'; name one that it has, or leave the override out (${ERRORS}#unknownfeature)`,
  );
});

describe('given constraints of model quality', () => {
  const { output, constraints } = GIVEN;
  const overrides = { metricThresholds: { auc: 0.8 } };
  const THRESHOLDS: BaselineSpec = { constraints, overrides, output };
  const auc = { threshold: 0.93, comparison_operator: 'LessThanThreshold' };
  const answered = async (table: object, spec: Partial<BaselineSpec> = {}) => {
    s3.set('own', 'constraints.json', { binary_classification_constraints: table });
    await handler(request('Create', { ...THRESHOLDS, ...spec }));
    return answers().at(-1);
  };

  test('are overridden', async () => {
    const { Data } = await answered({ auc });
    expect(s3.json('out', Data.ConstraintsKey)).toEqual({
      binary_classification_constraints: { auc: { ...auc, threshold: 0.8 } },
    });
  });

  test.each([
    [{ auc: 0.93 }, {}, 'constraints.json: binary_classification_constraints["auc"] is a number, allowed is an object'],
    [{ auc: { ...auc, threshold: 'high' } }, { rigour: 'Meaning' }, '["auc"].threshold is a text, allowed is a number'],
    [{ auc, speed: auc }, { rigour: 'Meaning' }, '["speed"] is a metric that is not computed, allowed is one of '],
    [
      { auc: { ...auc, comparison_operator: '<' } },
      { rigour: 'Meaning', overrides: {} },
      '.comparison_operator is "<"',
    ],
  ] as const)('as %j with %j fail with place, what was found and what is allowed', async (table, spec, words) => {
    const { Status, Reason } = await answered(table, spec);
    expect(Status).toBe('FAILED');
    expect(Reason).toContain('UnusableBaseline: in s3://own/constraints.json: ');
    expect(Reason).toContain(words);
    expect(s3.written).toEqual([]);
  });

  test('may have on Model Monitor whatever its container makes of it', async () => {
    expect(await answered({ auc, speed: { threshold: 'high' } })).toMatchObject({ Status: 'SUCCESS' });
  });
});

test.each<[object, BaselineSpec]>([
  [{ comparisonThreshold: 1.7, features: { tenure: { completeness: -1 } } }, DATASET],
  [{ features: { tenure: { completeness: '0.5', domains: [] } }, comparisonThreshold: 0.1 }, GIVEN],
])('overrides %j, not known at synthesis, fail before anything is done', async (overrides, spec) => {
  s3.set('own', 'constraints.json', { features: [{ name: 'tenure', inferred_type: 'Integral', completeness: 1 }] });
  await handler(request('Create', { ...spec, overrides }));
  expect(answers()).toMatchObject([{ Status: 'FAILED' }]);
  expect(answers()[0].Reason).toMatch(
    /^InvalidConstraintOverrides: withOverrides: .* allowed is .*; mend the override/,
  );
  expect([starts(), s3.written]).toEqual([[], []]);
});

describe('given files without overrides', () => {
  const { constraints, output } = GIVEN;
  const statistics = { bucket: 'own', key: 'statistics.json' };
  const PLAIN: BaselineSpec = { constraints, statistics, rigour: 'Meaning', output };
  const FEATURE = { name: 'plan', inferred_type: 'String' };

  beforeEach(() => {
    s3.set('own', 'constraints.json', { features: [{ ...FEATURE, completeness: 1 }] });
    s3.set('own', 'statistics.json', { dataset: { item_count: 1 }, features: [FEATURE] });
  });
  afterEach(() => jest.useRealTimers());

  test('are judged where they lie, and nothing is written', async () => {
    await handler(request('Create', PLAIN));
    expect(answers()).toMatchObject([
      { Status: 'SUCCESS', Data: { StatisticsKey: 'statistics.json', ConstraintsKey: 'constraints.json' } },
    ]);
    expect(s3.written).toEqual([]);
  });

  test('fail with the addresses of the files, place, what was found and what is allowed', async () => {
    s3.set('own', 'constraints.json', { features: [{ ...FEATURE, completeness: 7 }] });
    await handler(request('Create', PLAIN));
    expect(answers()).toMatchObject([{ Status: 'FAILED' }]);
    expect(answers()[0].Reason).toContain(
      'UnusableBaseline: in s3://own/statistics.json and s3://own/constraints.json: ' +
        'constraints.json: features[0].completeness of "plan" is 7, allowed is a number of 0 to 1; ',
    );
    expect(answers()[0].Reason).toContain('#unusablebaseline');
  });

  test('fail for one that is not there, with its name', async () => {
    s3.objects.delete('own/statistics.json');
    await handler(request('Create', PLAIN));
    expect(answers()[0].Reason).toContain('ObjectNotFound: there is no object s3://own/statistics.json');
  });

  test('that the role may not read yet are read again for some seconds', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
    s3.denied.set('own/statistics.json', 'AccessDenied');
    const settling = handler(request('Create', PLAIN));
    await jest.advanceTimersByTimeAsync(15_000);
    s3.denied.clear();
    await jest.advanceTimersByTimeAsync(5_000);
    await settling;
    expect(answers()).toMatchObject([{ Status: 'SUCCESS' }]);
  });

  test('that the role may not read at last fail with what may be the matter', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
    s3.denied.set('own/constraints.json', 'AccessDenied');
    const refused = handler(request('Create', PLAIN));
    await jest.advanceTimersByTimeAsync(25_000);
    await refused;
    expect(answers()[0].Reason).toContain(
      'AccessDenied: no access to s3://own/constraints.json; it may be missing, or ',
    );
  });
});

describe('given files that are no baseline', () => {
  const constraints = { features: [{ name: 'tenure', inferred_type: 'Integral', completeness: 7 }] };
  const statistics = { dataset: { item_count: 1 }, features: [{ name: 'tenure', inferred_type: 'Fractional' }] };

  async function given(spec: Partial<BaselineSpec>, file: unknown, beside: unknown = statistics) {
    s3.set('own', 'constraints.json', JSON.stringify(file));
    s3.set('own', 'statistics.json', JSON.stringify(beside));
    await handler(request('Create', { ...GIVEN, ...spec }));
    return answers().at(-1).Reason;
  }
  const STATISTICS = { bucket: 'own', key: 'statistics.json' };

  test.each([null, [], 'text', 7])('fail with %j for constraints', async (file) => {
    expect(await given({}, file)).toMatch(
      /^UnusableBaseline: in s3:\/\/own\/constraints\.json: constraints\.json is .*, allowed is an object; /,
    );
    expect(s3.written).toEqual([]);
  });

  test('fail by the rigour of the runs', async () => {
    expect(await given({}, constraints)).toBeUndefined();
    expect(await given({ rigour: 'Type' }, constraints)).toBeUndefined();
    expect(await given({ rigour: 'Meaning' }, constraints)).toContain('completeness of "tenure" is 7, allowed is ');
  });

  test('fail for the statistics beside them, which are not copied', async () => {
    const whole = { features: [{ name: 'tenure', inferred_type: 'Integral', completeness: 1 }] };
    const judged = { rigour: 'Meaning', statistics: STATISTICS } as const;
    expect(await given(judged, whole)).toBeUndefined();
    expect(s3.written).toHaveLength(1);
    expect(await given(judged, whole, { ...statistics, features: 3 })).toContain(
      'statistics.json: features is a number',
    );
    expect(
      await given(judged, whole, { ...statistics, features: [{ name: 'age', inferred_type: 'Unknown' }] }),
    ).toContain('constraints.json has features that statistics.json lacks: "tenure"');
  });

  test('what is judged, and how, is no part of the content', async () => {
    const whole = { features: [{ name: 'tenure', inferred_type: 'Integral', completeness: 1 }] };
    await given({}, whole);
    await given({ rigour: 'Meaning', statistics: STATISTICS }, whole);
    const [first, second] = answers().map(({ Data }) => Data.ConstraintsKey);
    expect(second).toBe(first);
  });
});

test('a deletion is answered at once under the id it came with, and touches nothing', async () => {
  await handler(request('Delete', 'no specification'));
  expect(answers()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 's3://out/before' }]);
  expect(s3.client.calls()).toHaveLength(0);
});

test.each([
  ['no JSON', 'no JSON', "property 'Spec' is no specification of a baseline"],
  ['no output', '{}', "property 'Spec' is no specification of a baseline"],
  [
    'neither dataset nor constraints',
    JSON.stringify({ output: OUTPUT }),
    "'Spec' has no source of a baseline; only the constructs call this function, and write no such request: after an update, deploy all",
  ],
])('fails on a specification with %s', async (_, spec, words) => {
  await handler(request('Create', spec));
  expect(answers()).toMatchObject([
    { Status: 'FAILED', Reason: expect.stringContaining(`MalformedRequest: ${words}`) },
  ]);
});

test('fails with the reason when the analysis cannot be started', async () => {
  stepFunctions
    .on(StartExecutionCommand)
    .rejects(awsError('AccessDeniedException', 'not authorized to StartExecution'));
  await handler(request('Create', DATASET));
  expect(answers()).toMatchObject([{ Status: 'FAILED', Reason: 'not authorized to StartExecution' }]);
});

test('fails for a retry when the answer cannot be delivered', async () => {
  fetched.mockImplementation(async () => new Response(null, { status: 500 }));
  await expect(handler(request('Delete', DATASET))).rejects.toThrow('ResponseRefused');
});

test('the log never has the response URL', async () => {
  await handler(request('Create', DATASET));
  await handler(request('Create', '{}'));
  expect(logged.mock.calls.flat().join('\n')).not.toContain('signature=secret');
});
