import type { Turn, TurnTaker } from '../../lib/engine/reconciler/contract';
import { handler } from '../../lib/engine/reconciler/handler/turns.lambda';
import { answered, isHarmed } from './baseline-model';
import { DeploymentCloud } from './deployment-cloud';
import { AN_ELEVENTH, drawn, everyTrial, numbers, ONE_BY_ONE, type Schedule } from './schedule';
import { type Invocation, Stage } from './stage';
import type { Tried } from './trial';

// Deployments that switch a monitor's engine there and back, one after the other, each request delivered so often and so late as it may be.

const URL = 'https://cloudformation.example/';
const FOLDERS = ['a', 'b'];
const HOUR = 3_600_000;

/** A request of CloudFormation: which one it is, the engine that it gives the turn to, and how often it is delivered while it is answered. */
interface Asked {
  readonly id: string;
  readonly engine: Turn['engine'];
  readonly times: number;
}

const monitors = (engine: Turn['engine']): string =>
  JSON.stringify(
    FOLDERS.map((prefix): TurnTaker => {
      const hours = { everyHours: 1, startHour: 0, graceMinutes: 80, scheduleIdentity: 'schedule' };
      return { engine, ...hours, output: { bucket: 'out', prefix } };
    }),
  );

/** CloudFormation invokes asynchronously: what throws is tried three times in all. */
function delivery({ id, engine }: Asked): Invocation {
  const event = {
    RequestType: id === '0' ? 'Create' : 'Update',
    RequestId: id,
    StackId: 'stack',
    LogicalResourceId: 'Turns',
    ResponseURL: URL + id,
    ResourceProperties: { ServiceToken: 't', Monitors: monitors(engine) },
    OldResourceProperties: { ServiceToken: 't', Monitors: monitors(engine) },
  };
  return { name: `request ${id} (${engine})`, attempts: 3, invoke: () => handler(event as never) };
}

/**
 * Lets each request be answered before the next one is made, as CloudFormation does. What was answered may be delivered once more while a later request is, by
 * `late`: of whom, the earlier one's index and the later one's.
 */
async function tried(
  asked: readonly Asked[],
  late: readonly (readonly [number, number])[],
  scheduleOf: (index: number) => Schedule,
): Promise<Tried> {
  const cloud = new DeploymentCloud(new Map(), {});
  const stage = new Stage(cloud);
  const broken: string[] = [];
  for (const [index, request] of asked.entries()) {
    jest.setSystemTime(Date.now() + HOUR);
    const again = late.filter(([earlier, later]) => later === index && isAnswered(cloud, asked[earlier]));
    const deliveries = Array.from({ length: request.times }, () => delivery(request));
    const first = [...deliveries, ...again.map(([earlier]) => delivery(asked[earlier]))];
    await stage.run(first, scheduleOf(index));
    if (!isAnswered(cloud, request)) await stage.run([delivery(request)], ONE_BY_ONE); // a deployment that fails is made again
    broken.push(...wrongTurns(cloud, asked.slice(0, index + 1)));
  }
  return { broken: [...broken, ...asked.flatMap((request) => unanswered(cloud, stage, request))], steps: stage.steps };
}

const answersOf = ({ puts }: DeploymentCloud, { id }: Asked) => puts.filter(({ url }) => url === URL + id);
const isAnswered = (cloud: DeploymentCloud, asked: Asked) =>
  answersOf(cloud, asked).some(({ Status }) => Status === 'SUCCESS');

/** Engines have had their turns in the order of requests, once for each change, and the last one has it. */
function wrongTurns({ objects }: DeploymentCloud, asked: readonly Asked[]): string[] {
  const changes = asked.map(({ engine }) => engine).filter((engine, index, all) => engine !== all[index - 1]);
  const expected = changes.join(', ');
  return FOLDERS.flatMap((folder) => {
    const { turns = [] } = JSON.parse(objects.get(`out/${folder}/turns.json`) ?? '{}') as { turns?: Turn[] };
    const found = turns.map(({ engine }) => engine).join(', ');
    return found === expected ? [] : [`the turns of ${folder} are ${found} after ${expected}`];
  });
}

function unanswered(cloud: DeploymentCloud, { steps }: Stage, asked: Asked): string[] {
  const puts = answersOf(cloud, asked);
  return answered({ id: asked.id, puts, isHarmed: isHarmed(steps, asked.id), mayFail: false });
}

/** Faults among the calls of a drawn trial: their rate is one of these, and how many there are at most. */
const RATES = [0.05, 0.2];
const MOST = 4;

/** A trial that is drawn: two to four deployments, with engines as they come, each request delivered once to three times, and up to two once more while a later one is answered. */
export function drawnTurns(seed: number): Promise<Tried> {
  const next = numbers(seed);
  const among = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];
  const asked = Array.from({ length: among([2, 3, 4]) }, (_, index): Asked => {
    return { id: String(index), engine: among(['serverless', 'model-monitor']), times: among([1, 1, 2, 3]) };
  });
  const late = Array.from({ length: among([0, 1, 2]) }, () => {
    const later = 1 + Math.floor(next() * (asked.length - 1));
    return [Math.floor(next() * later), later] as const;
  });
  const schedule = drawn(next, among(RATES), MOST);
  return tried(asked, late, () => schedule);
}

/** All trials of a switch and its rollback, while whose request is answered that of the switch is delivered again. */
export function everyLateSwitch(each: (name: string, tried: Tried) => void): Promise<number> {
  const asked: readonly Asked[] = [
    { id: '0', engine: 'serverless', times: 1 },
    { id: '1', engine: 'model-monitor', times: 1 },
    { id: '2', engine: 'serverless', times: 1 },
  ];
  return everyTrial({
    most: STEPS,
    each,
    every: AN_ELEVENTH,
    run: (schedule) => tried(asked, [[1, 2]], (index) => (index === 2 ? schedule : ONE_BY_ONE)),
  });
}

/** More steps than a delivery has. */
const STEPS = 8;
