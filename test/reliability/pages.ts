import type { PageRequest } from '../../lib/engine/page/contract';
import { handler } from '../../lib/engine/page/page.lambda';
import type { ExecutionReport } from '../../lib/outcome/contract';
import { leftBy, RUN } from '../outcome/run';
import { DeedCloud } from './deed-cloud';
import { drawn, everyTrial, numbers, ONE_BY_ONE, type Schedule } from './schedule';
import { type Invocation, Stage } from './stage';
import type { Tried } from './trial';

// The page of a run, which is drawn when the run is told: a failed one gives way to a finding meanwhile, and each is told on its own.

const PREFIX = 'reports/dq/2026/03/04/09';
const REPORT = `out/${PREFIX}/report.json`;
const PAGE = `out/${PREFIX}/report.html`;
const REQUEST: PageRequest = {
  account: RUN.accountId,
  region: RUN.region,
  monitorId: RUN.monitorId,
  reportUri: `s3://out/${PREFIX}/`,
  buckets: [{ bucket: 'out' }],
};
const TIMES = { due: '2026-03-04T09:00:00.000Z', times: { everyHours: 1 } } as const;

const left = (revision: number, outcome: Partial<ExecutionReport['outcome']>) =>
  JSON.stringify(leftBy({}, { outcomeId: `o${revision}`, revision, ...outcome }, { ...TIMES, token: `t${revision}` }));
const FAILED = left(1, { status: 'Failed', failureReason: 'States.Timeout' });
const FOUND = left(2, { status: 'CompletedWithViolations', violationCount: 3 });

const drawing = (cloud: DeedCloud, name: string) => cloud.invocation(`draw ${name}`, 60, () => handler(REQUEST));

/** What is drawn of a report by whoever meets no fault. */
async function drawnOf(report: string): Promise<string | undefined> {
  const cloud = new DeedCloud();
  cloud.store.objects.set(REPORT, report);
  await new Stage(cloud).run([drawing(cloud, 'alone')], ONE_BY_ONE);
  return cloud.store.objects.get(PAGE);
}

const pages = new Map<string, string | undefined>();

/** Draws the page of each telling, and of whoever takes the place of the failed one once it has. */
async function tried(tellings: number, others: number, schedule: Schedule): Promise<Tried> {
  for (const report of [FAILED, FOUND]) if (!pages.has(report)) pages.set(report, await drawnOf(report));
  const cloud = new DeedCloud();
  cloud.store.objects.set(REPORT, FAILED);
  const stage = new Stage(cloud);
  const first = names('failed', tellings).map((name) => drawing(cloud, name));
  await stage.run([...first, ...(others > 0 ? [replacing(cloud, others)] : [])], schedule);
  const page = cloud.store.objects.get(PAGE);
  const isHeard = cloud.deadLetters.length > 0;
  const isCurrent = page === pages.get(cloud.store.objects.get(REPORT) ?? '');
  return { broken: isCurrent || isHeard ? [] : ['the page is not of the report that stands'], steps: stage.steps };
}

/** Another outcome takes the place of the failed one, and is told so often. */
function replacing(cloud: DeedCloud, tellings: number): Invocation {
  return {
    name: 'another execution',
    attempts: 1,
    invoke: async () => void cloud.store.objects.set(REPORT, FOUND),
    followers: () => names('found', tellings).map((name) => drawing(cloud, name)),
  };
}

const names = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name} ${index + 1}`);

/** Faults among the calls of a drawn trial: their rate is one of these, and how many there are at most. */
const RATES = [0.1, 0.6];
const MOST = 8;

/** A trial that is drawn: a failed run is told once to three times, and in most of them another outcome takes its place meanwhile, and is told once or twice. */
export function drawnPages(seed: number): Promise<Tried> {
  const next = numbers(seed);
  const among = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];
  return tried(among([1, 2, 3]), among([0, 1, 1, 2]), drawn(next, among(RATES), MOST));
}

/** All trials of a failed run that is told while another outcome takes its place, and is told. */
export function everyPageOfTwo(each: (name: string, tried: Tried) => void): Promise<number> {
  return everyTrial({ most: STEPS, each, run: (schedule) => tried(1, 1, schedule) });
}

/** More steps than a drawing has. */
const STEPS = 10;
