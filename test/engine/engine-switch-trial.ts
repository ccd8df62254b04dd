import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App, CfnWaitCondition, CfnWaitConditionHandle, Stack } from 'aws-cdk-lib';
import { Cloud } from '../../lib/cloud/deployment/cloud';
import type { StackOutcome } from '../../lib/cloud/deployment/stack';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { MonitoringFrequency } from '../../lib/monitor/monitoring-frequency';
import { EVENT_SOURCE, type ExecutionCompletedDetail, METRICS } from '../../lib/outcome/contract';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { quietFiles } from '../handlers/report-files';
import { ENV, GIVEN_FILES, givenBaseline, newEndpoint, newMonitor } from '../monitor/fixtures';

// One switch of a monitor's engine on a deployed stack, at a given second of an hour, and what is told around it.

const HOUR = 3_600_000;
const MINUTE = 60_000;
const MONITOR = 'DataQuality';
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

export const ENGINES = {
  serverless: () => MonitoringEngine.serverless(),
  'model-monitor': () => MonitoringEngine.modelMonitor(),
} as const;
export type EngineName = keyof typeof ENGINES;

/** A switch, and all that may come in its way. */
export interface Switch {
  readonly from: EngineName;
  /** hour of the day of a daily monitor, 2 to 20; hourly where absent */
  readonly dailyAt?: number;
  /** minute of the hour at which the stack is created: the reconciler looks every hour from then on */
  readonly createdAt: number;
  /** second of the hour at which the update begins */
  readonly switchedAt: number;
  /** how long something else in the update takes, when the new schedule is there, and whether turns are taken before or after it */
  readonly slow?: { readonly minutes: number; readonly before: 'turns' | 'cleanup' };
  /** what becomes of it: it stays, the update fails in the end, or another one switches back after so many minutes */
  readonly end: 'stays' | 'fails' | { readonly backAfter: number };
  /** whether a second monitor stays on Model Monitor all the time */
  readonly companion?: boolean;
  /** how long each execution on Model Monitor is pending, and runs */
  readonly execution: { readonly pendingMinutes: number; readonly runMinutes: number };
}

/** A deployment that gives an engine its schedule. */
interface Step {
  readonly engine: EngineName;
  /** when the new schedule was there, and when turns were taken; epoch milliseconds */
  readonly created: number;
  readonly taken: number;
  readonly ended: number;
  readonly failed: boolean;
}

/** What came of a switch. */
export interface Trial {
  readonly steps: readonly Step[];
  /** runs that were due, and are long over */
  readonly due: readonly number[];
  /** which engines told a run, by when it was due */
  readonly told: ReadonlyMap<number, readonly EngineName[]>;
  readonly missed: number;
  readonly denied: readonly unknown[];
}

/** Deploys, switches, and lets hours pass until all is told. */
export async function switchTrial(given: Switch): Promise<Trial> {
  const { dailyAt, createdAt, switchedAt, end, from } = given;
  const startTime = new Date(Date.UTC(2026, 0, 5, (dailyAt ?? 2) - 2, createdAt));
  const cloud = await Cloud.open({
    workshop: WARM_WORKSHOP,
    accountId: ENV.account,
    region: ENV.region,
    startTime,
    liveSchedules: true,
  });
  for (const [uri, text] of Object.entries(GIVEN_FILES)) cloud.put(uri, text);
  try {
    const { pendingMinutes, runMinutes } = given.execution;
    cloud.schedules.planNew({
      end: startTime.getTime() + 100 * HOUR,
      planOf: () => ({
        outcome: 'Completed',
        pendingSeconds: pendingMinutes * 60,
        runSeconds: runMinutes * 60,
        files: quietFiles('DataQuality'),
      }),
    });
    const other = from === 'serverless' ? 'model-monitor' : 'serverless';
    const steps = [await deployed(cloud, from, { ...given, slow: undefined, end: 'stays' })];
    const begin = Date.UTC(2026, 0, 5, dailyAt ?? 5) + switchedAt * 1000;
    await cloud.pass({ seconds: (begin - cloud.now.getTime()) / 1000 });
    steps.push(await deployed(cloud, other, given));
    if (typeof end === 'object') {
      await cloud.pass({ minutes: end.backAfter });
      steps.push(await deployed(cloud, from, { ...given, slow: undefined, end: 'stays' }));
    }
    await cloud.pass({ hours: dailyAt === undefined ? 6 : 50 });
    return trialOf(cloud, given, steps);
  } finally {
    await cloud.close();
  }
}

async function deployed(cloud: Cloud, engine: EngineName, given: Switch): Promise<Step> {
  const folder = mkdtempSync(path.join(tmpdir(), 'switch-'));
  folders.push(folder);
  synthesize(folder, engine, given);
  const { slow, end } = given;
  if (slow && end !== 'fails') signalAfter(cloud, slow.minutes);
  return stepOf(await cloud.deploy(folder), engine, end === 'fails');
}

function synthesize(outdir: string, engine: EngineName, { slow, end, companion, dailyAt }: Switch): void {
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, 'Stack', { env: ENV });
  const frequency = dailyAt === undefined ? MonitoringFrequency.hourly() : MonitoringFrequency.dailyAt(dailyAt);
  const shared = {
    data: MonitoredData.endpoint(newEndpoint(stack)),
    baseline: givenBaseline(stack),
    frequency,
  };
  const isSlow = slow !== undefined || end === 'fails';
  const early = slow?.before === 'turns';
  const waits = isSlow && early ? [waiting(stack, slow)] : [];
  const monitor = newMonitor(stack, { ...shared, engine: ENGINES[engine]() }, MONITOR);
  if (companion) newMonitor(stack, { ...shared, engine: ENGINES['model-monitor']() }, 'Companion');
  if (isSlow && !early) waits.push(waiting(stack, slow));
  for (const wait of waits) wait.node.addDependency(monitor);
  app.synth();
}

/** Made before the monitor, it comes as soon as the monitor is there; made after all else, it comes last. */
function waiting(stack: Stack, slow: Switch['slow']): CfnWaitCondition {
  const handle = new CfnWaitConditionHandle(stack, 'Slow');
  const timeout = `${Math.max(1, (slow?.minutes ?? 0) * 60)}`;
  return new CfnWaitCondition(stack, 'Wait', { handle: handle.ref, timeout });
}

/** In time, whatever comes before it in the deployment. */
function signalAfter(cloud: Cloud, minutes: number): void {
  const signal = JSON.stringify({ Status: 'SUCCESS', UniqueId: 'one', Reason: '', Data: '' });
  const { simulation, signals } = cloud.account;
  const time = simulation.now.getTime() + minutes * MINUTE - 1000;
  simulation.at(time, () => void signals.set('Stack-Slow-0', [signal]));
}

function stepOf({ status, reason, events }: StackOutcome, engine: EngineName, fails: boolean): Step {
  const expected = fails ? ['UPDATE_ROLLBACK_COMPLETE'] : ['CREATE_COMPLETE', 'UPDATE_COMPLETE'];
  if (!expected.includes(status)) throw new Error(`${status}: ${reason}`);
  const timeOf = (id: RegExp) => {
    const found = events.find((event) => id.test(event.logicalId) && event.status.endsWith('_COMPLETE'));
    return found && Date.parse(found.time);
  };
  const id = engine === 'serverless' ? /^DataQualityServerlessSchedule/ : /^DataQualitySchedule/;
  const ended = Date.parse(events.at(-1)?.time ?? '');
  const created = timeOf(id) ?? Number.NaN;
  return { engine, created, taken: timeOf(/^SageMakerMonitoringReconcilerTurns/) ?? ended, ended, failed: fails };
}

function trialOf(cloud: Cloud, { dailyAt }: Switch, steps: readonly Step[]): Trial {
  const { events, metrics, denied } = cloud.account.recorder;
  const told = new Map<number, EngineName[]>();
  for (const { source, detail } of events) {
    const { engine, windowEnd, monitorId } = detail as ExecutionCompletedDetail;
    if (source !== EVENT_SOURCE || monitorId !== `Stack/${MONITOR}`) continue;
    const due = Date.parse(windowEnd);
    told.set(due, [...(told.get(due) ?? []), engine]);
  }
  const due: number[] = [];
  for (let time = Math.ceil(steps[0].ended / HOUR) * HOUR; time < cloud.now.getTime() - 3 * HOUR; time += HOUR) {
    if (dailyAt === undefined || new Date(time).getUTCHours() === dailyAt) due.push(time);
  }
  const missed = metrics.filter(({ name, value }) => name === METRICS.missed && value > 0).length;
  return { steps, due, told, missed, denied };
}

/** What is wrong with a trial, in words: runs not told once, or by the wrong engine, and what was missed or denied. */
export function faultsOf(trial: Trial): string[] {
  const faults = trial.due.flatMap((due) => {
    const engines = trial.told.get(due) ?? [];
    const isRight = engines.length === 1 && tellers(trial, due).includes(engines[0]);
    return isRight ? [] : [`${new Date(due).toISOString()} is told by ${engines.join(' and ') || 'nobody'}`];
  });
  if (trial.missed > 0) faults.push(`${trial.missed} values of Missed are above 0`);
  return [...faults, ...trial.denied.map((one) => `denied: ${JSON.stringify(one)}`)];
}

/** Engines that may tell a run: the newest whose schedule was there before; while turns are taken, and when they are taken back, either. */
function tellers({ steps }: Trial, due: number): EngineName[] {
  const [first, ...later] = steps;
  let tellers: EngineName[] = [first.engine];
  for (const { engine, created, taken, ended, failed } of later) {
    const old = tellers;
    if (due > created) tellers = due > taken && !failed ? [engine] : [...old, engine];
    if (failed && due > ended) tellers = old;
  }
  return tellers;
}
