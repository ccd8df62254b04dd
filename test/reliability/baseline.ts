import type { BaselineSpec } from '../../lib/baseline/contract';
import { handler } from '../../lib/baseline/handler/baseline.lambda';
import { baselineRequest } from '../handlers/baseline-request';
import { jobSpec } from '../handlers/baseline-specs';
import { BaselineCloud, type JobPlan } from './baseline-cloud';
import { broken, faultsOf, type SeenRequest } from './baseline-model';
import { drawn, everyTrial, numbers, ONE_BY_ONE, type Schedule } from './schedule';
import { type Invocation, Stage } from './stage';
import type { Tried } from './trial';

// A baseline's custom resource, from CloudFormation's request to its answer: the function that is asked, the machines as they are synthesized, their functions.

/** Where a baseline comes from. */
export const SOURCES = [
  'dataset',
  'empty dataset',
  'job',
  'job that is signalled',
  'given',
  'given elsewhere',
] as const;

/** One of {@link SOURCES}. */
export type Source = (typeof SOURCES)[number];

const CONSTRAINTS = JSON.stringify({
  version: 0,
  features: [
    { name: 'tenure', inferred_type: 'Integral', completeness: 1, num_constraints: { is_non_negative: true } },
  ],
});
const JOB_FILES = { 'statistics.json': '{"version":0}', 'constraints.json': CONSTRAINTS };
const OBJECTS = new Map([
  ['data/train.csv', 'churned,tenure\n0,1\n1,2\n0,3\n1,4\n0,5\n'],
  ['data/empty.csv', 'churned,tenure\n'],
  ['given/constraints.json', CONSTRAINTS],
]);
const OUTPUT = { bucket: 'out', prefix: 'reports/dq/baseline' };
const OVERRIDES = { comparisonThreshold: 0.2 };
const SPECS: { readonly [source in Source]: BaselineSpec } = {
  dataset: ofDataset('train.csv'),
  'empty dataset': ofDataset('empty.csv'),
  job: { ...jobSpec(), overrides: OVERRIDES },
  'job that is signalled': { ...jobSpec(), overrides: OVERRIDES },
  given: { constraints: { bucket: 'given', key: 'constraints.json' }, overrides: OVERRIDES, output: OUTPUT },
  'given elsewhere': { constraints: { bucket: 'given', key: 'nothing.json' }, overrides: OVERRIDES, output: OUTPUT },
};

function ofDataset(key: string): BaselineSpec {
  const format = { csv: { header: true } };
  return {
    dataset: { location: { bucket: 'data', key }, format, maximumConcurrency: 1 },
    overrides: OVERRIDES,
    output: OUTPUT,
  };
}

/** A request of CloudFormation. */
export interface Asked {
  readonly id: string;
  readonly type: 'Create' | 'Update';
  readonly source: Source;
}

const URL = 'https://cloudformation.example/';
const START = new Date('2026-03-04T10:00:00Z');

/** What a trial is made of. */
export interface BaselineTrial {
  readonly asked: readonly Asked[];
  /** how often each request is delivered */
  readonly deliveries: readonly number[];
  readonly job: JobPlan;
  readonly schedule: Schedule;
  readonly objects?: ReadonlyMap<string, string>;
}

/** Delivers requests, and lets all that follows run as a schedule says. */
export async function triedBaseline({ asked, deliveries, job, schedule, objects = OBJECTS }: BaselineTrial) {
  jest.setSystemTime(START);
  const signalled = asked.filter(({ source }) => source === 'job that is signalled').map(({ id }) => URL + id);
  const cloud = new BaselineCloud(objects, job, JOB_FILES, signalled);
  const stage = new Stage(cloud);
  const first = asked.flatMap((one, index) => Array.from({ length: deliveries[index] }, () => delivery(one)));
  await stage.run(first, schedule);
  const seen = asked.map((one) =>
    seenOf(one, { cloud, stage, job, isThere: objects === made.get(folderOf(one.source)) }),
  );
  return { broken: seen.flatMap(broken), steps: stage.steps, cloud };
}

/** CloudFormation invokes asynchronously: what throws is tried three times in all. */
function delivery({ id, type, source }: Asked): Invocation {
  const signalUrl = source === 'job that is signalled' ? `${URL}${id}/signal` : undefined;
  const event = { ...baselineRequest(type, SPECS[source], { requestId: id, signalUrl }), ResponseURL: URL + id };
  return { name: `request ${id} (${type} ${source})`, attempts: 3, invoke: () => handler(event as never) };
}

interface Scene {
  readonly cloud: BaselineCloud;
  readonly stage: Stage;
  readonly job: JobPlan;
  /** whether the files of an earlier time are there */
  readonly isThere: boolean;
}

function seenOf({ id, type, source }: Asked, { cloud, stage, job, isThere }: Scene): SeenRequest {
  const isOf = (url: string) => cloud.puts.filter((put) => put.url === URL + url);
  return {
    id,
    answers: isOf(id),
    signals: source === 'job that is signalled' ? isOf(`${id}/signal`) : undefined,
    isGood: isGood(source, job) || (folderOf(source) === 'job' && type === 'Update' && isThere),
    faultCount: faultsOf(stage.steps, id),
    notWhole: cloud.notWhole,
  };
}

function isGood(source: Source, { minutes, status }: JobPlan): boolean {
  if (source.startsWith('job')) return status === 'Completed' && minutes < TIMEOUT_MINUTES;
  return !['empty dataset', 'given elsewhere'].includes(source);
}

/** Of the job in its specification. */
const TIMEOUT_MINUTES = 55;

/** Faults among the calls of a drawn trial: their rate is one of these, from some step on, so that now and then all attempts fail; and how many there are at most. */
const RATES = [0.03, 0.1, 0.3, 0.8];
const MOST = 4;

/** Once made, the files of each source are there when an update finds them again. */
const made = new Map<Source, ReadonlyMap<string, string>>();

/** What is signalled differs in how it is told alone. */
const folderOf = (source: Source): Source => (source === 'job that is signalled' ? 'job' : source);

async function filesOf(source: Source): Promise<ReadonlyMap<string, string>> {
  const known = made.get(folderOf(source));
  if (known) return known;
  const asked = [{ id: 'before', type: 'Create', source } as const];
  const job = { minutes: 3, status: 'Completed' } as const;
  const { cloud } = await triedBaseline({ asked, deliveries: [1], job, schedule: ONE_BY_ONE });
  made.set(folderOf(source), cloud.objects);
  return cloud.objects;
}

/**
 * A trial that is drawn: one request or two, for the same content or another, created or updated, with the files of an earlier time or without, each
 * delivered once to three times, a job that completes, fails or takes too long, and up to four faults.
 */
export async function drawnBaseline(seed: number): Promise<Tried> {
  const next = numbers(seed);
  const among = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];
  const source = among(SOURCES);
  const other = among([source, among(SOURCES)]);
  const types = ['Create', 'Update'] as const;
  const asked = [
    { id: 'one', type: among(types), source },
    { id: 'two', type: among(types), source: other },
  ].slice(0, among([1, 2]));
  const objects = among([OBJECTS, await filesOf(source)]);
  const job = { minutes: among([3, 20, 90]), status: among(['Completed', 'Completed', 'Failed'] as const) };
  const deliveries = asked.map(() => among([1, 2, 3]));
  const schedule = drawn(next, among(RATES), MOST, Math.floor(next() * 30));
  return triedBaseline({ asked, deliveries, job, objects, schedule });
}

/** All trials of two deliveries of a request. */
export function everyBaselineOfTwo(source: Source, each: (name: string, tried: Tried) => void): Promise<number> {
  const asked = [{ id: 'one', type: 'Create', source } as const];
  const job = { minutes: 1, status: 'Completed' } as const;
  const run = (schedule: Schedule) => triedBaseline({ asked, deliveries: [2], job, schedule });
  return everyTrial({ most: STEPS, run, each: (name, tried) => each(`${source} ${name}`, tried) });
}

/** More steps than a delivery has, with the machine that it starts. */
const STEPS = 24;
