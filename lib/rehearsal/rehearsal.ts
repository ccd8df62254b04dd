import { mkdirSync, readFileSync } from 'node:fs';
import { Account } from '../cloud/account/account';
import type { ModelFunction } from '../cloud/account/sagemaker/models';
import type { TimelineEntry } from '../cloud/account/timeline';
import { readAssembly } from '../cloud/deployment/assembly';
import { deploy } from '../cloud/deployment/deployment';
import type { DeployedResource } from '../cloud/deployment/resource';
import { Workshop } from '../cloud/deployment/workshop';
import type { Members } from '../cloud/members';
import { statementsOf } from '../cloud/semantics/policy/policy';
import { jobScript } from './containers/jobs';
import { rehearsedDashboards } from './dashboard/dashboards';
import { expectations, type Facts, unseen } from './expectations';
import { monitoredEndpoint, monitorRequests, watchedEndpoints } from './monitored-endpoint';
import type { RehearsalResult } from './result';
import { planExecutions, serviceMonitors } from './service-monitors';
import { planTraffic, type TrafficHour } from './traffic';
import { planTransform } from './transform-traffic';
import { usageByHour } from './usage';
import { baselineFiles, baselinePlaces, missingFile, windowResults } from './windows';

/** A file that stands for an object which the app only refers to. */
export interface GivenObject {
  /** name of a bucket; absent: every bucket of the app */
  readonly bucket?: string;
  readonly key: string;
  /** path of the file */
  readonly file: string;
}

/** What is rehearsed. */
export interface RehearsalOptions {
  /** a cloud assembly, usually `cdk.out` */
  readonly assembly: string;
  /** one entry a virtual hour, from the first hour after the deployment on */
  readonly traffic: readonly TrafficHour[];
  /** whether the traffic drifts: decides what has to be seen, and what must not */
  readonly expectDrift: boolean;
  /** an empty folder, created if need be; afterwards it holds the buckets as folders */
  readonly workDirectory: string;
  /** told about everything that happens, at once */
  readonly progress?: (entry: TimelineEntry) => void;
  /** the endpoint that gets the traffic; needed where the app monitors several */
  readonly endpointName?: string;
  /** objects that are there when the app is deployed */
  readonly objects?: readonly GivenObject[];
  /** a policy document that stands for the permissions boundary of roles, where no stack of the app has it */
  readonly boundary?: unknown;
  /**
   * from the end of an hour to the arrival of the labels of its records, in hours, 0 or more; the rehearsal ends so much later
   * @default 0
   */
  readonly labelDelayHours?: number;
  /**
   * stands for the models that monitors of feature attributions ask
   * @default none: a deployment that asks one fails, and so does a run
   */
  readonly models?: ModelFunction;
  /**
   * virtual time of the deployment, a full hour
   * @default 2026-01-05T00:00:00Z
   */
  readonly startTime?: Date;
  /**
   * delivers every event twice to every target, as EventBridge may
   * @default true
   */
  readonly duplicateEvents?: boolean;
  /**
   * where functions' processes are started; whoever gives one closes it
   * @default one for this rehearsal
   */
  readonly workshop?: Workshop;
}

const START_TIME = new Date('2026-01-05T00:00:00Z');
const ACCOUNT_ID = '123456789012';
const REGION = 'us-east-1';
const HOUR = 3_600_000;
const MINUTE = 60_000;

/**
 * Runs a synthesized app's monitoring on local data, in virtual time and without a network: deploys its templates into a stand-in for
 * AWS, makes the baseline, sends the traffic, and lets schedules, state machines, functions, alarms and rules do what the templates say.
 *
 * Rejects for unusable input (no assembly, several endpoints); what goes wrong in the app is part of the result.
 */
export async function rehearse(options: RehearsalOptions): Promise<RehearsalResult> {
  const { stacks, assets } = readAssembly(options.assembly);
  const startTime = (options.startTime ?? START_TIME).getTime();
  mkdirSync(options.workDirectory, { recursive: true });
  const workshop = options.workshop ?? new Workshop({ now: startTime });
  const account = new Account({
    accountId: stacks.find(({ accountId }) => accountId !== undefined)?.accountId ?? ACCOUNT_ID,
    region: stacks.find(({ region }) => region !== undefined)?.region ?? REGION,
    startTime,
    folder: options.workDirectory,
    duplicateEvents: options.duplicateEvents ?? true,
    progress: options.progress ?? (() => undefined),
  });
  account.models = options.models;
  if (options.boundary !== undefined) account.authorizer.outsideBoundary = statementsOf(options.boundary);
  const standIn = await account.listen(workshop.socketPath);
  const endProcesses = () => account.functions.stop();
  process.once('exit', endProcesses);
  try {
    const outcome = await deployed(options, account, () => deploy({ stacks, assets }, account, workshop));
    if (typeof outcome !== 'string') await run(options, account, outcome);
    const usage = usageByHour(account.recorder); // of monitoring alone: who looks at a dashboard asks for more
    const dashboards = typeof outcome === 'string' ? [] : await rehearsedDashboards(account, outcome);
    tellWhatRan(account);
    const templates = stacks.map(({ template }) => template);
    return resultOf(options, account, { outcome, templates, usage, dashboards });
  } finally {
    endProcesses();
    process.removeListener('exit', endProcesses);
    await standIn.stop();
    if (workshop !== options.workshop) workshop.close();
  }
}

/** The resources, or the words in which the deployment failed. */
async function deployed(
  { objects = [] }: RehearsalOptions,
  account: Account,
  deployment: () => Promise<DeployedResource[]>,
): Promise<DeployedResource[] | string> {
  account.sageMaker.jobs.script(jobScript);
  for (const { bucket, key, file } of objects) {
    if (bucket === undefined) {
      account.bucketContents.set(key, readFileSync(file));
    } else {
      account.objects.createBucket(bucket);
      account.objects.put({ bucket, key }, readFileSync(file));
    }
  }
  try {
    return await deployment();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    account.recorder.problem('deployment', 'the deployment failed', reason);
    return reason;
  }
}

/** Lets the traffic's hours pass, those in which labels still come, and one more, in which the last window is analysed; on Model Monitor its outcome is told within another. */
async function run(options: RehearsalOptions, account: Account, resources: DeployedResource[]): Promise<void> {
  const { simulation, schedules, alarms } = account;
  const monitors = serviceMonitors(account);
  const requests = monitorRequests(schedules.all());
  const watched = watchedEndpoints(requests, monitors);
  const deployedAt = simulation.now.getTime();
  const firstHour = Math.floor(deployedAt / HOUR) * HOUR;
  const { traffic, labelDelayHours = 0 } = options;
  const end = firstHour + (traffic.length + Math.ceil(labelDelayHours) + (monitors.length > 0 ? 2 : 1)) * HOUR;
  if (watched.length > 0) {
    const endpoint = monitoredEndpoint(watched, resources, options.endpointName);
    traffic.forEach((hour, index) => {
      const planned = { hour, start: firstHour + index * HOUR, requests, labelDelayHours };
      if (endpoint.transforms) planTransform(account, { ...endpoint, transforms: endpoint.transforms }, planned);
      else planTraffic(account, endpoint, planned);
    });
  }
  schedules.plan(deployedAt, end);
  planExecutions(account, deployedAt, end);
  for (let time = Math.ceil(deployedAt / MINUTE) * MINUTE; time < end; time += MINUTE) {
    simulation.at(time, () => alarms.evaluate());
  }
  await simulation.run(end);
}

/** Each process says what it read: the bundle that it ran has to be the one of the assembly. */
function tellWhatRan({ functions, recorder }: Account): void {
  for (const [arn, sha256] of functions.sha256OfRunning()) {
    const expected = functions.find(arn)?.sha256;
    if (expected !== sha256) {
      const detail = `its process read a file with sha256 ${sha256}, the assembly has ${expected}`;
      recorder.problem('deployment', `${recorder.title(arn)} ran another bundle than the assembly's`, detail);
    }
  }
}

interface Deployment {
  readonly outcome: DeployedResource[] | string;
  readonly templates: readonly Members[];
  readonly usage: RehearsalResult['usage'];
  readonly dashboards: RehearsalResult['dashboards'];
}

function resultOf(options: RehearsalOptions, account: Account, deployment: Deployment): RehearsalResult {
  const { outcome, ...known } = deployment;
  const { recorder, objects, schedules } = account;
  const requests = monitorRequests(schedules.all());
  const monitors = serviceMonitors(account);
  const places = baselinePlaces(requests, monitors);
  const baseline = baselineFiles(places, objects);
  const windows = windowResults(recorder.events, objects);
  const facts: Facts = {
    expectDrift: options.expectDrift,
    hasLabels: options.traffic.some(hasLabels),
    deploymentFailure: typeof outcome === 'string' ? outcome : undefined,
    templates: known.templates,
    dashboards: known.dashboards,
    requests,
    serviceMonitors: monitors,
    executions: account.sageMaker.executions.all(),
    baselinePlaces: places,
    missingFile: missingFile(places, objects),
    baseline,
    windows,
    alarms: account.alarms.all(),
    rules: account.bus.allRules(),
    machines: account.machines.all(),
    functions: account.functions.all(),
    outsideSubnets: account.network.unknown(account.functions.all().flatMap(({ subnets = [] }) => subnets)),
    schedules: schedules.all().filter(({ target }) => monitorRequests([{ target }]).length > 0),
    recorded: recorder,
  };
  const found = expectations(facts);
  return {
    succeeded: found.every(({ met }) => met),
    expectations: found,
    unseen: typeof outcome === 'string' ? [] : unseen(facts),
    ...{ timeline: recorder.timeline, messages: recorder.messages, retrainings: recorder.retrainings },
    ...(baseline === undefined ? {} : { baseline }),
    windows,
    ...{ dashboards: known.dashboards, usage: known.usage },
  };
}

const hasLabels = ({ rows = [], labels }: TrafficHour): boolean =>
  labels !== undefined || rows.some(({ label }) => label !== undefined);
