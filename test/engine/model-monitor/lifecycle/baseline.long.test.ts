import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline, type BaselineDatasetOptions } from '../../../../lib/baseline/baseline';
import type { ConstraintOverrides } from '../../../../lib/baseline/constraint-overrides';
import { Dataset } from '../../../../lib/baseline/dataset';
import { THROTTLED } from '../../../../lib/cloud/account/faults';
import type { JobOutcome } from '../../../../lib/cloud/account/sagemaker/processing-jobs';
import type { Cloud } from '../../../../lib/cloud/deployment/cloud';
import type { ModelMonitorEngineOptions } from '../../../../lib/engine/model-monitor/model-monitor-engine-options';
import { MonitoringEngine } from '../../../../lib/engine/monitoring-engine';
import { MonitoredData } from '../../../../lib/monitor/monitored-data';
import { newEndpoint, newMonitor } from '../../../monitor/fixtures';
import { accountForEach } from '../../lifecycle';
import { addRefusedSchedule } from './refused-schedule';

const BASELINE = 'Custom::SageMakerMonitoringBaseline';
const DEFINITION = 'AWS::SageMaker::DataQualityJobDefinition';
const CONSTRAINTS = {
  version: 0,
  features: [{ name: 'tenure', inferred_type: 'Integral', completeness: 1 }],
  monitoring_config: { distribution_constraints: { comparison_threshold: 0.1 } },
};
const FILES = {
  'monitoring_output/statistics.json': '{"version":0}',
  'monitoring_output/constraints.json': JSON.stringify(CONSTRAINTS),
};

const DENIED = { code: 'AccessDeniedException', message: 'not authorized to perform: sagemaker:CreateProcessingJob' };

let cloud: Cloud;
const synthesized = accountForEach((opened) => {
  cloud = opened;
  cloud.put('s3://training/churn/train.csv', 'churned,tenure\n0,12\n1,3\n');
  cloud.put('s3://training/churn/other.csv', 'churned,tenure\n1,1\n');
  goes({ status: 'Completed', files: FILES });
});

interface Props {
  readonly key?: string;
  readonly ids?: string[];
  readonly options?: BaselineDatasetOptions;
  readonly overrides?: ConstraintOverrides;
  readonly engine?: ModelMonitorEngineOptions;
  /** whether something fails to be created at last */
  readonly fails?: boolean;
}

/** A synthesized app whose stack has a monitor for each id, with a baseline from `s3://training/{key}`. */
function assemblyOf({
  key = 'churn/train.csv',
  ids = ['Churn'],
  options,
  overrides,
  engine,
  fails,
}: Props = {}): string {
  return synthesized((stack) => {
    const endpoint = newEndpoint(stack);
    const dataset = Dataset.csv(s3.Bucket.fromBucketName(stack, 'Training', 'training'), key);
    const computed = Baseline.fromDataset(dataset, options);
    const baseline = overrides ? computed.withOverrides(overrides) : computed;
    for (const id of ids)
      newMonitor(
        stack,
        { data: MonitoredData.endpoint(endpoint), baseline, engine: MonitoringEngine.modelMonitor(engine) },
        id,
      );
    if (fails) addRefusedSchedule(stack, 'SageMakerMonitoringDrain');
  });
}

const goes = (outcome: JobOutcome) => cloud.jobs.script(() => outcome);
const deploy = (props?: Props) => cloud.deploy(assemblyOf(props));
const jobs = () => cloud.jobs.all().map(({ status }) => status);
const sinceStart = () => (cloud.now.getTime() - Date.parse('2026-01-05T00:00:00Z')) / 60_000;
const answered = () =>
  cloud.resource({ type: BASELINE }).attributes as { StatisticsKey: string; ConstraintsKey: string };
const calls = (operation: string) =>
  cloud.account.recorder.apiCalls.filter((call) => call.service === 'SageMaker' && call.operation === operation);

/** The baseline of the one definition, as S3 has it. */
function comparedWith(): { statistics: string; constraints: unknown } {
  const { DataQualityBaselineConfig: config } = cloud.resource({ type: DEFINITION }).properties as {
    DataQualityBaselineConfig: { [name: string]: { S3Uri: string } };
  };
  const [statistics, constraints] = ['StatisticsResource', 'ConstraintsResource'].map(
    (name) => cloud.text(config[name].S3Uri) ?? '',
  );
  return { statistics, constraints: JSON.parse(constraints) };
}

describe('a creation', () => {
  test('[D1][D2][defect 7][defect 10] runs the job, waits for it, and gives the definition its files', async () => {
    expect((await deploy()).status).toBe('CREATE_COMPLETE');
    expect(jobs()).toEqual(['Completed']);
    expect(comparedWith()).toEqual({ statistics: '{"version":0}', constraints: CONSTRAINTS });
    const [{ name }] = cloud.jobs.all();
    expect(name).toMatch(/^baseline-[0-9a-f]{8}-[0-9a-f-]{36}$/);
    expect(sinceStart()).toBeGreaterThan(4);
  });

  test('[D10] applies overrides to what the job suggests', async () => {
    await deploy({ overrides: { comparisonThreshold: 0.4, features: { tenure: { completeness: 0.5 } } } });
    expect(comparedWith().constraints).toMatchObject({
      features: [{ name: 'tenure', completeness: 0.5 }],
      monitoring_config: { distribution_constraints: { comparison_threshold: 0.4 } },
    });
  });

  test('[defect 1][defect 11] runs the jobs of several monitors with their own roles, and names that are short whatever they are called', async () => {
    const ids = ['One', 'Two'.repeat(40)];
    expect((await deploy({ ids })).status).toBe('CREATE_COMPLETE');
    expect(jobs()).toEqual(['Completed', 'Completed']);
    const [first, second] = cloud.jobs.all().map(({ request }) => request.RoleArn);
    expect(first).not.toBe(second);
    const names = cloud.jobs.all().map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(63);
  });

  test.each<[string, JobOutcome, string]>([
    [
      'failed',
      { status: 'Failed', failureReason: 'AlgorithmError: see logs', exitMessage: 'no column label' },
      'failed (its log is in /aws/sagemaker/ProcessingJobs, streams baseline-',
    ],
    [
      'was stopped',
      { status: 'Stopped' },
      'was stopped (its log is in /aws/sagemaker/ProcessingJobs, streams baseline-',
    ],
    ['left its files out', { status: 'Completed' }, 'completed, but there is no object s3://'],
  ])('[D13] fails when the job %s, with what is known of it', async (_, outcome, words) => {
    goes(outcome);
    const { status, reason } = await deploy();
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reason).toContain(words);
    if (outcome.exitMessage) expect(reason).toContain('AlgorithmError: see logs; no column label');
    expect(cloud.resources({ type: DEFINITION })).toEqual([]);
  });

  test('[D13] fails when the job takes longer than 55 minutes, stops it, and says how to allow longer', async () => {
    goes({ status: 'InProgress' });
    const { status, reason } = await deploy();
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(cloud.account.recorder.machineRuns).toMatchObject([{ status: 'FAILED' }]);
    expect(reason).toMatch(/BaselineTimedOut: .* within 55 minutes: it was stopped; allow up to 12 hours/);
    await cloud.pass({ minutes: 5 });
    expect(jobs()).toEqual(['Stopped']);
    expect(sinceStart()).toBeLessThan(65);
  });

  test('[D13] fails with a shorter time when it is told so', async () => {
    goes({ status: 'Completed', afterSeconds: 1200, files: FILES });
    const { reason } = await deploy({ options: { timeout: Duration.minutes(10) } });
    expect(reason).toContain('within 10 minutes');
  });

  test('[D13] fails when the dataset is not there, in the words of the job', async () => {
    expect((await deploy({ key: 'churn/missing.csv' })).reason).toContain('no S3 objects found under the prefix');
  });

  test('may be repeated after it failed', async () => {
    goes({ status: 'Failed', failureReason: 'x' });
    await deploy();
    goes({ status: 'Completed', files: FILES });
    expect((await deploy()).status).toBe('CREATE_COMPLETE');
  });
});

describe('calls that go wrong', () => {
  test.each(['CreateProcessingJob', 'DescribeProcessingJob'])('throttled %s is tried again', async (operation) => {
    cloud.faults.next('SageMaker', operation, { ...THROTTLED, times: 5 });
    expect((await deploy()).status).toBe('CREATE_COMPLETE');
    expect(jobs()).toEqual(['Completed']);
  });

  test('a creation of the job whose answer is lost starts it once', async () => {
    cloud.faults.next('SageMaker', 'CreateProcessingJob', { answerLost: true });
    expect((await deploy()).status).toBe('CREATE_COMPLETE');
    expect(jobs()).toEqual(['Completed']);
  });

  test('requests and steps that arrive twice start one job and answer once', async () => {
    cloud.faults.next('Lambda', 'Invoke', { twice: true, times: 4 });
    expect((await deploy()).status).toBe('CREATE_COMPLETE');
    expect(jobs()).toEqual(['Completed']);
  });

  test('a failure of Lambda itself is tried again', async () => {
    const error = { code: 'Lambda.ServiceException', status: 500 };
    const when = (event: unknown) => (event as { step?: string }).step !== undefined;
    cloud.faults.next('Lambda', 'Invoke', { error, when, times: 2 });
    expect((await deploy()).status).toBe('CREATE_COMPLETE');
  });

  test('jobs wait for instances that others use', async () => {
    const message = "The account-level service limit 'ml.m5.xlarge for processing job usage' is 1 Instances";
    cloud.faults.next('SageMaker', 'CreateProcessingJob', {
      error: { code: 'ResourceLimitExceeded', message },
      times: 3,
    });
    expect((await deploy()).status).toBe('CREATE_COMPLETE');
    expect(sinceStart()).toBeGreaterThan(5.5);
  });

  test('[D13] a quota of no instances at all fails at once', async () => {
    const message = "The account-level service limit 'ml.m5.xlarge for processing job usage' is 0 Instances";
    cloud.faults.next('SageMaker', 'CreateProcessingJob', { error: { code: 'ResourceLimitExceeded', message } });
    const { reason } = await deploy();
    expect(reason).toContain(message);
    expect(sinceStart()).toBeLessThan(5);
  });

  test('a call that is refused while permissions settle is tried again', async () => {
    cloud.faults.next('SageMaker', 'CreateProcessingJob', { error: DENIED, times: 3 });
    expect((await deploy()).status).toBe('CREATE_COMPLETE');
  });

  test('[D13] a call that stays refused fails the deployment with its words', async () => {
    cloud.faults.next('SageMaker', 'CreateProcessingJob', { error: DENIED, times: 7 });
    const { status, reason } = await deploy();
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reason).toContain(DENIED.message);
    expect(sinceStart()).toBeLessThan(5);
  });
});

describe('an update', () => {
  test('[D14][defect 9] without a change runs nothing', async () => {
    await deploy();
    const calledBefore = cloud.account.recorder.apiCalls.length;
    expect((await deploy()).status).toBe('UPDATE_COMPLETE');
    expect(jobs()).toEqual(['Completed']);
    expect(cloud.account.recorder.apiCalls).toHaveLength(calledBefore);
  });

  test.each<[string, Props]>([
    ['tags', { engine: { tags: { team: 'churn' } } }],
    ['instances', { engine: { instanceCount: 2 } }],
    ['time', { options: { timeout: Duration.minutes(30) } }],
  ])('[D14] of what the result does not depend on (%s) runs no job', async (_, props) => {
    await deploy();
    const before = answered();
    expect((await deploy(props)).status).toBe('UPDATE_COMPLETE');
    expect(jobs()).toEqual(['Completed']);
    expect(answered()).toEqual(before);
  });

  test('[D14] of overrides runs no job, and gives the definition other constraints', async () => {
    await deploy();
    const before = answered();
    await deploy({ overrides: { comparisonThreshold: 0.4 } });
    expect(jobs()).toEqual(['Completed']);
    expect(answered().StatisticsKey).toBe(before.StatisticsKey);
    expect(comparedWith().constraints).toMatchObject({
      monitoring_config: { distribution_constraints: { comparison_threshold: 0.4 } },
    });
  });

  test.each<[string, Props]>([
    ['dataset', { key: 'churn/other.csv' }],
    ['revision', { options: { revision: '2' } }],
  ])('[D11][D14] of the %s runs a job, and keeps the files of the one before', async (_, props) => {
    await deploy();
    const before = answered();
    expect((await deploy(props)).status).toBe('UPDATE_COMPLETE');
    expect(jobs()).toEqual(['Completed', 'Completed']);
    expect(answered().ConstraintsKey).not.toBe(before.ConstraintsKey);
    const { ref } = cloud.resource({ type: 'AWS::S3::Bucket', name: 'SageMakerMonitoringReports' });
    expect(cloud.text(`s3://${ref}/${before.ConstraintsKey}`)).toBeDefined();
    const [old] = cloud.keys(`s3://${ref}/`).filter((key) => key.endsWith('/baseline.json'));
    expect(JSON.parse(cloud.text(`s3://${ref}/${old}`) ?? '')).toMatchObject({
      version: '1',
      jobName: expect.any(String),
    });
  });

  test('[D11][D13] that fails is rolled back to the files that were there, without a job', async () => {
    await deploy();
    const before = answered();
    goes({ status: 'Failed', failureReason: 'x' });
    expect((await deploy({ key: 'churn/other.csv' })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(jobs()).toEqual(['Completed', 'Failed']);
    expect(answered()).toEqual(before);
    expect(comparedWith().constraints).toEqual(CONSTRAINTS);
  });

  test('[D11][D14] that was rolled back for another reason finds its files again', async () => {
    await deploy();
    const other = { key: 'churn/other.csv' };
    expect((await deploy({ ...other, fails: true })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(jobs()).toEqual(['Completed', 'Completed']);
    expect((await deploy(other)).status).toBe('UPDATE_COMPLETE');
    expect(jobs()).toEqual(['Completed', 'Completed']);
  });
});

test('a deletion keeps the files, and runs nothing', async () => {
  await deploy();
  const { ref } = cloud.resource({ type: 'AWS::S3::Bucket', name: 'SageMakerMonitoringReports' });
  const { ConstraintsKey } = answered();
  expect((await cloud.destroy('Stack')).status).toBe('DELETE_COMPLETE');
  expect(cloud.text(`s3://${ref}/${ConstraintsKey}`)).toBeDefined();
  expect(calls('StopProcessingJob')).toEqual([]);
});

describe('a baseline that may take long', () => {
  const LONG = { options: { timeout: Duration.hours(3) } };

  test('[D2] is awaited longer than a custom resource could', async () => {
    goes({ status: 'Completed', afterSeconds: 2.5 * 3600, files: FILES });
    expect((await deploy(LONG)).status).toBe('CREATE_COMPLETE');
    expect(sinceStart()).toBeGreaterThan(150);
    expect(comparedWith().constraints).toEqual(CONSTRAINTS);
  });

  test('[D2] may take twelve hours but for the last five minutes', async () => {
    goes({ status: 'InProgress' });
    const { status, reason } = await deploy({ options: { timeout: Duration.hours(12) } });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reason).toMatch(/within 715 minutes: it was stopped/);
  });

  test('[D13] fails with the words of the job', async () => {
    goes({ status: 'Failed', afterSeconds: 7200, failureReason: 'AlgorithmError: it took long and failed' });
    const { status, reason } = await deploy(LONG);
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reason).toContain('AlgorithmError: it took long and failed');
  });

  test('[D2][D14] is made anew by a change, with a condition of its own', async () => {
    await deploy(LONG);
    expect((await deploy({ ...LONG, key: 'churn/other.csv' })).status).toBe('UPDATE_COMPLETE');
    expect(jobs()).toEqual(['Completed', 'Completed']);
    expect(cloud.resources({ type: 'AWS::CloudFormation::WaitCondition' })).toHaveLength(1);
  });

  test('[D14] goes on with its files when the job need not run again', async () => {
    await deploy(LONG);
    expect((await deploy({ ...LONG, overrides: { comparisonThreshold: 0.4 } })).status).toBe('UPDATE_COMPLETE');
    expect(jobs()).toEqual(['Completed']);
  });

  test('[D11][D13] is rolled back to the files that were there', async () => {
    await deploy(LONG);
    const before = answered();
    goes({ status: 'Failed', afterSeconds: 7200, failureReason: 'x' });
    expect((await deploy({ ...LONG, key: 'churn/other.csv' })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(answered()).toEqual(before);
    expect(cloud.resources({ type: 'AWS::CloudFormation::WaitCondition' })).toHaveLength(1);
  });

  test('may become a short one, and long again', async () => {
    await deploy(LONG);
    expect((await deploy()).status).toBe('UPDATE_COMPLETE');
    expect(cloud.resources({ type: 'AWS::CloudFormation::WaitCondition' })).toEqual([]);
    expect((await deploy(LONG)).status).toBe('UPDATE_COMPLETE');
    expect(jobs()).toEqual(['Completed']);
  });
});
