import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../../../lib/baseline/baseline';
import { BASELINE_RESOURCE_TYPE } from '../../../../lib/baseline/contract';
import { Dataset } from '../../../../lib/baseline/dataset';
import type { Cloud } from '../../../../lib/cloud/deployment/cloud';
import { MonitoringEngine } from '../../../../lib/engine/monitoring-engine';
import { MonitoredData } from '../../../../lib/monitor/monitored-data';
import { newEndpoint, newMonitor } from '../../../monitor/fixtures';
import { accountForEach } from '../../lifecycle';
import { biasStackWith, explainabilityStackWith } from '../clarify';
import { qualityStackWith } from '../quality';

const ARN = 'arn:aws:sagemaker:eu-west-1:111122223333:model-package/churn/3';
let cloud: Cloud;
/** A synthesized app with what is put into its stack. */
const assemblyOf = accountForEach((opened) => {
  cloud = opened;
});

const at = (name: string) => ({ ContentType: 'application/json', S3Uri: `s3://registry/churn/${name}` });
const engine = MonitoringEngine.modelMonitor();

/** Metrics of bias, of no facet. */
const SECTION = { label: 'income', facets: {}, label_value_or_threshold: '1' };

/** The constraints that the only definition of a kind compares with, as S3 has them. */
function constraintsOf(kind: string): string {
  const { properties } = cloud.resource({ type: `AWS::SageMaker::${kind}JobDefinition` });
  const { ConstraintsResource } = properties[`${kind}BaselineConfig`] as { ConstraintsResource: { S3Uri: string } };
  return cloud.text(ConstraintsResource.S3Uri) ?? '';
}

const registered = (stack: Stack) =>
  Baseline.fromModelPackage(ARN, { bucket: s3.Bucket.fromBucketName(stack, 'Registry', 'registry'), prefix: 'churn' });

describe('a baseline of the registry', () => {
  const quality = (threshold: number) =>
    assemblyOf((stack) => {
      const baseline = registered(stack).withOverrides({ comparisonThreshold: threshold });
      newMonitor(stack, { engine, baseline });
    });

  beforeEach(() => {
    cloud.put('s3://registry/churn/statistics.json', '{"version":0,"features":[]}');
    cloud.put('s3://registry/churn/constraints.json', '{"version":0,"features":[]}');
    cloud.account.sageMaker.inventory.modelPackages.set(ARN, {
      DriftCheckBaselines: {
        ModelDataQuality: { Statistics: at('statistics.json'), Constraints: at('constraints.json') },
      },
    });
  });

  test('[D6] is copied at deployment, and again for other overrides', async () => {
    expect((await cloud.deploy(quality(0.2))).status).toBe('CREATE_COMPLETE');
    expect(constraintsOf('DataQuality')).toContain('"comparison_threshold": 0.2');
    cloud.put('s3://registry/churn/constraints.json', '{"version":1,"features":[]}');
    expect(JSON.parse(constraintsOf('DataQuality')).version).toBe(0);
    expect((await cloud.deploy(quality(0.3))).status).toBe('UPDATE_COMPLETE');
    expect(JSON.parse(constraintsOf('DataQuality'))).toMatchObject({
      version: 1,
      monitoring_config: { distribution_constraints: { comparison_threshold: 0.3 } },
    });
  });

  test('[D13] fails the deployment where the version has none of this kind', async () => {
    const bias = assemblyOf((stack) => void biasStackWith({}, { baseline: registered(stack) }, stack));
    const { status, reason } = await cloud.deploy(bias);
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reason).toContain(`BaselineNotRegistered: the DriftCheckBaselines of the model package ${ARN} have no Bias`);
  });

  test('[D7] of bias has what was found before and after training', async () => {
    cloud.put('s3://registry/churn/pre.json', JSON.stringify({ version: '1.0', pre_training_bias_metrics: SECTION }));
    cloud.put('s3://registry/churn/post.json', JSON.stringify({ version: '1.0', post_training_bias_metrics: SECTION }));
    cloud.account.sageMaker.inventory.modelPackages.set(ARN, {
      DriftCheckBaselines: {
        Bias: { PreTrainingConstraints: at('pre.json'), PostTrainingConstraints: at('post.json') },
      },
    });
    const bias = assemblyOf((stack) => void biasStackWith({}, { baseline: registered(stack) }, stack));
    expect((await cloud.deploy(bias)).status).toBe('CREATE_COMPLETE');
    expect(JSON.parse(constraintsOf('ModelBias'))).toEqual({
      version: '1.0',
      pre_training_bias_metrics: SECTION,
      post_training_bias_metrics: SECTION,
    });
  });
});

describe('given constraints of kinds without statistics', () => {
  const given = (stack: Stack, id: string, checkedAtDeployment?: boolean) =>
    Baseline.fromFiles({
      bucket: s3.Bucket.fromBucketName(stack, `Given${id}`, 'given'),
      constraintsKey: `${id}.json`,
      checkedAtDeployment,
    });
  const WHOLE = {
    quality: { regression_constraints: {} },
    bias: { post_training_bias_metrics: SECTION },
    shap: { explanations: { kernel_shap: {} } },
  };
  const all = (checkedAtDeployment?: boolean) =>
    assemblyOf((stack) => {
      const data = MonitoredData.endpoint(newEndpoint(stack));
      qualityStackWith({}, { data, baseline: given(stack, 'quality', checkedAtDeployment) }, stack);
      biasStackWith({}, { data, baseline: given(stack, 'bias', checkedAtDeployment) }, stack);
      explainabilityStackWith({}, { data, baseline: given(stack, 'shap', checkedAtDeployment) }, stack);
    });
  const put = (files: { readonly [id: string]: unknown }) => {
    for (const [id, file] of Object.entries(files)) cloud.put(`s3://given/${id}.json`, JSON.stringify(file));
  };

  test('are judged where they lie, and again only where they lie elsewhere', async () => {
    put(WHOLE);
    expect((await cloud.deploy(all())).status).toBe('CREATE_COMPLETE');
    put({ quality: {} });
    const others = assemblyOf((stack) => {
      qualityStackWith({}, { baseline: given(stack, 'quality') }, stack);
    });
    expect((await cloud.deploy(others)).status).toBe('UPDATE_COMPLETE');
    expect((await cloud.destroy('Stack')).status).toBe('DELETE_COMPLETE');
  });

  test.each<[string, object, string]>([
    [
      'quality',
      { features: [] },
      'Stack/ModelQuality, s3://given/quality.json: constraints.json is a file of data quality',
    ],
    [
      'bias',
      { post_training_bias_metrics: {} },
      'Stack/Bias, s3://given/bias.json: analysis.json: post_training_bias_metrics.facets is nothing, allowed is an object',
    ],
    [
      'shap',
      { explanations: [] },
      'Stack/Explainability, s3://given/shap.json: analysis.json: explanations is a list, allowed is an object',
    ],
  ])('fail the deployment where that of %s is broken', async (id, file, words) => {
    put({ ...WHOLE, [id]: file });
    const { status, reason } = await cloud.deploy(all());
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reason).toContain(`UnusableBaseline: ${words}`);
  });

  test('may come later, where nobody is to judge them', async () => {
    expect((await cloud.deploy(all(false))).status).toBe('CREATE_COMPLETE');
  });
});

describe('a baseline of model quality', () => {
  const quality = (rmse?: number) =>
    assemblyOf((stack) => {
      const columns = { label: 'price', prediction: 'estimate' };
      const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
      const computed = Baseline.fromDataset(Dataset.csv(bucket, 'validation.csv', { columns }));
      const baseline = rmse === undefined ? computed : computed.withOverrides({ metricThresholds: { rmse } });
      qualityStackWith({}, { baseline }, stack);
    });

  beforeEach(() => {
    cloud.put('s3://training/validation.csv', 'price,estimate\n1,2\n');
    const threshold = { threshold: 2.5e-8, comparison_operator: 'GreaterThanThreshold' };
    const constraints = JSON.stringify({ version: 0, regression_constraints: { mae: threshold, rmse: threshold } });
    const files = { 'monitoring_output/statistics.json': '{}', 'monitoring_output/constraints.json': constraints };
    cloud.jobs.script(() => ({ status: 'Completed', files }));
  });

  test('[D1] is computed by the analyzer, and has numbers without exponents', async () => {
    expect((await cloud.deploy(quality())).status).toBe('CREATE_COMPLETE');
    const [{ request }] = cloud.jobs.all();
    expect(request.Environment).toMatchObject({ analysis_type: 'MODEL_QUALITY', ground_truth_attribute: 'price' });
    expect(constraintsOf('ModelQuality')).toContain('"threshold": 0.000000025');
    expect(constraintsOf('ModelQuality')).not.toMatch(/\de-/);
  });

  test('[D10] takes thresholds, without running the job again', async () => {
    await cloud.deploy(quality());
    expect((await cloud.deploy(quality(12))).status).toBe('UPDATE_COMPLETE');
    expect(cloud.jobs.all()).toHaveLength(1);
    expect(JSON.parse(constraintsOf('ModelQuality')).regression_constraints).toMatchObject({
      mae: { threshold: 2.5e-8 },
      rmse: { threshold: 12, comparison_operator: 'GreaterThanThreshold' },
    });
  });
});

test('[D8][D10] given files are overridden at deployment', async () => {
  cloud.put('s3://given/statistics.json', '{}');
  cloud.put('s3://given/constraints.json', '{"version":0,"features":[{"name":"age","inferred_type":"Integral"}]}');
  const files = assemblyOf((stack) => {
    const bucket = s3.Bucket.fromBucketName(stack, 'Given', 'given');
    const baseline = Baseline.fromFiles({
      bucket,
      statisticsKey: 'statistics.json',
      constraintsKey: 'constraints.json',
    });
    newMonitor(stack, {
      engine,
      baseline: baseline.withOverrides({ features: { age: { comparisonThreshold: 0.4 } } }),
    });
  });
  expect((await cloud.deploy(files)).status).toBe('CREATE_COMPLETE');
  expect(JSON.parse(constraintsOf('DataQuality')).features[0]).toMatchObject({
    monitoringConfigOverrides: { distribution_constraints: { comparison_threshold: 0.4 } },
  });
});

describe.each([
  [
    'serverless',
    MonitoringEngine.serverless(),
    'AWS::Scheduler::Schedule',
    'completeness of "tenure" is 7, allowed is ',
  ],
  [
    'Model Monitor',
    engine,
    'AWS::SageMaker::DataQualityJobDefinition',
    'features[0].name is nothing, allowed is a text',
  ],
])('[D8] given files without overrides, on %s,', (_, on, type, words) => {
  const app = () => assemblyOf((stack) => void newMonitor(stack, { engine: on }));
  const runs = () => cloud.resource({ type, name: 'DataQuality' }).ref;

  test('are judged before anything compares with them, and fail the deployment', async () => {
    const features = [{ name: type.includes('Scheduler') ? 'tenure' : undefined, completeness: 7 }];
    cloud.put('s3://baselines/churn/constraints.json', JSON.stringify({ version: 0, features }));
    const { status, reason, events } = await cloud.deploy(app());
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reason).toContain('in s3://baselines/churn/statistics.json and s3://baselines/churn/constraints.json: ');
    expect(reason).toContain(words);
    expect(events.filter(({ logicalId }) => /DataQuality.*(Schedule|Definition)/.test(logicalId))).toEqual([]);
  });

  test('are judged by an update of a stack that was deployed without it, which replaces nothing', async () => {
    expect((await cloud.deploy(withoutCheck(app()))).status).toBe('CREATE_COMPLETE');
    const before = runs();
    expect((await cloud.deploy(app())).status).toBe('UPDATE_COMPLETE');
    expect([runs(), cloud.resources({ type: BASELINE_RESOURCE_TYPE })]).toEqual([before, [expect.anything()]]);
    expect((await cloud.deploy(withoutCheck(app()))).status).toBe('UPDATE_COMPLETE');
    expect([runs(), cloud.resources({ type: BASELINE_RESOURCE_TYPE })]).toEqual([before, []]);
  });
});

/** The assembly as it was when runs alone judged given files. */
function withoutCheck(assembly: string): string {
  const file = path.join(assembly, 'Stack.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8'));
  const isCheck = (id: string) => template.Resources[id]?.Type === BASELINE_RESOURCE_TYPE;
  for (const resource of Object.values<{ DependsOn?: string[] }>(template.Resources)) {
    if (resource.DependsOn) resource.DependsOn = [resource.DependsOn].flat().filter((id) => !isCheck(id));
  }
  for (const id of Object.keys(template.Resources)) if (isCheck(id)) delete template.Resources[id];
  writeFileSync(file, JSON.stringify(template));
  return assembly;
}
