import { DescribeModelPackageCommand, type DriftCheckBaselines, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { mockClient } from 'aws-sdk-client-mock';
import type { BaselineSpec } from '../../lib/baseline/contract';
import { handler } from '../../lib/baseline/handler/baseline.lambda';
import { DOCUMENTATION_URL } from '../../lib/core/contract';
import type { MonitorKindName } from '../../lib/kind/kind-sheet';
import { baselineRequest } from './baseline-request';
import { awsError, S3Store } from './s3-store';

/** Where the codes of errors are explained. */
const ERRORS = `${DOCUMENTATION_URL}/errors.md`;

const s3 = new S3Store();
const sageMaker = mockClient(SageMakerClient);
const fetched = jest.spyOn(globalThis, 'fetch');
const logged = jest.spyOn(console, 'log').mockImplementation();
const ARN = 'arn:aws:sagemaker:eu-west-1:111122223333:model-package/churn/3';

beforeEach(() => {
  s3.reset();
  sageMaker.reset();
  fetched.mockReset().mockImplementation(async () => new Response(null, { status: 200 }));
});
afterAll(() => {
  logged.mockRestore();
  fetched.mockRestore();
});

const at = (key: string, bucket = 'registry') => ({ ContentType: 'application/json', S3Uri: `s3://${bucket}/${key}` });
const answers = () => fetched.mock.calls.map(([, init]) => JSON.parse(String(init?.body)));

function registered(baselines?: DriftCheckBaselines) {
  sageMaker
    .on(DescribeModelPackageCommand, { ModelPackageName: ARN })
    .resolves({ DriftCheckBaselines: baselines, ModelPackageArn: ARN });
}

function spec(kind: MonitorKindName, others: Partial<BaselineSpec> = {}): BaselineSpec {
  return {
    modelPackage: { arn: ARN, bucket: 'registry', kind },
    output: { bucket: 'out', prefix: 'reports/dq/baseline' },
    ...others,
  };
}

const create = (one: BaselineSpec) => handler(baselineRequest('Create', one));

test('[D6][D7] takes statistics and constraints of data quality, byte by byte and overridden', async () => {
  registered({ ModelDataQuality: { Statistics: at('dq/statistics.json'), Constraints: at('dq/constraints.json') } });
  const statistics = '{"version" : 0.0, "features" : []}';
  s3.set('registry', 'dq/statistics.json', statistics);
  s3.set('registry', 'dq/constraints.json', { version: 0, features: [] });
  await create(spec('DataQuality', { overrides: { comparisonThreshold: 0.2 } }));
  const [{ Status, Data }] = answers();
  expect(Status).toBe('SUCCESS');
  expect(Data.StatisticsKey).toMatch(/^reports\/dq\/baseline\/[0-9a-f]{16}\/statistics\.json$/);
  expect(s3.objects.get(`out/${Data.StatisticsKey}`)).toBe(statistics);
  expect(s3.json('out', Data.ConstraintsKey)).toEqual({
    version: 0,
    features: [],
    monitoring_config: { distribution_constraints: { comparison_threshold: 0.2 } },
  });
});

describe('[D13] of files that are no baseline of data quality', () => {
  const FEATURES = [{ name: 'age', inferred_type: 'Integral', completeness: 2 }];
  const given = (statistics: unknown, constraints: unknown) => {
    registered({ ModelDataQuality: { Statistics: at('s.json'), Constraints: at('c.json') } });
    s3.set('registry', 's.json', JSON.stringify(statistics));
    s3.set('registry', 'c.json', JSON.stringify(constraints));
  };
  const numbers = { common: { num_present: 9, num_missing: 0 } };
  const STATISTICS = {
    dataset: { item_count: 10 },
    features: [{ name: 'age', inferred_type: 'Integral', numerical_statistics: numbers }],
  };

  test.each<[string, unknown, unknown, RegExp]>([
    [
      'statistics without features',
      {},
      { features: FEATURES },
      /^UnusableBaseline: statistics\.json: features is nothing/,
    ],
    ['constraints without features', STATISTICS, {}, /^UnusableBaseline: constraints\.json: features is nothing/],
    [
      'constraints of model quality',
      STATISTICS,
      { regression_constraints: {} },
      /features is nothing, allowed is a list/,
    ],
    ['statistics that are a text', 'none', { features: FEATURES }, /statistics\.json is a text, allowed is an object/],
  ])('fails for %s, and writes nothing', async (_, statistics, constraints, words) => {
    given(statistics, constraints);
    await create(spec('DataQuality'));
    expect(answers()).toMatchObject([{ Status: 'FAILED', Reason: expect.stringMatching(words) }]);
    expect(answers()[0].Reason).toContain(`(${ERRORS}#unusablebaseline)`);
    expect(s3.written).toEqual([]);
  });

  test('takes for Model Monitor what may be read, and asks for more where runs do', async () => {
    given(STATISTICS, { features: FEATURES });
    await create(spec('DataQuality'));
    await create(spec('DataQuality', { rigour: 'Type' }));
    await create(spec('DataQuality', { rigour: 'Meaning' }));
    expect(answers().map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS', 'FAILED']);
    expect(answers()[2].Reason).toMatch(
      /^UnusableBaseline: statistics\.json: .* is 9 values, .*; constraints\.json: features\[0\]\.completeness of "age" is 2, /,
    );
  });
});

test('[D6][D7] takes constraints of model quality, without exponents', async () => {
  registered({ ModelQuality: { Constraints: at('mq/constraints.json') } });
  s3.set('registry', 'mq/constraints.json', '{"regression_constraints":{"mae":{"threshold":1e-9}}}');
  await create(spec('ModelQuality', { decimal: true }));
  const [{ Data }] = answers();
  expect(Object.keys(Data)).toEqual(['ConstraintsKey']);
  expect(s3.objects.get(`out/${Data.ConstraintsKey}`)).toContain('"threshold": 0.000000001');
});

test('[D6][D7] takes the constraints of feature attributions', async () => {
  registered({ Explainability: { Constraints: at('shap/analysis.json') } });
  s3.set('registry', 'shap/analysis.json', { version: '1.0', explanations: { kernel_shap: {} } });
  await create(spec('ModelExplainability'));
  const [{ Data }] = answers();
  expect(Object.keys(Data)).toEqual(['ConstraintsKey']);
  expect(Data.ConstraintsKey).toMatch(/\/analysis\.json$/);
  expect(s3.json('out', Data.ConstraintsKey)).toEqual({ version: '1.0', explanations: { kernel_shap: {} } });
});

test.each<[MonitorKindName, DriftCheckBaselines, string]>([
  [
    'ModelQuality',
    { ModelQuality: { Constraints: at('other.json') } },
    'constraints.json is a file of data quality, with features',
  ],
  [
    'ModelBias',
    { Bias: { PreTrainingConstraints: at('other.json') } },
    'analysis.json is an object without metrics of bias',
  ],
  [
    'ModelExplainability',
    { Explainability: { Constraints: at('other.json') } },
    'analysis.json is an object without attributions',
  ],
])('[D13] fails where what is registered for %s is the file of another kind', async (kind, baselines, words) => {
  registered(baselines);
  s3.set('registry', 'other.json', { version: 0, features: [] });
  await create(spec(kind));
  expect(answers()).toMatchObject([
    { Status: 'FAILED', Reason: expect.stringContaining(`UnusableBaseline: ${words}, allowed is an object`) },
  ]);
  expect([...s3.objects.keys()]).toEqual(['registry/other.json']);
});

describe('[D6][D7] of bias', () => {
  const SECTION = { label: 'Target', facets: {}, label_value_or_threshold: '1' };
  const PRE = { version: '1.0', pre_training_bias_metrics: SECTION };
  const POST = { version: '1.0', post_training_bias_metrics: SECTION };

  test.each([
    [
      'both parts',
      { PreTrainingConstraints: at('pre.json'), PostTrainingConstraints: at('post.json') },
      { ...PRE, ...POST },
    ],
    ['the part before training', { PreTrainingConstraints: at('pre.json') }, PRE],
    ['the part after training', { PostTrainingConstraints: at('post.json') }, POST],
  ])('takes %s', async (_, Bias, expected) => {
    registered({ Bias });
    s3.set('registry', 'pre.json', PRE);
    s3.set('registry', 'post.json', POST);
    await create(spec('ModelBias'));
    expect(s3.json('out', answers()[0].Data.ConstraintsKey)).toEqual(expected);
  });
});

test.each<[MonitorKindName, DriftCheckBaselines | undefined, string]>([
  ['DataQuality', undefined, 'ModelDataQuality (Statistics and Constraints)'],
  ['DataQuality', { ModelDataQuality: { Constraints: at('c.json') } }, 'ModelDataQuality (Statistics and Constraints)'],
  ['ModelQuality', { ModelQuality: { Statistics: at('s.json') } }, 'ModelQuality.Constraints'],
  [
    'ModelBias',
    { Bias: { ConfigFile: at('config.json') } },
    'Bias (PreTrainingConstraints or PostTrainingConstraints)',
  ],
  ['ModelExplainability', { Explainability: {} }, 'Explainability.Constraints'],
])('[D13] fails for a version without a baseline of %s: %j', async (kind, baselines, path) => {
  registered(baselines);
  await create(spec(kind));
  expect(answers()).toMatchObject([{ Status: 'FAILED' }]);
  expect(answers()[0].Reason).toBe(
    `BaselineNotRegistered: the DriftCheckBaselines of the model package ${ARN} have no ${path}; ` +
      'they are set when a version is registered: register one with them, or use another baseline ' +
      `(${ERRORS}#baselinenotregistered)`,
  );
});

test.each([
  ['another bucket', at('c.json', 'elsewhere'), undefined],
  ['another bucket that begins alike', at('c.json', 'registry-2'), undefined],
  ['another prefix', at('churn-2/c.json'), 'churn'],
  ['no object', at(''), undefined],
])('[D13] fails for a baseline in %s', async (_, Constraints, prefix) => {
  registered({ Explainability: { Constraints } });
  const modelPackage = { arn: ARN, bucket: 'registry', prefix, kind: 'ModelExplainability' } as const;
  await create(spec('ModelExplainability', { modelPackage }));
  expect(answers()[0].Reason).toMatch(/^BaselineElsewhere: the model package .* which is not below s3:\/\/registry\//);
  expect(s3.written).toEqual([]);
});

test('an update takes the copies of an earlier time, as in a rollback', async () => {
  registered({ Explainability: { Constraints: at('churn/analysis.json') } });
  s3.set('registry', 'churn/analysis.json', { version: '1.0', explanations: { kernel_shap: {} } });
  await create(spec('ModelExplainability'));
  s3.objects.delete('registry/churn/analysis.json');
  await handler(baselineRequest('Update', spec('ModelExplainability')));
  expect(answers().map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS']);
  expect(answers()[1].Data).toEqual(answers()[0].Data);
});

test('a creation copies anew although copies are there: the registered file may have changed in place', async () => {
  registered({ Explainability: { Constraints: at('churn/analysis.json') } });
  for (const version of ['1.0', '1.1']) {
    const file = { version, explanations: { kernel_shap: {} } };
    s3.set('registry', 'churn/analysis.json', file);
    await create(spec('ModelExplainability'));
    expect(s3.json('out', answers().at(-1).Data.ConstraintsKey)).toEqual(file);
  }
  expect(answers()[1].Data).toEqual(answers()[0].Data);
});

test('[D13] fails with the words of the registry', async () => {
  sageMaker.on(DescribeModelPackageCommand).rejects(awsError('ValidationException', 'ModelPackage does not exist'));
  await create(spec('DataQuality'));
  expect(answers()).toMatchObject([{ Status: 'FAILED', Reason: 'ModelPackage does not exist' }]);
});
