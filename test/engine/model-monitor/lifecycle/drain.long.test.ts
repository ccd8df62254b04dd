import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { ModelMonitorEngineOptions } from '../../../../lib';
import { THROTTLED } from '../../../../lib/cloud/account/faults';
import type { Cloud } from '../../../../lib/cloud/deployment/cloud';
import {
  DRAIN_RESOURCE_TYPE,
  type DrainRequest,
  REST_RESOURCE_TYPE,
} from '../../../../lib/engine/model-monitor/schedule/drain/contract';
import { MonitoringEngine } from '../../../../lib/engine/monitoring-engine';
import { MonitoredData } from '../../../../lib/monitor/monitored-data';
import { givenBaseline, newEndpoint, newMonitor } from '../../../monitor/fixtures';
import { accountForEach } from '../../lifecycle';
import { addRefusedSchedule } from './refused-schedule';

const SCHEDULE = 'AWS::SageMaker::MonitoringSchedule';
let cloud: Cloud;
const synthesized = accountForEach(
  (opened) => {
    cloud = opened;
  },
  { mayBeDenied: true },
);

/** Another definition. */
const CHANGED: AppOptions = { engine: { tags: { Team: 'Risk' } } };

interface AppOptions {
  readonly engine?: ModelMonitorEngineOptions;
  /** whether something fails to be created after the drain was updated */
  readonly fails?: boolean;
}

/** A synthesized app whose stack has a monitor for each id, all of one endpoint. */
function assemblyOf(ids: string[], { engine, fails }: AppOptions = {}): string {
  return synthesized((stack) => {
    const endpoint = newEndpoint(stack);
    const baseline = givenBaseline(stack);
    for (const id of ids)
      newMonitor(
        stack,
        { data: MonitoredData.endpoint(endpoint), baseline, engine: MonitoringEngine.modelMonitor(engine) },
        id,
      );
    if (fails) addRefusedSchedule(stack, 'SageMakerMonitoringDrain');
  });
}

/** The same assembly without both resources of its drain. */
function withoutDrain(assembly: string): string {
  const file = path.join(assembly, 'Stack.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8'));
  for (const [id, { Type }] of Object.entries<{ Type: string }>(template.Resources)) {
    if ([DRAIN_RESOURCE_TYPE, REST_RESOURCE_TYPE].includes(Type)) delete template.Resources[id];
    if (Type === SCHEDULE) delete template.Resources[id].DependsOn;
  }
  writeFileSync(file, JSON.stringify(template));
  return assembly;
}

/** Name of the schedule of the monitor with this id. */
const nameOf = (id: string) =>
  cloud.resource({ type: SCHEDULE, name: `${id}Schedule` }).attributes.MonitoringScheduleName;
const definitionOf = (name: string) => String(cloud.schedules.get(name).config.MonitoringJobDefinitionName);
const schedules = () => cloud.schedules.all().map(({ name, status }) => [name.split('-')[0], status]);
const jobStates = () => cloud.jobs.all().map(({ status }) => status);
const drains = () =>
  cloud.account.recorder.invocations
    .map(({ event }) => event as { RequestType?: string; ResourceType?: string })
    .filter(({ ResourceType }) => ResourceType === DRAIN_RESOURCE_TYPE)
    .map(({ RequestType }) => RequestType);
const minutesSince = (start: Date) => (cloud.now.getTime() - start.getTime()) / 60_000;

async function created(ids: string[], options?: AppOptions): Promise<void> {
  expect(await cloud.deploy(assemblyOf(ids, options))).toMatchObject({ status: 'CREATE_COMPLETE' });
}

/** Begins an execution that does not end by itself, and lets it have its job. */
async function executing(id: string): Promise<void> {
  cloud.schedules.execute(nameOf(id), { outcome: 'InProgress' });
  await cloud.pass({ minutes: 2 });
}

describe('a stack that is deleted', () => {
  test('[F4] while an execution runs is drained first: schedule stopped, job stopped, then all is deleted', async () => {
    await created(['A', 'B']);
    await executing('A');
    expect(jobStates()).toEqual(['InProgress']);
    expect(await cloud.destroy('Stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(jobStates()).toEqual(['Stopped']);
    expect(schedules()).toEqual([]);
    expect(drains()).toEqual(['Create', 'Delete']);
    expect(cloud.account.recorder.denied).toEqual([]);
  });

  test('[F4] without a drain would be in DELETE_FAILED: what the test above shows is not a matter of course', async () => {
    expect(await cloud.deploy(withoutDrain(assemblyOf(['A'])))).toMatchObject({ status: 'CREATE_COMPLETE' });
    await executing('A');
    const { status, reason } = await cloud.destroy('Stack');
    expect(status).toBe('DELETE_FAILED');
    expect(reason).toContain('in-progress executions');
  });

  test('at rest is deleted within a minute', async () => {
    await created(['A']);
    const start = cloud.now;
    expect(await cloud.destroy('Stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(minutesSince(start)).toBeLessThan(1);
  });

  test('[F4] waits for an execution that is Pending, and stops its job when it has one', async () => {
    await created(['A']);
    cloud.schedules.execute(nameOf('A'), { outcome: 'InProgress', pendingSeconds: 25 * 60 });
    const start = cloud.now;
    expect(await cloud.destroy('Stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(minutesSince(start)).toBeGreaterThan(25);
    expect(jobStates()).toEqual(['Stopped']);
  });

  test('[F4] with many executions on several pages is drained', async () => {
    await created(['A']);
    for (let hour = 0; hour < 25; hour++) {
      cloud.schedules.execute(nameOf('A'), { outcome: 'InProgress', scheduledTime: new Date(hour * 3_600_000) });
    }
    await cloud.pass({ minutes: 2 });
    expect(await cloud.destroy('Stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(new Set(jobStates())).toEqual(new Set(['Stopped']));
  });

  test('[F4] fails when it cannot be drained in time, with the schedule and what to do; later it can be deleted', async () => {
    await created(['A', 'B']);
    cloud.schedules.execute(nameOf('A'), { outcome: 'Completed', pendingSeconds: 90 * 60 });
    const start = cloud.now;
    const { status, reason } = await cloud.destroy('Stack');
    expect(status).toBe('DELETE_FAILED');
    expect(reason).toMatch(
      /SchedulesNotDrained: after 50 minutes .* see https:\/\/\S+\/runbook\.md#drain, .* a-[0-9a-f]{8}-\w+: the execution of .* is Pending/,
    );
    expect(reason).not.toContain(' b-');
    expect(minutesSince(start)).toBeLessThan(60);
    expect(cloud.account.recorder.machineRuns.at(-1)).toMatchObject({ status: 'FAILED' });
    expect(schedules()).toEqual([
      ['a', 'Stopped'],
      ['b', 'Stopped'],
    ]);
    await cloud.pass({ hours: 1 });
    expect(await cloud.destroy('Stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
  });
});

describe('an update', () => {
  test('[F4] that removes a monitor drains its schedule alone', async () => {
    await created(['A', 'B']);
    await executing('A');
    await executing('B');
    expect(await cloud.deploy(assemblyOf(['B']))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(schedules()).toEqual([['b', 'Scheduled']]);
    expect(jobStates()).toEqual(['Stopped', 'InProgress']);
    expect(cloud.account.recorder.denied).toEqual([]);
  });

  test('[F4] that changes the path of a monitor makes its new schedule, and drains the old one', async () => {
    await created(['A']);
    await executing('A');
    expect(await cloud.deploy(assemblyOf(['Z']))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(schedules()).toEqual([['z', 'Scheduled']]);
    expect(jobStates()).toEqual(['Stopped']);
  });

  test('[F4] that takes all monitors off Model Monitor drains them by the deletion of the drain', async () => {
    await created(['A']);
    await executing('A');
    expect(await cloud.deploy(assemblyOf([]))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(schedules()).toEqual([]);
    expect(drains()).toEqual(['Create', 'Delete']);
  });

  test('[F1][F3] that replaces a definition makes the new one, points the schedule at it, and then deletes the old one', async () => {
    await created(['A']);
    const name = nameOf('A');
    const before = definitionOf(name);
    const { status, events } = await cloud.deploy(assemblyOf(['A'], CHANGED));
    expect(status).toBe('UPDATE_COMPLETE');
    expect(definitionOf(name)).not.toBe(before);
    expect(cloud.account.sageMaker.inventory.jobDefinitions.has(before)).toBe(false);
    const order = events.map(({ logicalId, status: what }) => `${logicalId.replace(/[0-9A-F]{8}$/, '')} ${what}`);
    const steps = ['AJobDefinition UPDATE_COMPLETE', 'ASchedule UPDATE_COMPLETE', 'AJobDefinition DELETE_COMPLETE'];
    expect(order.filter((step) => steps.includes(step))).toEqual(steps);
    expect(schedules()).toEqual([['a', 'Scheduled']]);
    expect(cloud.account.recorder.denied).toEqual([]);
  });

  test('[F3] that replaces a definition waits for the execution that runs, whose report is not lost', async () => {
    await created(['A', 'B']);
    cloud.schedules.execute(nameOf('A'), { outcome: 'Completed', runSeconds: 12 * 60 });
    await cloud.pass({ minutes: 2 });
    const start = cloud.now;
    expect(await cloud.deploy(assemblyOf(['A', 'B'], CHANGED))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(minutesSince(start)).toBeGreaterThan(10);
    expect(jobStates()).toEqual(['Completed']);
  });

  test('[F3] that replaces a definition stops a job that has not ended after half an hour', async () => {
    await created(['A']);
    await executing('A');
    const start = cloud.now;
    expect(await cloud.deploy(assemblyOf(['A'], CHANGED))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(minutesSince(start)).toBeGreaterThan(30);
    expect([jobStates(), schedules()]).toEqual([['Stopped'], [['a', 'Scheduled']]]);
  });

  test('[F3] that replaces a definition would fail beside a running execution: the tests above show no matter of course', async () => {
    await cloud.deploy(withoutDrain(assemblyOf(['A'])));
    await executing('A');
    const { status, reason } = await cloud.deploy(withoutDrain(assemblyOf(['A'], CHANGED)));
    expect(status).toBe('UPDATE_ROLLBACK_FAILED'); // the schedule cannot be changed back either
    expect(reason).toContain('in-progress executions');
  });

  test('[F3] that replaces a definition and is rolled back leaves the schedule as it was', async () => {
    await created(['A']);
    const name = nameOf('A');
    const before = definitionOf(name);
    await executing('A');
    const outcome = await cloud.deploy(assemblyOf(['A'], { ...CHANGED, fails: true }));
    expect(outcome).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(definitionOf(name)).toBe(before);
    expect(schedules()).toEqual([['a', 'Scheduled']]);
  });

  test('[F3] that waits in vain is rolled back, which waits no more: the schedule is as it was', async () => {
    await created(['A']);
    cloud.schedules.execute(nameOf('A'), { outcome: 'Completed', pendingSeconds: 5 * 3600 });
    const start = cloud.now;
    const { status, reason } = await cloud.deploy(assemblyOf(['A'], CHANGED));
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(reason).toContain('SchedulesNotDrained');
    expect(minutesSince(start)).toBeLessThan(60);
  });

  test('[F2] without a change calls nobody', async () => {
    await created(['A', 'B']);
    const calls = cloud.account.recorder.invocations.length;
    expect(await cloud.deploy(assemblyOf(['B', 'A']))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(cloud.account.recorder.invocations).toHaveLength(calls);
  });

  test('[F4] that is rolled back starts the schedules again that it had drained', async () => {
    await created(['A', 'B']);
    await executing('A');
    const outcome = await cloud.deploy(assemblyOf(['B'], { fails: true }));
    expect(outcome).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    await cloud.pass({ minutes: 1 });
    expect(schedules()).toEqual([
      ['a', 'Scheduled'],
      ['b', 'Scheduled'],
    ]);
    expect(drains()).toEqual(['Create', 'Update', 'Update']);
  });

  test('[F4] that is rolled back drains the schedules that it had made', async () => {
    await created(['A']);
    const outcome = await cloud.deploy(assemblyOf(['A', 'B'], { fails: true }));
    expect(outcome).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(schedules()).toEqual([['a', 'Scheduled']]);
    const stopped = cloud.account.recorder.apiCalls.filter(({ operation }) => operation === 'StopMonitoringSchedule');
    expect(stopped).toHaveLength(1);
  });

  test('[F4] that cannot be drained in time is rolled back, and everything runs again', async () => {
    await created(['A', 'B']);
    cloud.schedules.execute(nameOf('A'), { outcome: 'Completed', pendingSeconds: 3 * 3600 });
    const { status, reason } = await cloud.deploy(assemblyOf(['B']));
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(reason).toContain('SchedulesNotDrained');
    await cloud.pass({ minutes: 1 });
    expect(schedules()).toEqual([
      ['a', 'Scheduled'],
      ['b', 'Scheduled'],
    ]);
  });
});

describe('a creation that fails', () => {
  test('[F4] is taken back, the schedules drained', async () => {
    expect(await cloud.deploy(assemblyOf(['A'], { fails: true }))).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(schedules()).toEqual([]);
    expect(drains()).toEqual(['Create', 'Delete']);
  });
});

describe('calls that go wrong', () => {
  test('[F4] that are throttled are tried again, by the SDK and by the next step', async () => {
    await created(['A']);
    await executing('A');
    cloud.faults.next('SageMaker', 'StopMonitoringSchedule', { ...THROTTLED, times: 5 }); // one more than the SDK tries
    for (const operation of ['DescribeMonitoringSchedule', 'ListMonitoringExecutions', 'StopProcessingJob']) {
      cloud.faults.next('SageMaker', operation, THROTTLED);
    }
    expect(await cloud.destroy('Stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
  });

  test.each(['StopMonitoringSchedule', 'StopProcessingJob'])(
    '[F4] %s that arrives twice does no harm',
    async (operation) => {
      await created(['A']);
      await executing('A');
      cloud.faults.next('SageMaker', operation, { twice: true });
      expect(await cloud.destroy('Stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
      expect(jobStates()).toEqual(['Stopped']);
    },
  );

  test('[F4] an answer that is lost does no harm', async () => {
    await created(['A']);
    await executing('A');
    cloud.faults.next('SageMaker', 'StopMonitoringSchedule', { answerLost: true });
    cloud.faults.next('SageMaker', 'StopProcessingJob', { answerLost: true });
    expect(await cloud.destroy('Stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
  });

  test('[F4] a function that is invoked twice drains once', async () => {
    await created(['A']);
    await executing('A');
    cloud.faults.next('Lambda', 'Invoke', { twice: true, times: 2 });
    expect(await cloud.destroy('Stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
    const drained = cloud.account.recorder.machineRuns.filter(({ input }) => (input as DrainRequest).drain.length > 0);
    expect(drained).toHaveLength(1);
  });

  test('[F4] a schedule that somebody has deleted is no obstacle', async () => {
    await created(['A', 'B']);
    cloud.schedules.delete(nameOf('A'));
    expect(await cloud.deploy(assemblyOf(['B']))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(schedules()).toEqual([['b', 'Scheduled']]);
  });

  test('[F7] a schedule that somebody has stopped stays so when another one goes', async () => {
    await created(['A', 'B']);
    cloud.schedules.stop(nameOf('A'));
    await cloud.pass({ minutes: 1 });
    expect(await cloud.deploy(assemblyOf(['A']))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(schedules()).toEqual([['a', 'Stopped']]);
  });

  test('fails with the words of a refusal that no repetition mends', async () => {
    await created(['A']);
    const error = { code: 'AccessDeniedException', message: 'a policy of the organization denies it' };
    cloud.faults.next('SageMaker', 'StopMonitoringSchedule', { error, times: 7 }); // the machine tries a step seven times
    const { status, reason } = await cloud.destroy('Stack');
    expect(status).toBe('DELETE_FAILED');
    expect(reason).toContain('a policy of the organization denies it');
  });
});
