import { App, Stack } from 'aws-cdk-lib';
import { SageMakerInventory } from '../../lib/cloud/account/sagemaker/inventory';
import { Cloud } from '../../lib/cloud/deployment/cloud';
import { type EndpointOperationsProps, endpointOperations } from '../../lib/cloud/stand-in/sagemaker-endpoints';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { InstanceType } from '../../lib/endpoint/instance-type';
import { leaveWeights } from '../../lib/endpoint/left-weights';
import { Model } from '../../lib/endpoint/model';
import { ModelImage } from '../../lib/endpoint/model-image';
import { ProductionVariant } from '../../lib/endpoint/production-variant';
import { temporaryFolder } from '../project/synthesis';
import { WARM_WORKSHOP } from './fixtures/warm-workshop';

// Weights that are set while an endpoint is in service, and what an update makes of them.

const CALLER = { roleArn: 'arn:aws:iam::123456789012:role/test', name: 'test' };

function served() {
  const inventory = new SageMakerInventory([]);
  inventory.endpoints.set('churn', { name: 'churn', configName: 'first' });
  const ProductionVariants = [
    { VariantName: 'blue', InitialVariantWeight: 3, InitialInstanceCount: 2 },
    { VariantName: 'green', InitialInstanceCount: 1 },
  ];
  inventory.endpointConfigs.set('first', { ProductionVariants });
  const allowed: string[] = [];
  const authorizer = { require: (_: unknown, { action }: { action: string }) => void allowed.push(action) };
  const props = { inventory, authorizer, arnPrefix: 'arn:aws:sagemaker:us-east-1:1', recorder: { happened: () => {} } };
  const operations = endpointOperations(props as unknown as EndpointOperationsProps);
  const call = async (name: string, input: object) => operations[name].run({ EndpointName: 'churn', ...input }, CALLER);
  const weights = async () =>
    ((await call('DescribeEndpoint', {})).ProductionVariants as { DesiredWeight: number }[]).map(
      ({ DesiredWeight }) => DesiredWeight,
    );
  const set = (...desired: object[]) =>
    call('UpdateEndpointWeightsAndCapacities', { DesiredWeightsAndCapacities: desired });
  return { allowed, set, weights };
}

test('an endpoint has the weights of its configuration until others are set, of which each is named', async () => {
  const { allowed, set, weights } = served();
  expect(await weights()).toEqual([3, 1]);
  await set({ VariantName: 'green', DesiredWeight: 0 });
  expect(await weights()).toEqual([3, 0]);
  await set({ VariantName: 'blue', DesiredWeight: 4 });
  expect(await weights()).toEqual([4, 0]);
  expect(allowed).toContain('sagemaker:UpdateEndpointWeightsAndCapacities');
});

test('weights of a variant that is not there, and counts, are refused', async () => {
  const { set, weights } = served();
  await expect(set({ VariantName: 'grey', DesiredWeight: 0 })).rejects.toThrow('Could not find variant "grey"');
  await expect(set({ VariantName: 'blue', DesiredInstanceCount: 4 })).rejects.toThrow('DesiredInstanceCount');
  expect(await weights()).toEqual([3, 1]);
});

test.each([
  [true, { live: 2, spare: 0 }],
  [false, undefined],
])('an update keeps them where they are left to others: %s', async (isLeft, kept) => {
  const cloud = await Cloud.open({ workshop: WARM_WORKSHOP });
  const deploy = (version: number) => {
    const app = new App({ outdir: temporaryFolder() });
    const stack = new Stack(app, 'Stack');
    const image = ModelImage.fromUri(`123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:${version}`);
    const model = new Model(stack, 'Model', { image });
    const options = { model, instanceType: InstanceType.of('ml.m5.large') };
    const variants = ['live', 'spare'].map((name) => ProductionVariant.instances(name, options));
    const endpoint = new Endpoint(stack, 'Endpoint', { variants, endpointName: 'churn' });
    if (isLeft) leaveWeights(endpoint, {});
    return cloud.deploy(app.synth().directory);
  };
  await deploy(1);
  const { endpoints } = cloud.account.sageMaker.inventory;
  const first = endpoints.get('churn');
  endpoints.set('churn', { name: 'churn', configName: first?.configName ?? '', weights: { live: 2, spare: 0 } });
  expect((await deploy(2)).status).toBe('UPDATE_COMPLETE');
  expect(endpoints.get('churn')?.configName).not.toBe(first?.configName);
  expect(endpoints.get('churn')?.weights).toEqual(kept);
  await cloud.close();
});
