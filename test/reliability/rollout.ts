import type { RolloutEndedDetail, RolloutProperties } from '../../lib/endpoint/contract';
import { handler } from '../../lib/endpoint/handler/rollout.lambda';
import { answered, isHarmed } from './baseline-model';
import { RolloutCloud, type UpdatedEndpoint } from './rollout-cloud';
import { drawn, everyTrial, numbers, type Schedule } from './schedule';
import { type Invocation, Stage } from './stage';
import type { Tried } from './trial';

// The guard of a rollout, from CloudFormation's request to its answer, and to what is told of an update that stays.

/** A deployment of an endpoint with a rollout, and what has become of its update. */
export interface RolledOut {
  readonly type: 'Create' | 'Update';
  /** that the endpoint had before */
  readonly before: string;
  readonly endpoint: UpdatedEndpoint;
  /** none where nobody counts requests */
  readonly leastRequests?: number;
  readonly hasTopic: boolean;
  /** seconds after the request at which it is delivered, once for each */
  readonly deliveries: readonly number[];
}

/** CloudFormation asks when the update has ended. */
const ASKED = new Date('2026-03-04T10:15:00Z');
const ID = 'one';
const URL = `https://cloudformation.example/${ID}?X-Amz-Date=20260304T101500Z`;
const MINUTES_BAKED = 10;
const STAYS: UpdatedEndpoint = {
  status: 'InService',
  configName: 'new',
  perMinute: 1,
  begun: ASKED.getTime() - MINUTES_BAKED * 60_000,
  publishedAfter: 0,
};
const LEAST = 20;

/** Delivers a request, and lets all that follows run as a schedule says. */
export async function triedRollout(rolledOut: RolledOut, schedule: Schedule): Promise<Tried> {
  jest.setSystemTime(ASKED);
  const cloud = new RolloutCloud(rolledOut.endpoint);
  const stage = new Stage(cloud);
  await stage.run(
    rolledOut.deliveries.map((afterSeconds) => delivery(rolledOut, afterSeconds)),
    schedule,
  );
  return { broken: broken(rolledOut, cloud, stage.steps), steps: stage.steps };
}

/** CloudFormation invokes asynchronously: what throws is tried a minute later, and two minutes after that. */
function delivery(rolledOut: RolledOut, afterSeconds: number): Invocation {
  const { type } = rolledOut;
  const event = {
    RequestType: type,
    RequestId: ID,
    StackId: 'stack',
    LogicalResourceId: 'RolloutGuard',
    ResponseURL: URL,
    ResourceProperties: { ServiceToken: 't', ...propertiesOf(rolledOut, 'new') },
    OldResourceProperties: { ServiceToken: 't', ...propertiesOf(rolledOut, rolledOut.before) },
  };
  return {
    name: `request ${ID} (${type})`,
    attempts: 3,
    afterSeconds,
    retryAfterSeconds: [60, 120],
    limitSeconds: 60,
    invoke: () => handler(event as never),
  };
}

function propertiesOf({ leastRequests, hasTopic }: RolledOut, EndpointConfigName: string): RolloutProperties {
  const name = { EndpointName: 'churn', EndpointConfigName };
  if (leastRequests === undefined) return name;
  const TopicArn = hasTopic ? 'arn:aws:sns:eu-west-1:111122223333:team' : undefined;
  return { ...name, VariantNames: ['blue', 'green'], LeastRequests: `${leastRequests}`, TopicArn };
}

/** What does not hold, in words: a request is answered as its endpoint is, and an update that stays is told, by what its fleet was asked while it baked. */
function broken(rolledOut: RolledOut, { puts, events, messages }: RolloutCloud, steps: readonly string[]): string[] {
  const { type, before, endpoint, leastRequests, hasTopic } = rolledOut;
  const isGood = endpoint.status === 'InService' && endpoint.configName === 'new';
  const harmed = isHarmed(steps, ID);
  const baked = endpoint.perMinute * MINUTES_BAKED;
  const tellings = events.map((event): RolloutEndedDetail => JSON.parse(event));
  const isCounted = isGood && type === 'Update' && before !== 'new' && leastRequests !== undefined;
  const isUnseen = tellings.some(({ outcome }) => outcome === 'BakedUnseen');
  const isLeftUnseen = tellings.at(-1)?.outcome === 'BakedUnseen'; // one that could not count may be followed by one that could
  const isSure = endpoint.publishedAfter === 0 && !steps.some((step) => /GetMetricData \(/.test(step));
  return [
    ...answered({ id: ID, puts, isHarmed: harmed, mayFail: !isGood }),
    ...unless(
      isGood || puts.every(({ Status }) => Status === 'FAILED'),
      'an update that was taken back was told as made',
    ),
    ...unless(isCounted || events.length + messages.length === 0, 'something is told of what has not baked'),
    ...unless(!isCounted || events.length > 0 || harmed, 'an update that stays is told to nobody'),
    ...unless(!isLeftUnseen || !hasTopic || messages.length > 0 || harmed, 'people are not told of what nobody saw'),
    ...unless(hasTopic || messages.length === 0, 'a message has no topic'),
    ...unless(isUnseen || messages.length === 0, 'people are told of what was seen'),
    ...unless(
      tellings.every(({ requests = 0 }) => requests <= baked),
      'requests are counted that came after it had baked',
    ),
    ...unless(
      tellings.every(({ outcome, requests = 0 }) => (outcome === 'Baked') === requests >= Number(leastRequests)),
      'what is told is not what was counted',
    ),
    ...unless(!isSure || tellings.every(({ requests }) => requests === baked), 'requests are not counted'),
    ...unless(!isSure || new Set(events).size <= 1, 'an update is told in two ways'),
  ];
}

/** Nothing where something holds, else these words. */
const unless = (holds: boolean, words: string) => (holds ? [] : [words]);

/** Faults among the calls of a drawn trial: their rate is one of these, so that now and then all attempts fail; and how many there are at most. */
const RATES = [0.1, 0.6];
const MOST = 8;

/** A trial that is drawn: an update that stays, was taken back or could not be, or a first deployment, delivered once to three times, at once and late. */
export function drawnRollout(seed: number): Promise<Tried> {
  const next = numbers(seed);
  const among = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];
  const { type, before, ...end } = among([STAYED, STAYED, ...OTHERS]);
  const endpoint = { ...STAYS, perMinute: among([0, 1, 2, 30]), publishedAfter: among([0, 0, 3]), ...end };
  const deliveries = Array.from({ length: among([1, 2, 3]) }, () => among([0, 0, 45, 600]));
  const rolledOut = { type, before, endpoint, deliveries };
  const leastRequests = among([LEAST, LEAST, LEAST, undefined]);
  return triedRollout({ ...rolledOut, leastRequests, hasTopic: among([true, false]) }, drawn(next, among(RATES), MOST));
}

interface End extends Partial<UpdatedEndpoint>, Pick<RolledOut, 'type' | 'before'> {}

const STAYED: End = { type: 'Update', before: 'old' };
const OTHERS: readonly End[] = [
  { type: 'Update', before: 'old', configName: 'old' },
  { type: 'Update', before: 'old', status: 'UpdateRollbackFailed' },
  { type: 'Update', before: 'new' },
  { type: 'Create', before: '' },
];

/** All trials of two deliveries of the request about an update that nobody saw. */
export function everyRolloutOfTwo(each: (name: string, tried: Tried) => void): Promise<number> {
  const rolledOut: RolledOut = { ...STAYED, endpoint: STAYS, deliveries: [0, 0], leastRequests: LEAST, hasTopic: true };
  return everyTrial({ most: STEPS, each, run: (schedule) => triedRollout(rolledOut, schedule) });
}

/** More steps than a delivery has. */
const STEPS = 9;
