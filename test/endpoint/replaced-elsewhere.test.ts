import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import {
  Baseline,
  BiasAnalysis,
  CapturedData,
  DataCapture,
  Dataset,
  Endpoint,
  Facet,
  GroundTruth,
  InstanceType,
  Model,
  ModelBiasMonitor,
  ModelExplainabilityMonitor,
  ModelPackage,
  MonitoredData,
  MonitoringEngine,
  PositiveOutcome,
  Predictor,
  ProductionVariant,
  ShapAnalysis,
} from '../../lib';
import { newModel, newVariant } from './fixtures';

const ENV = { account: '111122223333', region: 'eu-west-1' };

/** A stack with the models, and another one. */
function twoStacks() {
  const app = new App();
  const models = new Stack(app, 'Models', { env: ENV });
  return { models, model: newModel(models), other: new Stack(app, 'Other', { env: ENV }) };
}

function placementIn(stack: Stack) {
  const bucket = s3.Bucket.fromBucketName(stack, 'Data', 'data');
  return {
    bucket,
    props: {
      data: MonitoredData.endpoint(Endpoint.fromEndpointName(stack, 'Endpoint', 'churn'), {
        capturedData: CapturedData.at(bucket, 'captured'),
      }),
      engine: MonitoringEngine.modelMonitor(),
      baseline: Baseline.fromFiles({ bucket, constraintsKey: 'analysis.json' }),
    },
  };
}

function explain(stack: Stack, predictor: Predictor): void {
  const { props } = placementIn(stack);
  new ModelExplainabilityMonitor(stack, 'Reasons', { ...props, analysis: ShapAnalysis.of({ predictor }) });
}

const LABELS = { label: 'label', prediction: '0', positiveOutcome: PositiveOutcome.ofValues([1]) };

/** Its predictor is asked by the job of the baseline alone. */
function compareGroups(stack: Stack, predictor: Predictor): void {
  const { bucket, props } = placementIn(stack);
  const headers = ['age', 'label'];
  new ModelBiasMonitor(stack, 'Bias', {
    ...props,
    baseline: Baseline.fromDataset(Dataset.csv(bucket, 'labelled.csv', { columns: { label: 'label' } })),
    groundTruth: GroundTruth.fromBucket(bucket, 'labels'),
    analysis: BiasAnalysis.of({ ...LABELS, predictor, headers, facets: [Facet.continuous('age', 40)] }),
  });
}

function packageIn(stack: Stack): string {
  return new sagemaker.CfnModelPackage(stack, 'Package', { modelPackageGroupName: 'churn' }).attrModelPackageArn;
}

const variant = (model: Model) =>
  ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') });

describe('what each new model replaces', () => {
  test.each<[string, (other: Stack, model: Model, models: Stack) => void, string]>([
    ['the model of an endpoint', (other, model) => new Endpoint(other, 'E', { variants: [variant(model)] }), 'model'],
    ['the model that attributions ask', (other, model) => explain(other, Predictor.fromModel(model)), 'predictor'],
    [
      'the model that attributions ask, by its name',
      (other, model) => explain(other, Predictor.fromModelName(model.modelName)),
      'predictor',
    ],
    ['the model that bias asks', (other, model) => compareGroups(other, Predictor.fromModel(model)), 'predictor'],
    [
      'the package of a model',
      (other, _, models) => new Model(other, 'M', { modelPackage: ModelPackage.fromArn(packageIn(models)) }),
      'modelPackage',
    ],
    [
      'the package of a baseline',
      (other, _, models) => {
        const { bucket, props } = placementIn(other);
        const baseline = Baseline.fromModelPackage(packageIn(models), { bucket });
        const analysis = ShapAnalysis.of({ predictor: Predictor.fromModelName('churn') });
        new ModelExplainabilityMonitor(other, 'Reasons', { ...props, baseline, analysis });
      },
      'modelPackageArn',
    ],
  ])('is refused across stacks: %s', (_, make, prop) => {
    const { other, model, models } = twoStacks();
    expect(() => make(other, model, models)).toThrow(
      new RegExp(
        `^ReplacedInOtherStack at Other.*: '${prop}' is "AWS::SageMaker::Model.* Models/.*, allowed is one of the same stack, 'Other'`,
      ),
    );
  });

  test('may be in the same stack, or in one that is nested with it, which hands it on as a parameter', () => {
    const { models, model } = twoStacks();
    const nested = new NestedStack(models, 'Nested');
    explain(nested, Predictor.fromModel(model));
    new Endpoint(nested, 'Live', { variants: [variant(model)] });
    new Endpoint(models, 'Live', { variants: [newVariant(models)] });
    expect(JSON.stringify(Template.fromStack(models).toJSON().Outputs ?? {})).not.toContain('Export');
  });

  test('may have a name that the user chose', () => {
    const { other } = twoStacks();
    expect(() => explain(other, Predictor.fromModelName('churn-7'))).not.toThrow();
  });
});

test('what is not replaced may be in another stack: an endpoint is exported by a name that stays', () => {
  const { models, other } = twoStacks();
  const dataCapture = DataCapture.toBucket(s3.Bucket.fromBucketName(models, 'Data', 'data'));
  const endpoint = new Endpoint(models, 'Live', { variants: [newVariant(models)], dataCapture });
  const { props } = placementIn(other);
  const analysis = ShapAnalysis.of({ predictor: Predictor.fromModelName('churn') });
  expect(
    () =>
      new ModelExplainabilityMonitor(other, 'Reasons', { ...props, data: MonitoredData.endpoint(endpoint), analysis }),
  ).not.toThrow();
});
