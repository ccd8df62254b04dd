import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { ChurnTraining } from '../../examples/watched-training/app';
import type { TrainingCourse } from '../../lib/cloud/account/sagemaker/training-jobs';
import { Cloud } from '../../lib/cloud/deployment/cloud';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { ENV } from '../monitor/fixtures';
import { refusedOf } from './pipeline-schema';
import { HEALTHY, STAGES } from './trainings';

// The example, deployed on the stand-in: its pipeline's step trains with the arguments of the deployed definition, and goes wrong.

const NAME = 'pipelines-p4jn9xou8a8s-Train-AbCdEfGhIj'; // as SageMaker names the job of a step
const folder = mkdtempSync(join(tmpdir(), 'watched-'));
let cloud: Cloud;

beforeEach(async () => {
  cloud = await Cloud.open({ workshop: WARM_WORKSHOP, accountId: ENV.account, region: ENV.region });
});
afterEach(async () => {
  expect(cloud.account.recorder.denied).toEqual([]);
  await cloud.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The step of the deployed pipeline. */
async function deployedStep(hasDebugger: boolean) {
  const app = new App({ outdir: join(folder, String(hasDebugger)), analyticsReporting: false });
  new ChurnTraining(app, 'ChurnTraining', { env: ENV, hasDebugger });
  expect(await cloud.deploy(app.synth().directory)).toMatchObject({ status: 'CREATE_COMPLETE' });
  const { properties } = cloud.resource({ type: 'AWS::SageMaker::Pipeline' });
  const { PipelineDefinitionBody: body } = properties.PipelineDefinition as { PipelineDefinitionBody: string };
  return JSON.parse(body).Steps[0];
}

async function trained(course: Partial<TrainingCourse>, hasDebugger = false) {
  const { Arguments } = await deployedStep(hasDebugger);
  const request = { ...Arguments, TrainingJobName: NAME };
  const end = { status: 'Completed', atSeconds: 3 * 3600 } as const;
  cloud.trainings.begin(request, { stages: STAGES, metrics: HEALTHY, end, ...course });
  await cloud.pass({ hours: 4 });
  const subjects = cloud.account.recorder.messages.map(({ subject }) => subject);
  return { subjects, status: cloud.trainings.get(NAME).status };
}

const told = (what: string) => [`Training ${NAME} ${what} (ChurnTraining/Training)`];
const rising = (minute: number) => (minute < 30 ? 1 / minute : minute / 900);

test('a training that goes well is told to nobody', async () => {
  expect(await trained({})).toEqual({ subjects: [], status: 'Completed' });
});

test('one that fails is one message', async () => {
  const end = { status: 'Failed', atSeconds: 600, failureReason: 'AlgorithmError' } as const;
  expect(await trained({ end })).toEqual({ subjects: told('failed'), status: 'Failed' });
});

test('one that is stuck is one message, and is stopped', async () => {
  const stages = STAGES.slice(0, 2);
  expect(await trained({ stages })).toEqual({ subjects: told('is stuck'), status: 'Stopped' });
});

test('one whose loss rises is one message, and goes on', async () => {
  const metrics = { 'train:loss': rising, 'validation:loss': rising };
  expect(await trained({ metrics })).toEqual({ subjects: told('does not learn any more'), status: 'Completed' });
});

test('one that computes NaN is one message, and is stopped', async () => {
  const metrics = {
    'train:loss': (minute: number) => (minute < 20 ? 1 / minute : Number.NaN),
    'loss:nan': (minute: number) => (minute < 20 ? undefined : minute),
  };
  expect(await trained({ metrics })).toEqual({ subjects: told('computes no numbers'), status: 'Stopped' });
});

test('one in which a rule of Debugger finds an issue is one message, and is stopped', async () => {
  const issues = [{ rule: 'LossNotDecreasing', details: 'at step 500', atSeconds: 900 }];
  expect(await trained({ issues }, true)).toEqual({ subjects: told('has an issue'), status: 'Stopped' });
});

test.each([false, true])(
  'its step passes the published schema of definitions, with Debugger or without: %s',
  async (hasDebugger) => {
    const step = await deployedStep(hasDebugger);
    expect(refusedOf(step, { withOverlay: false })).toEqual([]);
    expect('DebugRuleConfigurations' in step.Arguments).toBe(hasDebugger);
  },
);
