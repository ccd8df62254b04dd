import { DOCUMENTATION_URL } from '../../lib/core/contract';
import { digest } from '../../lib/notification/digest';
import { isTold } from '../../lib/notification/headline';
import type { ExecutionCompletedDetail, ExecutionReport } from '../../lib/outcome/contract';
import { leftBy } from '../outcome/run';
import { type Delivery, DigestCloud } from './digest-cloud';
import { drawn, everyTrial, numbers, type Schedule } from './schedule';
import { Stage } from './stage';
import type { Tried } from './trial';

/**
 * What does not hold of messages, in words: each outcome that people have to know is told in the words of its report, or its event lies in the queue; nothing is
 * told that no report says; and none is told again but where a function could not know, or note, that it had told it.
 */
function broken({ busEvents, reports, messages, deadLetters }: DigestCloud, steps: readonly string[]): string[] {
  const standing = (detail: ExecutionCompletedDetail) => {
    const outcome = reports.get(detail.reportUri)?.outcome;
    return outcome && IDENTITY.every((member) => outcome[member] === detail[member]) ? outcome : undefined;
  };
  const claimed = busEvents
    .map(({ id, detail }) => ({ id, detail: detail as ExecutionCompletedDetail }))
    .filter(({ detail }) => isClaimed(detail));
  const sent = messages.map((message) => JSON.stringify(message));
  const words = [...reports.values()].filter(({ outcome }) => isTold(outcome)).map(textOf);
  const isHeard = (outcome: ExecutionCompletedDetail, id: string) =>
    sent.includes(textOf({ outcome })) || deadLetters.includes(id);
  return [
    ...claimed.flatMap(({ id, detail }) => {
      const outcome = standing(detail);
      return outcome === undefined || !isTold(outcome) || isHeard(outcome, id) ? [] : [`${id} is lost`];
    }),
    ...(sent.length - new Set(sent).size <= excuses(steps) ? [] : ['a message is sent again']),
    ...(sent.every((text) => words.includes(text)) ? [] : ['a message tells what no report does']),
    ...(deadLetters.every((dead) => claimed.some(({ id }) => id === dead))
      ? []
      : ['what nobody has to know lies in the queue']),
  ];
}

/** How often a message was sent whose sender could not know it, or ended before it could note it; one that the SDK sent twice counts once more. */
function excuses(steps: readonly string[]): number {
  const all = steps.map((step) => /^(.*): (\S+)[^(]*(?:\((.*)\))?$/.exec(step)?.slice(1) ?? []);
  const isDone = ([, , fault]: readonly string[]) => !REFUSED.includes(fault);
  return all
    .map((step, at) => {
      const [who, what, fault] = step;
      if (what !== 'Publish' || !isDone(step)) return 0;
      const later = all.slice(at + 1).filter(([other]) => other === who);
      const isNoted = later.some((one) => one[1] === 'PutObject' && isDone(one));
      return (isNoted ? 0 : 1) + (fault === 'again' ? 1 : 0);
    })
    .reduce((sum: number, count) => sum + count, 0);
}

/** Faults of a call that does nothing. */
const REFUSED = ['throttled', 'failed', 'conflict', 'crash before'];

const IDENTITY = ['outcomeId', 'status'] as const;

/** Whether an event says that there is something to tell: its report knows. */
function isClaimed({ status, incidents }: ExecutionCompletedDetail): boolean {
  return status === 'CompletedWithViolations' || status === 'Failed' || (incidents?.changes.includes('Ended') ?? false);
}

function textOf({ outcome }: Pick<ExecutionReport, 'outcome'>): string {
  const { subject: Subject, body: Message } = digest(outcome, {
    region: 'eu-west-1',
    documentationUrl: DOCUMENTATION_URL,
    hasPages: true,
  });
  return JSON.stringify({ Subject, Message });
}

/** Faults among the calls of a drawn trial: their rate is one of these, so that now and then all attempts fail; and how many there are at most. */
const RATES = [0.1, 0.6];
const MOST = 8;

/**
 * A trial that is drawn: up to three windows, whose outcome is told once or twice, each telling delivered once to three times. A failed one may have given way to
 * another, and anybody may put events of the same windows, or of none.
 */
export function drawnDigest(seed: number, others: Partial<Delivery> = {}): Promise<Tried> {
  const next = numbers(seed);
  const among = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];
  const cloud = new DigestCloud({ times: () => among([1, 1, 2, 3]), ...others });
  for (let hour = among([1, 2, 3]); hour > 0; hour--) {
    const incidents = among([undefined, ...INCIDENTS]);
    const report = reportOf(among(STATUSES), hour, undefined, incidents);
    if (among([false, true])) cloud.deliver(reportOf('Failed', hour, 'given way').outcome);
    cloud.write(report);
    for (let telling = among([1, 2]); telling > 0; telling--) cloud.deliver(report.outcome);
    if (among([false, true])) cloud.deliver({ ...report.outcome, ...among(FORGED) });
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
      const report = reportOf('Failed', 1);
      cloud.write(report);
      cloud.deliver(report.outcome);
      return triedOn(cloud, schedule);
    },
  });
}

/** More steps than a delivery has. */
const STEPS = 9;

const STATUSES = ['CompletedWithViolations', 'Failed', 'Completed', 'NoData', 'Watch'] as const;

/** What somebody makes up of an outcome. */
const FORGED: readonly Partial<ExecutionCompletedDetail>[] = [
  { violationCount: 99 },
  { status: 'Failed', failureReason: 'nobody said so' },
  { reportUri: 's3://reports/reports/Stack/Monitor/2026/03/04/23/' },
  { incidents: { changes: ['Ended'] } },
];

/** What a run makes of incidents; of most nothing is known, as of those of an earlier version. */
const INCIDENTS = (['Begun', 'Grown', 'Ended', 'Continues'] as const).map((change) => ({ changes: [change] }));

/** What a run of an hour came to. */
function reportOf(
  status: (typeof STATUSES)[number],
  hour: number,
  outcomeId = `outcome ${hour}`,
  incidents?: ExecutionCompletedDetail['incidents'],
): ExecutionReport {
  const reportUri = `s3://reports/reports/Stack/Monitor/2026/03/04/0${hour}/`;
  return leftBy({ monitorId: 'Stack/Monitor' }, { status, violationCount: hour, outcomeId, reportUri, incidents });
}

async function triedOn(cloud: DigestCloud, schedule: Schedule): Promise<Tried> {
  const stage = new Stage(cloud);
  await stage.run(cloud.invoked(), schedule);
  return { broken: broken(cloud, stage.steps), steps: stage.steps };
}
