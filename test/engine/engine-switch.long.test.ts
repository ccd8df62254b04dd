import type { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Baseline } from '../../lib/baseline/baseline';
import { Dataset } from '../../lib/baseline/dataset';
import type { Cloud } from '../../lib/cloud/deployment/cloud';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import type { ServerlessEngineOptions } from '../../lib/engine/serverless/serverless-engine-options';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import type { IMonitoringEngine } from '../../lib/monitor/monitoring-engine';
import { EVENT_SOURCE, type ExecutionCompletedDetail, METRICS } from '../../lib/outcome/contract';
import { quietFiles } from '../handlers/report-files';
import { givenBaseline, newEndpoint, newMonitor } from '../monitor/fixtures';
import { ENGINES, type EngineName } from './engine-switch-trial';
import { accountForEach } from './lifecycle';

// A deployed stack whose monitor gets another engine, or other options of its engine: the update succeeds, and what is told goes on.

const MONITORING_SCHEDULE = 'AWS::SageMaker::MonitoringSchedule';
let cloud: Cloud;
const synthesized = accountForEach((opened) => {
  cloud = opened;
});

interface Options {
  readonly baseline?: 'files' | 'dataset';
  /** whether something fails to be created after the schedules */
  readonly fails?: boolean;
}

/** A synthesized app whose stack has one monitor on an engine. */
function assemblyOf(engine: IMonitoringEngine, { baseline, fails }: Options = {}): string {
  return synthesized((stack) => {
    const monitor = newMonitor(stack, {
      engine,
      baseline:
        baseline === 'dataset'
          ? Baseline.fromDataset(Dataset.csv(s3.Bucket.fromBucketName(stack, 'Training', 'training'), 'train.csv'))
          : givenBaseline(stack),
      data: MonitoredData.endpoint(newEndpoint(stack)),
    });
    if (fails) refused(stack).node.addDependency(monitor);
  });
}

/** A schedule without its job definition is refused. */
function refused(stack: Stack): sagemaker.CfnMonitoringSchedule {
  return new sagemaker.CfnMonitoringSchedule(stack, 'Refused', {
    monitoringScheduleName: 'refused',
    monitoringScheduleConfig: {
      monitoringType: 'DataQuality',
      monitoringJobDefinitionName: 'no-such-definition',
      scheduleConfig: { scheduleExpression: 'cron(0 * ? * * *)' },
    },
  });
}

/** Deploys at the 40th minute of an hour, when its run has been told. */
async function deployed(engine: EngineName, options?: Options): Promise<string> {
  await cloud.pass({ minutes: (100 - cloud.now.getUTCMinutes()) % 60 });
  const { status, reason } = await cloud.deploy(assemblyOf(ENGINES[engine](), options));
  expect(reason).toBeUndefined();
  planExecutions();
  return status;
}

/** Lets the executions of Model Monitor's schedules, if there are any, complete as long as the schedules are there. */
function planExecutions(): void {
  const start = cloud.now.getTime();
  for (const { attributes } of cloud.resources({ type: MONITORING_SCHEDULE })) {
    const name = attributes.MonitoringScheduleName ?? '';
    cloud.schedules.plan({
      name,
      start,
      end: start + 12 * 3_600_000,
      planOf: () => ({ outcome: 'Completed', files: quietFiles('DataQuality') }),
    });
  }
}

const pass = (hours: number) => cloud.pass({ hours, minutes: 1 });

/** Which engine told which window, by its last hour. */
const told = () =>
  cloud.account.recorder.events
    .filter(({ source }) => source === EVENT_SOURCE)
    .map(({ detail }) => detail as ExecutionCompletedDetail)
    .map(({ engine, windowEnd }) => `${windowEnd.slice(11, 13)} ${engine}`);
const missed = () => cloud.account.recorder.metrics.filter(({ name, value }) => name === METRICS.missed && value > 0);

describe('a monitor whose engine is switched', () => {
  test.each<[EngineName, EngineName]>([
    ['serverless', 'model-monitor'],
    ['model-monitor', 'serverless'],
  ])('from %s to %s, back and forth again, has each window told once, and no run missed', async (one, other) => {
    expect(await deployed(one)).toBe('CREATE_COMPLETE');
    await pass(4);
    expect(await deployed(other)).toBe('UPDATE_COMPLETE');
    await pass(4);
    expect(await deployed(one)).toBe('UPDATE_COMPLETE');
    await pass(4);
    expect(await deployed(other)).toBe('UPDATE_COMPLETE');
    await pass(4);
    const windows = told();
    const engines = windows.map((window) => window.slice(3));
    expect(engines.filter((engine, index) => engine !== engines[index - 1])).toEqual([one, other, one, other]);
    const hours = windows.map((window) => Number(window.slice(0, 2)));
    for (const [index, hour] of hours.entries()) {
      if (index > 0) expect(hour - hours[index - 1]).toBe(1);
    }
    expect(hours.length).toBeGreaterThanOrEqual(15);
    expect(missed()).toEqual([]);
  });

  test.each<[EngineName, EngineName]>([
    ['serverless', 'model-monitor'],
    ['model-monitor', 'serverless'],
  ])('from %s to %s in an update that fails goes on as before', async (one, other) => {
    await deployed(one);
    await pass(3);
    await cloud.pass({ minutes: (100 - cloud.now.getUTCMinutes()) % 60 });
    const { status } = await cloud.deploy(assemblyOf(ENGINES[other](), { fails: true }));
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    await pass(3);
    expect(new Set(told().map((window) => window.slice(3)))).toEqual(new Set([one]));
    const hours = told().map((window) => Number(window.slice(0, 2)));
    expect(hours).toEqual(hours.map((_, index) => hours[0] + index));
    expect(hours.length).toBeGreaterThanOrEqual(6);
    expect(missed()).toEqual([]);
    expect(await cloud.destroy('Stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
  });

  test('has its baseline computed by each engine, by one function', async () => {
    cloud.put('s3://training/train.csv', 'a,b\n1,2\n2,3\n3,4\n4,5\n5,6\n');
    cloud.jobs.script(() => ({
      status: 'Completed',
      afterSeconds: 600,
      files: { 'monitoring_output/statistics.json': '{}', 'monitoring_output/constraints.json': '{}' },
    }));
    const functions = new Set<string | undefined>();
    for (const engine of ['serverless', 'model-monitor', 'serverless'] as const) {
      expect(await deployed(engine, { baseline: 'dataset' })).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
      functions.add(cloud.resource({ type: 'AWS::Lambda::Function', name: 'MonitoringBaselines' }).ref);
    }
    expect(functions.size).toBe(1);
    expect(cloud.jobs.all().filter(({ name }) => name.startsWith('baseline-'))).toHaveLength(1);
  });
});

test.each<ServerlessEngineOptions>([{ maxConcurrency: 20 }, { falseAlarmRate: 0.01 }])(
  'other options of the serverless engine, %j, replace nothing and compute no baseline again',
  async (options) => {
    cloud.put('s3://training/train.csv', 'a,b\n1,2\n2,3\n3,4\n4,5\n5,6\n');
    await cloud.deploy(assemblyOf(MonitoringEngine.serverless(), { baseline: 'dataset' }));
    const before = cloud.resources().map(({ logicalId, ref }) => [logicalId, ref]);
    const runs = cloud.account.recorder.machineRuns.length;
    expect(runs).toBe(1);
    const changed = assemblyOf(MonitoringEngine.serverless(options), { baseline: 'dataset' });
    expect(await cloud.deploy(changed)).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(cloud.resources().map(({ logicalId, ref }) => [logicalId, ref])).toEqual(before);
    expect(cloud.account.recorder.machineRuns).toHaveLength(runs);
  },
);
