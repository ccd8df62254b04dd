import { Baseline } from '../../../../lib/baseline/baseline';
import { Dataset } from '../../../../lib/baseline/dataset';
import type { Cloud } from '../../../../lib/cloud/deployment/cloud';
import { Facet } from '../../../../lib/monitor/facet';
import { Predictor } from '../../../../lib/monitor/predictor';
import { newModel } from '../../../endpoint/fixtures';
import { accountForEach } from '../../lifecycle';
import {
  BIAS_JOB,
  biasAnalysis,
  biasStackWith,
  CONFIG,
  datasets,
  explainabilityStackWith,
  shapAnalysis,
} from '../clarify';
import { addRefusedSchedule } from './refused-schedule';

let cloud: Cloud;
/** A synthesized app with what is put into its stack. */
const assemblyOf = accountForEach((opened) => {
  cloud = opened;
});

/** An app with a bias monitor whose group are the ages above a threshold. */
function biasAbove(age: number, fails = false): string {
  return assemblyOf((stack) => {
    biasStackWith({}, { analysis: biasAnalysis({ facets: [Facet.continuous('age', age)] }) }, stack);
    if (fails) addRefusedSchedule(stack, 'Bias');
  });
}

const bucket = () => cloud.resource({ type: CONFIG }).ref.split('/').slice(0, 3).join('/');
const keys = (uri: string) => cloud.keys(`${uri}/model-monitoring/Stack/Bias/config/`);
const current = () => cloud.resource({ type: CONFIG }).ref;
const definition = () => cloud.resource({ type: BIAS_JOB }).ref;
const facetOf = (uri: string) => JSON.parse(cloud.text(uri) ?? '{}').facet;

describe('the configuration of a bias monitor', () => {
  test('[D3] is there when the job definition names it', async () => {
    expect(await cloud.deploy(biasAbove(40))).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(current()).toMatch(/\/model-monitoring\/Stack\/Bias\/config\/[0-9a-f]{16}\/analysis_config\.json$/);
    expect(facetOf(current())).toEqual([{ name_or_index: 'age', value_or_threshold: [40] }]);
  });

  test('an update without a change touches neither the object nor the job definition', async () => {
    await cloud.deploy(biasAbove(40));
    const before = [current(), definition()];
    expect(await cloud.deploy(biasAbove(40))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect([current(), definition()]).toEqual(before);
    expect(keys(bucket())).toHaveLength(1);
  });

  test('[F1] another analysis is another object and another job definition; the old object stays for runs that have begun', async () => {
    await cloud.deploy(biasAbove(40));
    const [object, job] = [current(), definition()];
    expect(await cloud.deploy(biasAbove(50))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(current()).not.toBe(object);
    expect(definition()).not.toBe(job);
    expect(
      [facetOf(object), facetOf(current())].map(
        ([
          {
            value_or_threshold: [age],
          },
        ]) => age,
      ),
    ).toEqual([40, 50]);
  });

  test('a rollback names the object of before, which is still there', async () => {
    await cloud.deploy(biasAbove(40));
    const before = current();
    expect(await cloud.deploy(biasAbove(50, true))).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(current()).toBe(before);
    expect(facetOf(before)).toEqual([{ name_or_index: 'age', value_or_threshold: [40] }]);
  });

  test('a deleted stack leaves the object, as it leaves the reports', async () => {
    await cloud.deploy(biasAbove(40));
    const uri = bucket();
    expect(await cloud.destroy('Stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(keys(uri)).toHaveLength(1);
  });

  test('a call that fails once is tried again, one that arrives twice does no harm', async () => {
    cloud.faults.next('S3', 'PutObject', { error: { code: 'SlowDown', status: 503 } });
    cloud.faults.next('S3', 'PutObject', { twice: true });
    expect(await cloud.deploy(biasAbove(40))).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(keys(bucket())).toHaveLength(1);
  });

  test('fails the deployment with the words of S3', async () => {
    cloud.faults.next('S3', 'PutObject', { error: { code: 'AccessDenied', message: 'Access Denied', status: 403 } });
    const { status, reason } = await cloud.deploy(biasAbove(40));
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reason).toMatch(/AccessDenied: no access to s3:\/\/.*\/config\/[0-9a-f]{16}\/analysis_config\.json/);
  });
});

describe("Clarify's job of a baseline", () => {
  const ANALYSIS = { 'analysis_result/analysis.json': '{"version":"1.0"}' };

  /** The inputs of the only job, by their names. */
  function inputs(): { [name: string]: string } {
    const [{ request }] = cloud.jobs.all();
    const given = request.ProcessingInputs as { InputName: string; S3Input: { S3Uri: string } }[];
    return Object.fromEntries(given.map(({ InputName, S3Input }) => [InputName, S3Input.S3Uri]));
  }

  test('[D1][D2][D3] of bias reads dataset and whole configuration with its own role; the monitor compares with what it wrote', async () => {
    cloud.put('s3://datasets/train.csv', 'age,sex,job,income,predicted\n1,0,2,1,1\n');
    cloud.jobs.script(() => ({ status: 'Completed', files: ANALYSIS }));
    const outcome = await cloud.deploy(
      assemblyOf((stack) => {
        const columns = { label: 'income', prediction: 'predicted' };
        const baseline = Baseline.fromDataset(Dataset.csv(datasets(stack), 'train.csv', { columns }));
        biasStackWith({}, { baseline }, stack);
      }),
    );
    expect(outcome).toMatchObject({ status: 'CREATE_COMPLETE' });
    const { dataset, analysis_config: config } = inputs();
    expect(dataset).toBe('s3://datasets/train.csv');
    expect(JSON.parse(cloud.text(config) ?? '{}')).toMatchObject({
      dataset_type: 'text/csv',
      predicted_label: 'predicted',
    });
    const { ModelBiasBaselineConfig } = cloud.resource({ type: BIAS_JOB }).properties as {
      ModelBiasBaselineConfig: { ConstraintsResource: { S3Uri: string } };
    };
    expect(cloud.text(ModelBiasBaselineConfig.ConstraintsResource.S3Uri)).toContain('"version"');
  });

  test('[D3] of attributions is told the name of a model that the same deployment makes', async () => {
    cloud.put('s3://datasets/train.csv', 'age,sex,job\n1,0,2\n');
    cloud.jobs.script(() => ({ status: 'Completed', files: ANALYSIS }));
    const outcome = await cloud.deploy(
      assemblyOf((stack) => {
        const analysis = shapAnalysis({ predictor: Predictor.fromModel(newModel(stack, 'Explained')) });
        const baseline = Baseline.fromDataset(Dataset.csv(datasets(stack), 'train.csv'));
        explainabilityStackWith({}, { analysis, baseline }, stack);
      }),
    );
    expect(outcome).toMatchObject({ status: 'CREATE_COMPLETE' });
    const { predictor } = JSON.parse(cloud.text(inputs().analysis_config) ?? '{}');
    const { attributes } = cloud.resource({ type: 'AWS::SageMaker::Model', name: 'Explained' });
    expect(predictor.model_name).toBe(attributes.ModelName);
  });
});
