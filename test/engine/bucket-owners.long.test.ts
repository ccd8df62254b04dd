import type { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../lib/baseline/baseline';
import { Dataset } from '../../lib/baseline/dataset';
import type { Cloud } from '../../lib/cloud/deployment/cloud';
import { DataCapture } from '../../lib/endpoint/data-capture';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import type { IMonitoringEngine } from '../../lib/monitor/monitoring-engine';
import type { ExecutionReport } from '../../lib/outcome/contract';
import { newVariant } from '../endpoint/fixtures';
import { captureLine } from '../handlers/captured';
import { quietFiles } from '../handlers/report-files';
import { ENV, GIVEN_FILES, newMonitor } from '../monitor/fixtures';
import { accountForEach } from './lifecycle';
import { biasStackWith, explainabilityStackWith } from './model-monitor/clarify';

// Whose the buckets are that handlers read and write: those of another account where the app says so, and nobody else's, whoever has their names.

const COLLEAGUE = '444455556666';
const STRANGER = '999988887777';
const PLACES = ['reports', 'captured', 'training', 'baselines', 'registry'] as const;
type Place = (typeof PLACES)[number];

const ARN = 'arn:aws:sagemaker:eu-west-1:111122223333:model-package/churn/3';
const HOUR = '2026/01/05';

let cloud: Cloud;
const assemblyOf = accountForEach((opened) => {
  cloud = opened;
});

/** Buckets that are imported, each as one of an account, or as one of the stack's. */
const bucketsOf = (stack: Stack, account?: string) => (place: Place) =>
  s3.Bucket.fromBucketAttributes(stack, place, { bucketName: place, account });

/** Each source of a baseline, each with a monitor of its own, of one endpoint. */
function watch(stack: Stack, engine: IMonitoringEngine, account?: string): void {
  const bucket = bucketsOf(stack, account);
  const endpoint = new Endpoint(stack, 'Endpoint', {
    variants: [newVariant(stack, 'live')],
    dataCapture: DataCapture.toBucket(bucket('captured')),
  });
  const keys = { statisticsKey: 'churn/statistics.json', constraintsKey: 'churn/constraints.json' };
  const files = Baseline.fromFiles({ bucket: bucket('baselines'), ...keys });
  const baselines = {
    Computed: Baseline.fromDataset(Dataset.csv(bucket('training'), 'train.csv')).withOverrides({ emitMetrics: false }),
    Given: files,
    Overridden: files.withOverrides({ emitMetrics: false }),
    Registered: Baseline.fromModelPackage(ARN, { bucket: bucket('registry') }),
  };
  const shared = { data: MonitoredData.endpoint(endpoint), engine, reportsBucket: bucket('reports') };
  for (const [id, baseline] of Object.entries(baselines)) newMonitor(stack, { ...shared, baseline }, id);
}

/** Fills the buckets of an account. */
function furnish(owner: string): void {
  for (const place of PLACES) cloud.account.objects.takeOver(place, owner);
  for (const [uri, text] of Object.entries(GIVEN_FILES)) {
    cloud.put(uri, text);
    cloud.put(uri.replace('baselines', 'registry'), text);
  }
  const at = (name: string) => ({ ContentType: 'application/json', S3Uri: `s3://registry/churn/${name}.json` });
  const ModelDataQuality = { Statistics: at('statistics'), Constraints: at('constraints') };
  cloud.account.sageMaker.inventory.modelPackages.set(ARN, { DriftCheckBaselines: { ModelDataQuality } });
  cloud.put('s3://training/train.csv', `tenure,age\n${'1,2\n'.repeat(50)}`);
  const [statistics, constraints] = Object.values(GIVEN_FILES);
  const files = { 'monitoring_output/statistics.json': statistics, 'monitoring_output/constraints.json': constraints };
  cloud.jobs.script(() => ({ status: 'Completed', files }));
}

/** What a stack of two engines has in it. */
const ENGINES = { serverless: MonitoringEngine.serverless(), 'model-monitor': MonitoringEngine.modelMonitor() };
type EngineName = keyof typeof ENGINES;

const deploy = (engine: EngineName, account?: string) =>
  cloud.deploy(assemblyOf((stack) => watch(stack, ENGINES[engine], account)));

/** Lets two windows pass, with records, or with executions of schedules. */
async function passWindows(engine: EngineName): Promise<void> {
  const { EndpointName } = cloud.resource({ type: 'AWS::SageMaker::Endpoint' }).attributes;
  for (const hour of ['00', '01']) {
    const line = captureLine('1,2', `2026-01-05T${hour}:30:00Z`);
    cloud.put(`s3://captured/data-capture/${EndpointName}/live/${HOUR}/${hour}/a.jsonl`, line.repeat(50));
  }
  await cloud.pass({ hours: 1, minutes: 30 });
  if (engine === 'model-monitor') execute();
  await cloud.pass({ hours: 2, minutes: 30 });
}

function execute(): void {
  const scheduledTime = new Date('2026-01-05T01:00:00Z');
  for (const { attributes } of cloud.resources({ type: 'AWS::SageMaker::MonitoringSchedule' })) {
    const files = quietFiles('DataQuality');
    cloud.schedules.execute(String(attributes.MonitoringScheduleName), { scheduledTime, outcome: 'Completed', files });
  }
}

/** What is told of a monitor's windows, one after the other. */
function reportsOf(monitor: string): ExecutionReport[] {
  const found = cloud.keys(`s3://reports/model-monitoring/Stack/${monitor}/${HOUR}`);
  const reports = found.filter((key) => key.endsWith('/report.json'));
  return reports.map((key) => JSON.parse(cloud.text(`s3://reports/${key}`) ?? ''));
}

describe.each(Object.keys(ENGINES) as EngineName[])('on %s, buckets', (engine) => {
  test('of another account are read and written where the app says whose they are', async () => {
    furnish(COLLEAGUE);
    expect(await deploy(engine, COLLEAGUE)).toMatchObject({ status: 'CREATE_COMPLETE' });
    await passWindows(engine);
    expect(reportsOf('Computed').map(({ outcome }) => outcome.status)).toContain('Completed');
    const told = ['Computed', 'Given', 'Overridden', 'Registered'].flatMap((monitor) => reportsOf(monitor));
    expect(told.length).toBeGreaterThanOrEqual(4);
    expect(told.filter(({ outcome }) => outcome.failureReason?.includes('AccessDenied'))).toEqual([]);
    const beside = told.map(({ outcome }) => cloud.text(`${outcome.reportUri}report.json`));
    expect(beside.map((text) => JSON.parse(text ?? '{}').outcome)).toEqual(told.map(({ outcome }) => outcome));
    expect(cloud.keys('s3://reports/').filter((key) => key.endsWith('reconciled.json'))).toHaveLength(4);
    expect(await cloud.destroy('Stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
  });

  test('whose name a stranger has taken get nothing of a monitor that is deployed', async () => {
    furnish(ENV.account);
    expect(await deploy(engine)).toMatchObject({ status: 'CREATE_COMPLETE' });
    cloud.account.objects.takeOver('reports', STRANGER);
    await cloud.pass({ hours: 3 });
    expect(cloud.keys('s3://reports/')).toEqual([]);
  });
});

/** What a deployment reads and writes; of Model Monitor, not what its jobs do, whose requests are SageMaker's. */
const DEPLOYED: [EngineName, Place, string[]][] = [
  ['serverless', 'reports', []],
  ['serverless', 'training', []],
  ['serverless', 'baselines', []],
  ['serverless', 'registry', []],
  ['model-monitor', 'reports', ['constraints.json', 'statistics.json']],
  ['model-monitor', 'registry', []],
];

test.each(DEPLOYED)(
  'on %s, a deployment that takes a bucket of a stranger, %s, for one of its own fails',
  async (engine, place, ofJobs) => {
    furnish(ENV.account);
    const before = cloud.account.objects
      .list(place, '')
      .map(({ key }) => [key, cloud.text(`s3://${place}/${key}`)] as const);
    cloud.account.objects.takeOver(place, STRANGER);
    for (const [key, text = ''] of before) cloud.put(`s3://${place}/${key}`, text);
    const { status, reason } = await deploy(engine);
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reason).toContain(`no access to s3://${place}/`);
    expect(reason).toContain(`its bucket not belong to the account ${ENV.account}, as is expected`);
    const written = cloud.keys(`s3://${place}/`).filter((key) => !before.some(([there]) => there === key));
    expect(written.map((key) => key.split('/').pop())).toEqual(ofJobs);
  },
);

test('captured records of a stranger are not read: the run fails, and says why', async () => {
  furnish(ENV.account);
  expect(await deploy('serverless')).toMatchObject({ status: 'CREATE_COMPLETE' });
  cloud.account.objects.takeOver('captured', STRANGER);
  await passWindows('serverless');
  const [{ outcome }] = reportsOf('Given');
  expect(outcome.status).toBe('Failed');
  expect(outcome.failureReason).toMatch(
    /^AccessDenied: no access to s3:\/\/captured\/.* its bucket not belong to the account 111122223333/,
  );
});

test('an item of a stranger, who takes the bucket when it is planned, is not read', async () => {
  furnish(ENV.account);
  expect(await deploy('serverless')).toMatchObject({ status: 'CREATE_COMPLETE' });
  const { objects } = cloud.account;
  const put = objects.put.bind(objects);
  jest.spyOn(objects, 'put').mockImplementation((address, body, contentType) => {
    const stored = put(address, body, contentType);
    if (!address.key.endsWith('/plan.jsonl')) return stored;
    objects.takeOver(address.bucket, STRANGER);
    return put(address, body, contentType);
  });
  await passWindows('serverless');
  const manifests = cloud.keys('s3://reports/').filter((key) => key.endsWith('/plan.jsonl'));
  expect(manifests).toHaveLength(1);
  const problems = cloud.account.recorder.timeline.filter(({ problem }) => problem);
  expect(problems.map(({ detail }) => detail)).toContainEqual(
    expect.stringMatching(
      /AccessDenied: no access to s3:\/\/reports\/.* its bucket not belong to the account 111122223333/,
    ),
  );
});

test.each([
  ['bias', biasStackWith],
  ['attributions', explainabilityStackWith],
] as const)(
  "the configuration of a monitor of %s is written where reports go, and not into a stranger's bucket",
  async (_, stackWith) => {
    const app = (account?: string) =>
      assemblyOf((stack) => {
        const reportsBucket = bucketsOf(stack, account)('reports');
        stackWith({}, { reportsBucket }, stack);
      });
    cloud.account.objects.takeOver('reports', COLLEAGUE);
    const refused = await cloud.deploy(app());
    expect(refused).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(refused.reason).toContain('no access to s3://reports/');
    expect(cloud.keys('s3://reports/')).toEqual([]);
    await cloud.destroy('Stack');
    expect(await cloud.deploy(app(COLLEAGUE))).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(cloud.keys('s3://reports/')).toContainEqual(expect.stringContaining('/analysis_config.json'));
  },
);
