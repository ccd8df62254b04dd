import { REST_RESOURCE_TYPE } from '../../lib/engine/model-monitor/schedule/drain/contract';
import { handler } from '../../lib/engine/model-monitor/schedule/drain/handler/drain.lambda';
import { answered, isHarmed } from './baseline-model';
import { DrainCloud, type Schedule as MonitoringSchedule } from './drain-cloud';
import { drawn, everyTrial, numbers, punctual, type Schedule } from './schedule';
import { type Invocation, Stage } from './stage';
import { contradictionsOf, monitorOf, objectsOf, type Switch, takeTurnBack, tellRun } from './switching';
import type { Tried } from './trial';

// Two schedules, one of which leaves the stack or is changed, and CloudFormation's requests for that, to the end states of the schedules.

/** What a deployment does; `cancelled` is a rollback that does not wait for the drain before it, `overtaken` one that is over before that is begun, and the last three change the engine of a monitor. */
export const DEPLOYMENTS = [
  ...(['removal', 'deletion', 'change', 'rollback', 'cancelled', 'overtaken'] as const),
  ...(['switched', 'arrived', 'returned'] as const),
] as const;

/** One of {@link DEPLOYMENTS}. */
export type Deployment = (typeof DEPLOYMENTS)[number];

type Request = Record<string, unknown>;

const listOf = (...names: string[]) => ({ ServiceToken: 't', ScheduleNames: names });
const configured = (definition: string) => ({
  ServiceToken: 't',
  Schedules: [{ Name: 'kept', JobDefinitionName: definition, ScheduleExpression: 'cron(0 * ? * * *)' }],
});
const REMOVAL: Request = {
  RequestType: 'Update',
  ResourceProperties: listOf('kept'),
  OldResourceProperties: listOf('gone', 'kept'),
};
const RETURN: Request = {
  RequestType: 'Update',
  ResourceProperties: listOf('gone', 'kept'),
  OldResourceProperties: listOf('kept'),
};
const monitors = { Monitors: JSON.stringify([monitorOf('gone')]) };
/** The same of a schedule whose monitor goes to another engine, or comes from one. */
const SWITCH: Request = { ...REMOVAL, OldResourceProperties: { ...listOf('gone', 'kept'), ...monitors } };
const ARRIVAL: Request = { ...RETURN, ResourceProperties: { ...listOf('gone', 'kept'), ...monitors } };

/** Requests of a deployment, one after the other. */
const REQUESTS: { readonly [deployment in Deployment]: readonly Request[] } = {
  removal: [REMOVAL],
  deletion: [{ RequestType: 'Delete', ResourceProperties: listOf('gone', 'kept') }],
  change: [
    {
      RequestType: 'Update',
      ResourceType: REST_RESOURCE_TYPE,
      ResourceProperties: configured('kept-after'),
      OldResourceProperties: configured('kept-before'),
    },
  ],
  rollback: [REMOVAL, RETURN],
  cancelled: [REMOVAL, RETURN],
  overtaken: [REMOVAL, RETURN],
  switched: [SWITCH],
  arrived: [ARRIVAL],
  returned: [SWITCH, ARRIVAL],
};

/** When requests were made, as their URLs say: in different seconds, in one, or nobody knows. */
type Made = 'apart' | 'together' | 'unsaid';
const SECONDS: { readonly [made in Made]: { readonly [id: string]: string | undefined } } = {
  apart: { one: '20260304T101000Z', two: '20260304T101001Z' },
  together: { one: '20260304T101000Z', two: '20260304T101000Z' },
  unsaid: {},
};

function urlOf(id: string, made: Made): string {
  const second = SECONDS[made][id];
  return `https://cloudformation.example/${id}${second ? `?X-Amz-Date=${second}&X-Amz-Expires=7200` : ''}`;
}

const START = new Date('2026-03-04T10:10:00Z');
const NAMES = ['one', 'two'];

/** What a trial is made of. */
interface DrainTrial {
  readonly deployment: Deployment;
  /** of the executions that run: of the schedule that goes, and of the one that stays; none where absent */
  readonly minutes: readonly (number | undefined)[];
  /** how often each request is delivered */
  readonly deliveries: number;
  /** whether a delivery of the first request, which was answered, is late: it comes with the second */
  readonly isLate?: boolean;
  readonly schedule: Schedule;
  /** false for a service that starts an execution of one name again */
  readonly knowsNames?: boolean;
  /** `apart` where absent */
  readonly made?: Made;
}

/** Delivers the requests of a deployment; the second one when all is over that the first led to, but for what is cancelled. */
async function triedDrain(trial: DrainTrial): Promise<Tried> {
  const { deployment, minutes, deliveries, isLate, schedule, knowsNames, made = 'apart' } = trial;
  jest.setSystemTime(START);
  const schedules = ['gone', 'kept'].map((name, index) => scheduleOf(name, minutes[index]));
  const cloud = new DrainCloud(schedules, {
    knowsNames,
    objects: isSwitch(deployment) ? objectsOf(deployment) : undefined,
  });
  if (deployment === 'arrived') cloud.at(START.getTime() + (minutes[0] ?? 0) * 60_000, () => tellRun(cloud));
  const stage = new Stage(cloud);
  const all = REQUESTS[deployment].map((request, index) =>
    Array.from({ length: deliveries }, () => delivery(NAMES[index], request, made)),
  );
  for (const [index, invocations] of inOrder(deployment, all).entries()) {
    if (deployment === 'returned' && index === 1) takeTurnBack(cloud);
    const comesLate = isLate && index === 1 && cloud.puts.length > 0;
    await stage.run(
      comesLate ? [...invocations, delivery(NAMES[0], REQUESTS[deployment][0], made)] : invocations,
      schedule,
    );
  }
  jest.setSystemTime(Date.now() + 600_000);
  return { broken: broken(deployment, cloud, { steps: stage.steps, minutes, made }), steps: stage.steps };
}

/** Those that come at once, one after the other. */
function inOrder(deployment: Deployment, all: readonly Invocation[][]): readonly Invocation[][] {
  if (deployment === 'cancelled') return [all.flat()];
  return deployment === 'overtaken' ? [...all].reverse() : all;
}

function scheduleOf(name: string, minutes?: number): MonitoringSchedule {
  const running = {
    job: `${name}-job`,
    status: 'InProgress',
    ends: START.getTime() + (minutes ?? 0) * 60_000,
  } as const;
  return { name, status: 'Scheduled', pendingUntil: 0, executions: minutes === undefined ? [] : [{ ...running }] };
}

function delivery(id: string, request: Request, made: Made): Invocation {
  const named = {
    RequestId: id,
    StackId: 's',
    LogicalResourceId: 'Drain',
    PhysicalResourceId: 'p',
    ResponseURL: urlOf(id, made),
  };
  return { name: `request ${id}`, attempts: 3, invoke: () => handler({ ...named, ...request } as never) };
}

const isSwitch = (deployment: Deployment): deployment is Switch =>
  deployment === 'switched' || deployment === 'arrived' || deployment === 'returned';

interface Happened {
  readonly steps: readonly string[];
  readonly minutes: readonly (number | undefined)[];
  readonly made: Made;
}

/** How schedules have to stand when a success is told, which CloudFormation goes on by; absent: as they will. */
const WHEN_TOLD: { readonly [deployment in Deployment]: { readonly [name: string]: RegExp } } = {
  removal: { gone: /^Stopped$/, kept: /^Scheduled/ },
  deletion: { gone: /^Stopped$/, kept: /^Stopped$/ },
  change: { gone: /^Scheduled/, kept: /^Scheduled$/ },
  rollback: { kept: /^Scheduled/ },
  cancelled: { kept: /^Scheduled/ },
  overtaken: { kept: /^Scheduled/ },
  switched: { gone: /^Stopped$/, kept: /^Scheduled/ },
  arrived: { kept: /^Scheduled/ },
  returned: { gone: /^Stopped$/, kept: /^Scheduled/ },
};

/** What does not hold, in words; nothing where all does. */
function broken(deployment: Deployment, cloud: DrainCloud, { steps, minutes, made }: Happened): string[] {
  const ids = NAMES.slice(0, REQUESTS[deployment].length);
  const stood = cloud.stood.get(urlOf(ids[0], made));
  const wrong = Object.entries(WHEN_TOLD[deployment]).filter(
    ([name, how]) => stood && !how.test(String(stood.get(name))),
  );
  const [gone, kept] = cloud.schedules;
  const isBroughtBack = REQUESTS[deployment].length > 1 && !isTakenForLater('one', cloud, made);
  const isResumed = cloud.stood.has(urlOf('two', made)) || !isHarmed(steps, 'two');
  const mayFail = deployment === 'cancelled' || deployment === 'overtaken';
  return [
    ...ids.flatMap((id) =>
      answered({
        id,
        puts: cloud.puts.filter(({ url }) => url === urlOf(id, made)),
        isHarmed: isHarmed(steps, id),
        mayFail: mayFail && (id === 'one' || !isBroughtBack),
      }),
    ),
    ...(isSwitch(deployment) ? brokenSwitch(deployment, cloud, { minutes: minutes[0], url: urlOf('one', made) }) : []),
    ...wrong.map(([name]) => `${name} was told as ready, and is ${stood?.get(name)}`),
    ...(isBroughtBack && isResumed && gone.status !== 'Scheduled' ? ['the rollback left gone silent'] : []),
    ...(deployment !== 'deletion' && kept.status !== 'Scheduled' ? ['kept is silent'] : []),
    ...(deployment !== 'deletion' && wasCut(kept, minutes[1]) ? ['a run that may end was stopped'] : []),
  ];
}

/** Of requests that were made in one second, the one whose execution was started last counts as the later one. */
function isTakenForLater(id: string, { startedNames }: DrainCloud, made: Made): boolean {
  return made === 'together' && startedNames.at(-1)?.endsWith(`-${id}`) === true;
}

/** What does not hold of a run that the engine before owes: it may end, and is told before a success, unless half an hour is over. */
function brokenSwitch(
  deployment: Switch,
  cloud: DrainCloud,
  { minutes, url }: { readonly minutes?: number; readonly url: string },
): string[] {
  const [gone] = cloud.schedules;
  const told = cloud.stoodRuns.get(url);
  const isOwed = deployment === 'arrived' || gone.executions.length > 0;
  const isLate = told === undefined || told.at >= START.getTime() + PATIENCE * 60_000;
  const wasTold = told?.run === 'told' || (deployment === 'arrived' && told?.run === 'decided');
  return [
    ...contradictionsOf(cloud),
    ...(isOwed && !isLate && !wasTold ? [`the engine before has not told its run, which is ${told.run}`] : []),
    ...(deployment !== 'arrived' && wasCut(gone, minutes) ? ['a run of the engine before was stopped'] : []),
  ];
}

/** Whether a run was stopped that would have ended within half an hour, or that nothing was to change. */
function wasCut({ executions }: MonitoringSchedule, minutes = 0): boolean {
  return minutes < PATIENCE && executions.some(({ status }) => status === 'Stopped' || status === 'Stopping');
}

/** Minutes that a run may take to end by itself. */
const PATIENCE = 30;

/** Faults among the calls of a drawn trial: their rate is one of these, from some step on; and how many there are at most. */
const RATES = [0.05, 0.2, 0.8];
const MOST = 4;
/** How many of the trials have requests of one second. */
const TOGETHER = 0.25;

/** A trial that is drawn: a deployment, each request delivered once to three times, also late, with runs of some minutes, and up to four faults. */
export function drawnDrain(seed: number, others: Pick<DrainTrial, 'knowsNames' | 'made'> = {}): Promise<Tried> {
  const next = numbers(seed);
  const among = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];
  const minutes = [among([undefined, 5, 45, 90]), among([undefined, 5, 25, 45])];
  const deployment = among(DEPLOYMENTS);
  const faulty = drawn(next, among(RATES), MOST, Math.floor(next() * 40));
  const schedule = deployment === 'cancelled' ? punctual(faulty) : faulty; // a pause that ends hours late is no machine's
  const [deliveries, isLate] = [among([1, 2, 3]), next() < 0.5];
  const made = numbers(-seed)() < TOGETHER ? 'together' : 'apart';
  return triedDrain({ deployment, minutes, deliveries, isLate, schedule, made, ...others });
}

/** All trials of two deliveries of the requests of a deployment; a fault meets the first request of a rollback, or its second. */
export function everyDrainOfTwo(deployment: Deployment, each: (name: string, tried: Tried) => void): Promise<number> {
  const trial = { deployment, minutes: [5, 5] };
  const run = (schedule: Schedule) =>
    deployment === 'cancelled' // two requests at once
      ? triedDrain({ ...trial, deliveries: 1, schedule: punctual(schedule) })
      : triedDrain({ ...trial, deliveries: 2, schedule });
  return everyTrial({ most: STEPS, run, each: (name, tried) => each(`${deployment} ${name}`, tried) });
}

/** More steps than a delivery has, up to the first look of the machine that it starts. */
const STEPS = 12;
