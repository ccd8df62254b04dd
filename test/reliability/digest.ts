import { DOCUMENTATION_URL } from '../../lib/core/contract';
import { digest } from '../../lib/notification/digest';
import { EVENT_DETAIL_TYPE, EVENT_SOURCE, type ExecutionCompletedDetail } from '../../lib/outcome/contract';
import { leftBy } from '../outcome/run';
import { type BusEntry, DigestCloud } from './digest-cloud';
import { drawn, everyTrial, numbers, type Schedule } from './schedule';
import { Stage } from './stage';
import type { Tried } from './trial';

/** What does not hold of messages, in words: each outcome that people have to know is told, each time in the same words, or lies in the queue. */
function broken({ busEvents, messages, deadLetters }: DigestCloud): string[] {
  const told = busEvents.filter(({ detail }) => TOLD.includes((detail as ExecutionCompletedDetail).status));
  const expected = new Map(told.map(({ id, detail }) => [id, textOf(detail as ExecutionCompletedDetail)]));
  const sent = messages.map((message) => JSON.stringify(message));
  return [
    ...told.flatMap(({ id }) =>
      sent.includes(expected.get(id) as string) || deadLetters.includes(id) ? [] : [`${id} is lost`],
    ),
    ...(sent.every((text) => [...expected.values()].includes(text)) ? [] : ['a message tells what no event does']),
    ...(deadLetters.every((id) => expected.has(id)) ? [] : ['what nobody has to know lies in the queue']),
  ];
}

const TOLD: readonly string[] = ['CompletedWithViolations', 'Failed'];

function textOf(detail: ExecutionCompletedDetail): string {
  const { subject: Subject, body: Message } = digest(detail, 'eu-west-1', DOCUMENTATION_URL);
  return JSON.stringify({ Subject, Message });
}

/** Faults among the calls of a drawn trial: their rate is one of these, so that now and then all attempts fail; and how many there are at most. */
const RATES = [0.1, 0.6];
const MOST = 8;

/** A trial that is drawn: up to three outcomes, each told once or twice, and each telling delivered once to three times. */
export function drawnDigest(seed: number, hasQueue = true): Promise<Tried> {
  const next = numbers(seed);
  const among = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];
  const cloud = new DigestCloud({ times: () => among([1, 1, 2, 3]), hasQueue });
  for (let count = among([1, 2, 3]); count > 0; count--) {
    const entry = told(among(STATUSES), count);
    for (let telling = among([1, 2]); telling > 0; telling--) cloud.deliver(entry);
  }
  return triedOn(cloud, drawn(next, among(RATES), MOST));
}

/** All trials of two deliveries of the event of a failed run. */
export function everyDigestOfTwo(each: (name: string, tried: Tried) => void): Promise<number> {
  return everyTrial({
    most: STEPS,
    each,
    run: (schedule) => {
      const cloud = new DigestCloud({ times: () => 2 });
      cloud.deliver(told('Failed', 1));
      return triedOn(cloud, schedule);
    },
  });
}

/** More steps than a delivery has. */
const STEPS = 5;

const STATUSES = ['CompletedWithViolations', 'Failed', 'Completed', 'NoData', 'Watch'] as const;

function told(status: (typeof STATUSES)[number], violationCount: number): BusEntry {
  const { outcome } = leftBy({ monitorId: 'Stack/Monitor' }, { status, violationCount });
  return { Source: EVENT_SOURCE, DetailType: EVENT_DETAIL_TYPE, Detail: JSON.stringify(outcome) };
}

async function triedOn(cloud: DigestCloud, schedule: Schedule): Promise<Tried> {
  const stage = new Stage(cloud);
  await stage.run(cloud.invoked(), schedule);
  return { broken: broken(cloud), steps: stage.steps };
}
