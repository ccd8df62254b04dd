import type { TestEvidence } from '../../lib/outcome/comparison/contract';
import type { ExceptionRecord, MonitorExceptions } from '../../lib/outcome/exception/contract';
import type { KeptTest } from '../../lib/outcome/tested/contract';
import type { TrainingIssueDetail, TrainingSettings } from '../../lib/training/contract';
import { handler as watch } from '../../lib/training/handler/training-watch.lambda';
import { doAndTell } from '../../lib/triage/deed';
import type { TestSettings } from '../../lib/variant-test/contract';
import { handler as addWindow } from '../../lib/variant-test/handler/variant-test.lambda';
import { leftBy, RUN } from '../outcome/run';
import { DeedCloud } from './deed-cloud';
import { drawn, numbers, ONE_BY_ONE } from './schedule';
import { type Invocation, Stage } from './stage';
import type { Tried } from './trial';

// What acts and tells beside runs: watched trainings, tests of variants, and what people say of findings.

/** Faults among the calls of a drawn trial: their rate is one of these, and how many there are at most. */
const RATES = [0.1, 0.6];
const MOST = 8;

type Draw = <T>(list: readonly T[]) => T;

/** A trial of invocations that are drawn, at once, and what does not hold when all is over. */
async function tried(seed: number, cloud: DeedCloud, play: (among: Draw) => Play): Promise<Tried> {
  const next = numbers(seed);
  const among: Draw = (list) => list[Math.floor(next() * list.length)];
  const { invocations, after, broken } = play(among);
  const stage = new Stage(cloud);
  await stage.run(invocations, drawn(next, among(RATES), MOST));
  await stage.run(after?.() ?? [], ONE_BY_ONE);
  return { broken: broken(stage), steps: stage.steps };
}

interface Play {
  readonly invocations: readonly Invocation[];
  /** what comes when all is over, without a fault */
  readonly after?: () => readonly Invocation[];
  readonly broken: (stage: Stage) => readonly string[];
}

const times = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
/** Nothing where something holds, else these words. */
const unless = (holds: boolean, words: string) => (holds ? [] : [words]);
const areAlike = (texts: readonly string[]) => new Set(texts).size <= 1;

const WATCH: TrainingSettings = {
  name: 'Stack/Training',
  jobPrefix: 'churn-',
  longestMinutes: 360,
  stopOn: [],
  notes: { bucket: 'reports', prefix: 'model-training/c8' },
  topicArn: 'arn:aws:sns:eu-west-1:111122223333:team',
};

/** A job that failed, or goes on for too long and may be stopped for it, of which one to three events tell at once; when it has stopped, another. */
export function drawnWatch(seed: number): Promise<Tried> {
  const cloud = new DeedCloud();
  return tried(seed, cloud, (among) => {
    const [status, stopOn] = among([
      ['Failed', []] as const,
      ['InProgress', []] as const,
      ['InProgress', ['OverLong']] as const,
    ]);
    cloud.job = { status, begun: new Date(Date.now() - 7 * 3_600_000) };
    const settings = { ...WATCH, stopOn };
    const invocations = times(among([1, 2, 3])).map((telling) =>
      cloud.invocation(`watch ${telling}`, 300, () => watch({ settings, work: 'churn-1' })),
    );
    const after = () => {
      if (cloud.job.status !== 'Stopping') return [];
      cloud.job = { ...cloud.job, status: 'Stopped' };
      return [cloud.invocation('watch what stopped', 300, () => watch({ settings, work: 'churn-1' }))];
    };
    const broken = () => {
      const { events } = cloud.store;
      const isHeard = cloud.deadLetters.length > 0;
      const isTold = events.length > 0 && cloud.messages.length > 0;
      return [
        ...unless(isTold || isHeard, 'an issue is told to nobody'),
        ...unless(stopOn.length > 0 || areAlike(events.map(issueOf)), 'a training has two issues'),
        ...unless(stopOn.length === 0 || cloud.stopped.length > 0 || isHeard, 'a training was not stopped'),
        ...unless(stopOn.length > 0 || cloud.stopped.length === 0, 'a training was stopped that was not to be'),
      ];
    };
    return { invocations, after, broken };
  });
}

/** Without how long it goes on, and whether it was stopped by now. */
function issueOf(event: string): string {
  const { work, arn, issue }: TrainingIssueDetail = JSON.parse(event);
  return JSON.stringify([work, arn, issue]);
}

const TEST: TestSettings = {
  ...{ key: 'k1', name: 'Stack/Autumn', reference: 'blue', candidate: 'green' },
  ...{ leastEffect: 0.05, level: 0.05, leastHours: 24, largestHours: 2400, takesBack: true },
  topicArn: 'arn:aws:sns:eu-west-1:111122223333:team',
};
const FOLDER = 'reports/Stack/Quality/2026/03/09/09';
const side = (right: number) => ({
  rows: Array<number>(128).fill(10),
  sums: Array.from({ length: 128 }, (_, index) => right + (index % 3) - 1),
});
const WORSE: TestEvidence = {
  test: 'k1',
  metrics: [{ metric: 'accuracy', reference: side(7), candidate: side(3) }],
};

/** A window that shows that a candidate is worse, told one to three times at once. */
export function drawnTestEnd(seed: number): Promise<Tried> {
  const cloud = new DeedCloud();
  const report = leftBy(
    {
      window: { start: new Date('2026-03-08T09:00:00Z'), end: new Date('2026-03-09T09:00:00Z') },
      monitorId: 'Stack/Quality',
    },
    { reportUri: `s3://out/${FOLDER}/`, outcomeId: 'o9' },
    {
      comparison: { reference: 'blue', candidate: 'green', notCompared: [], evidence: WORSE },
      due: '2026-03-09T09:00:00.000Z',
      times: { everyHours: 24 },
    },
  );
  cloud.store.objects.set(`out/${FOLDER}/report.json`, JSON.stringify(report));
  const reports = [{ bucket: 'out', prefix: 'reports', monitorIds: ['Stack/Quality'] }];
  const request = { account: RUN.accountId, region: RUN.region, detail: report.outcome, reports, test: TEST };
  return tried(seed, cloud, (among) => ({
    invocations: times(among([1, 2, 3])).map((telling) =>
      cloud.invocation(`test ${telling}`, 60, () => addWindow(request as never)),
    ),
    broken: () => brokenEnd(cloud),
  }));
}

function brokenEnd({ store, messages, deadLetters, weights }: DeedCloud): readonly string[] {
  const kept = (store.history.get(`out/${FOLDER}/variant-test.json`) ?? []).map((text): KeptTest => JSON.parse(text));
  const decisions = kept.map(({ done: _, ...decision }) => JSON.stringify(decision));
  const isHeard = deadLetters.length > 0;
  return [
    ...unless(areAlike(decisions), 'a window was added in two ways'),
    ...unless(areAlike(store.events), 'an end is told in two ways'),
    ...unless((store.events.length > 0 && messages.length > 0) || isHeard, 'an end is told to nobody'),
    ...unless(areAlike(messages), 'an end is told to people in two ways'),
    ...unless(weights.green === 0 || isHeard, 'a worse candidate still gets requests'),
  ];
}

const PLACE = { bucket: 'reports', prefix: 'reports/Stack/Monitor' };
const FILE = `${PLACE.bucket}/${PLACE.prefix}/exceptions.json`;

/** What somebody says of a finding; the first one was said before. */
function deedOf(index: number): ExceptionRecord {
  const said = { by: 'arn:aws:iam::111122223333:user/ada', reason: 'a campaign', at: '2026-03-04T09:00:00.000Z' };
  const finding = { feature: `column${index}`, check: 'baseline_drift_check' };
  const exceptions = [
    { id: `e${index}`, kind: 'Accepted' as const, finding, ...said, until: '2026-03-11T09:00:00.000Z' },
  ];
  const deed = index === 0 ? 'Withdrawn' : 'Accepted';
  return { version: '1', deed, monitorId: 'Stack/Monitor', ...said, exceptions, exceptionCount: 1 };
}

/** Two to four people say something of findings of one monitor at once, one of whom takes back what was said before. */
export function drawnTriage(seed: number): Promise<Tried> {
  const cloud = new DeedCloud();
  const before: MonitorExceptions = { version: '1', exceptions: deedOf(0).exceptions };
  cloud.store.objects.set(FILE, JSON.stringify(before));
  return tried(seed, cloud, (among) => {
    const deeds = [0, ...times(among([1, 2, 3]))];
    const invocations = deeds.map((index) => ({
      name: `deed ${index}`,
      attempts: 1,
      invoke: () => doAndTell(PLACE, leftBy({}), deedOf(index)),
    }));
    return { invocations, broken: (stage) => brokenTriage(cloud, stage) };
  });
}

/** What somebody was told to be done is done, recorded, and on the bus, or he was told that it is not there; and nothing else is there. */
function brokenTriage({ store }: DeedCloud, { ended }: Stage): readonly string[] {
  const { exceptions }: MonitorExceptions = JSON.parse(store.objects.get(FILE) ?? '');
  const ids = exceptions.map(({ id }) => id);
  const records = [...store.objects.entries()]
    .filter(([address]) => address.includes('/audit/'))
    .flatMap(([, text]) => (JSON.parse(text) as ExceptionRecord).exceptions.map(({ id }) => id));
  const told = store.events.flatMap((event) => (JSON.parse(event) as ExceptionRecord).exceptions.map(({ id }) => id));
  const done = ended
    .filter(({ hasSucceeded }) => hasSucceeded)
    .map(({ name, result }) => {
      return { id: name.replace('deed ', 'e'), result: result as { readonly untold?: string } };
    });
  return [
    ...done.flatMap(({ id, result }) => [
      ...unless(ids.includes(id) === (id !== 'e0'), `${id} was done, and is lost`),
      ...unless(records.includes(id), `${id} is not recorded`),
      ...unless(told.includes(id) || result.untold !== undefined, `${id} is told to nobody`),
    ]),
    ...unless(new Set(ids).size === ids.length, 'something was said twice'),
    ...unless(
      ids.every((id) => id === 'e0' || records.includes(id)),
      'something is said that nobody recorded',
    ),
  ];
}
