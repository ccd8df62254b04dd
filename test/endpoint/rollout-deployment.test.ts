import { App, Stack } from 'aws-cdk-lib';
import { Cloud } from '../../lib/cloud/deployment/cloud';
import type { StackOutcome } from '../../lib/cloud/deployment/stack';
import { CapacitySize } from '../../lib/endpoint/capacity-size';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { InstanceType } from '../../lib/endpoint/instance-type';
import { Model } from '../../lib/endpoint/model';
import { ModelImage } from '../../lib/endpoint/model-image';
import { ProductionVariant } from '../../lib/endpoint/production-variant';
import { Rollout } from '../../lib/endpoint/rollout';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { temporaryFolder } from '../project/synthesis';

// An endpoint with a rollout, deployed on the stand-in. Whether CloudFormation's update fails or succeeds where SageMaker took it back, no source says: both are tried.

let cloud: Cloud;
beforeEach(async () => {
  cloud = await Cloud.open({ workshop: WARM_WORKSHOP });
});
afterEach(async () => {
  expect(cloud.account.recorder.denied).toEqual([]);
  await cloud.close();
});

const IMAGE = '123456789012.dkr.ecr.us-east-1.amazonaws.com/churn';

function deploy(version: number): Promise<StackOutcome> {
  const app = new App({ outdir: temporaryFolder() });
  const stack = new Stack(app, 'Stack');
  const model = new Model(stack, 'Model', { image: ModelImage.fromUri(`${IMAGE}:${version}`) });
  new Endpoint(stack, 'Endpoint', {
    variants: [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })],
    endpointName: 'churn',
    rollout: Rollout.canary(CapacitySize.percent(10)),
  });
  return cloud.deploy(app.synth().directory);
}

const inventory = () => cloud.account.sageMaker.inventory;
const running = () => inventory().endpoints.get('churn')?.configName ?? '';
const wanted = () => cloud.resource({ type: 'AWS::SageMaker::EndpointConfig' }).attributes.EndpointConfigName;
/** What was told of updates that stay. */
const ended = () =>
  cloud.account.recorder.events
    .filter((event) => event['detail-type'] === 'Model Endpoint Rollout Ended')
    .map(({ detail }) => detail);
const alarmed = () =>
  cloud
    .resources({ type: 'AWS::CloudWatch::Alarm' })
    .map(({ properties }) => JSON.stringify(properties).includes(running()));

test('is created, updated and deleted; the alarms watch the fleet that runs', async () => {
  expect((await deploy(1)).status).toBe('CREATE_COMPLETE');
  const first = running();
  expect([wanted(), alarmed()]).toEqual([first, [true, true]]);
  expect(ended()).toEqual([]);
  expect((await deploy(2)).status).toBe('UPDATE_COMPLETE');
  expect([running(), alarmed()]).toEqual([wanted(), [true, true]]);
  expect(running()).not.toBe(first);
  expect(ended()).toEqual([
    expect.objectContaining({ outcome: 'BakedUnseen', endpointConfigName: running(), requests: 0, leastRequests: 20 }),
  ]); // nobody asked
  expect(inventory().endpointConfigs.has(first)).toBe(true); // kept: it may have been gone back to
  expect((await cloud.destroy('Stack')).status).toBe('DELETE_COMPLETE');
  expect([inventory().endpoints.size, [...inventory().endpointConfigs.keys()]]).toEqual([0, [first]]);
});

test.each([
  ['update fails', 'rolled back: an alarm fired'],
  ['update succeeds', 'RolledBack: endpoint churn runs with'],
] as const)(
  'where an update is taken back and the %s, the deployment fails, all is as before, and the next one repairs',
  async (reading, words) => {
    await deploy(1);
    const first = running();
    inventory().takenBack.push(reading);
    const { status, reason } = await deploy(2);
    expect([status, reason]).toEqual(['UPDATE_ROLLBACK_COMPLETE', expect.stringContaining(words)]);
    expect([running(), wanted()]).toEqual([first, first]);
    expect(inventory().endpointConfigs.has(first)).toBe(true);
    expect(alarmed()).toEqual([true, true]);
    expect((await deploy(3)).status).toBe('UPDATE_COMPLETE');
    expect(running()).toBe(wanted());
    expect(running()).not.toBe(first);
  },
);
