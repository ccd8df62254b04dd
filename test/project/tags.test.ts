import { readFileSync } from 'node:fs';
import { App, Tags } from 'aws-cdk-lib';
import { CreditRisk } from '../../examples/all-four-monitors/app';
import { YourCsv } from '../../examples/your-csv/app';
import { MonitoringEngine } from '../../lib';
import type { ApiCall } from '../../lib/cloud/account/recorder';
import { Cloud } from '../../lib/cloud/deployment/cloud';
import { jobScript } from '../../lib/rehearsal/containers/jobs';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { removeFolders } from '../rehearsal/fixtures/app';
import { creditRiskObjects } from '../rehearsal/fixtures/credit-risk';
import { APP_NAMES, APPS, TRAINING_DATA } from './apps';
import { templatesOf, temporaryFolder } from './synthesis';

afterAll(removeFolders);

const TAG = { Key: 'CostCenter', Value: '4711' };

/** What AWS takes no tags of, or the CDK does not; custom resources hand them on where there is something to tag. */
const WITHOUT_TAGS = [
  /^AWS::EC2::SecurityGroupIngress$/,
  /^AWS::IAM::Policy$/,
  /^AWS::Lambda::(EventInvokeConfig|Permission)$/,
  /^AWS::(S3::Bucket|SNS::Topic|SQS::Queue)Policy$/,
  /^AWS::Scheduler::Schedule$/, // only groups have tags: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_TagResource.html
  /^Custom::SageMakerMonitoring/,
];

/** Calls of functions that make something which bears tags, and calls that take none. */
const MAKING = /^(Create|Start|Run)/;
const TAKES_NONE = ['StartExecution', 'StartPipelineExecution', 'StartMonitoringSchedule'];

test.each(APP_NAMES)('a tag of the app is on everything in the templates of %s that can have one', (name) => {
  const app = APPS[name]({ outdir: temporaryFolder() });
  Tags.of(app).add(TAG.Key, TAG.Value);
  const resources = [...templatesOf(app).values()].flatMap(({ Resources }) => Object.values(Resources));
  const untagged = resources.filter(({ Properties }) => !JSON.stringify(Properties?.Tags ?? '').includes(TAG.Value));
  const types = [...new Set(untagged.map(({ Type }) => Type))];
  expect(types.filter((type) => !WITHOUT_TAGS.some((pattern) => pattern.test(type)))).toEqual([]);
  expect(untagged.length).toBeLessThan(resources.length);
});

/** What the functions of an app call that makes something, from its deployment on until two hours after it. */
async function made(build: (app: App) => void): Promise<ApiCall[]> {
  const cloud = await Cloud.open({ workshop: WARM_WORKSHOP });
  try {
    cloud.jobs.script(jobScript);
    for (const { key, file } of creditRiskObjects()) cloud.account.bucketContents.set(key, readFileSync(file));
    const app = new App({ outdir: temporaryFolder() });
    build(app);
    Tags.of(app).add(TAG.Key, TAG.Value);
    expect(await cloud.deploy(app.synth().directory)).toMatchObject({ status: 'CREATE_COMPLETE' });
    await cloud.pass({ hours: 2 });
    return cloud.account.recorder.apiCalls.filter(({ operation }) => MAKING.test(operation));
  } finally {
    await cloud.close();
  }
}

test('a tag of the app is on every job that a deployment on Model Monitor starts', async () => {
  const calls = await made((app) => new CreditRisk(app, 'CreditRisk', { engine: MonitoringEngine.modelMonitor() }));
  const jobs = calls.filter(({ operation }) => operation === 'CreateProcessingJob');
  expect(jobs).toHaveLength(4); // a baseline of each kind
  for (const { input } of jobs) expect(input).toMatchObject({ Tags: expect.arrayContaining([TAG]) });
  expect(calls.filter((call) => !jobs.includes(call) && !TAKES_NONE.includes(call.operation))).toEqual([]);
});

test('on the serverless engine nothing is made at run time that takes tags', async () => {
  const calls = await made((app) => new YourCsv(app, 'YourCsv', { trainingData: TRAINING_DATA }));
  expect(calls.map(({ operation }) => operation)).toContain('StartExecution');
  expect(calls.filter(({ operation }) => !TAKES_NONE.includes(operation))).toEqual([]);
});
