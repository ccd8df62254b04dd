import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createProfiler, statistics as statisticsOf, suggestConstraints } from '../../lib/analysis';
import type { ExtractSection, MonitorRequest } from '../../lib/engine/serverless/contract';
import type { ExecutionReport } from '../../lib/outcome/contract';
import { truth } from '../analysis/model-quality/rows';
import { captureLine } from '../handlers/captured';
import { MONITOR_REQUEST } from '../handlers/requests';
import { Cloud } from './cloud';
import { execution, inTurns } from './executions';
import type { Intercepted } from './intercepted';
import { AN_ELEVENTH, drawn, everyTrial, numbers, ONE_BY_ONE, type Schedule } from './schedule';
import { type Invocation, Stage } from './stage';
import type { Tried } from './trial';

// Runs of several monitors of the same captured data, at once, which leave extracts for each other.

/** A run of a monitor, and how many records its window has before and after somebody has written. */
interface Run {
  readonly request: MonitorRequest;
  readonly counts: readonly [number, number];
}

const { statistics } = MONITOR_REQUEST.baseline;
const LABELS = { bucket: 'labels', prefix: 'truth' };
const PROBLEM = { type: 'BinaryClassification', probabilityAttribute: '0' } as const;
const SECTIONS: readonly ExtractSection[] = [
  { kind: 'DataQuality', statistics },
  { kind: 'ModelQuality', problem: PROBLEM, labels: LABELS },
];

function run(name: string, windowHours: number, counts: Run['counts']): Run {
  const output = { bucket: 'out', prefix: `reports/${name}` };
  const monitor = { ...MONITOR_REQUEST.monitor, id: `Stack/${name}` };
  const extracts = { bucket: 'extracts', prefix: 'extracts', others: SECTIONS };
  return { request: { ...MONITOR_REQUEST, monitor, output, windowHours, extracts, featureMetrics: [] }, counts };
}

/** Predictions of the same data meet labels: the ids of one object are those of the others. */
function labelledRun(name: string): Run {
  const { request, counts } = run(name, 1, [40, 40]);
  const monitor = { ...request.monitor, kind: 'ModelQuality' } as const;
  const baseline = { constraints: { bucket: 'out', key: 'baseline/quality.json' } };
  const labels = { place: LABELS, startHours: 1, endHours: 0 };
  return { request: { ...request, monitor, baseline, labels, problem: PROBLEM }, counts };
}

const RUNS = [run('One', 1, [80, 52]), run('Other', 1, [80, 52]), run('Wide', 2, [120, 92]), labelledRun('Labelled')];

/** Two monitors of the same data. */
const PAIRS = {
  'of one extract': [RUNS[0], RUNS[1]],
  'of records and their profile': [RUNS[0], RUNS[3]],
} as const;

/** One of {@link PAIRS}. */
export type Pair = keyof typeof PAIRS;

/** What two monitors have in common, by name. */
export const PAIR_NAMES = Object.keys(PAIRS) as Pair[];

/** More steps than a profile of one object has, with another attempt. */
const STEPS = 14;

const OBJECTS = ['08/30-00-000-a.jsonl', '09/10-00-000-b.jsonl', '09/20-00-000-c.jsonl'];
const keyOf = (name: string) => `data/churn/v/2026/03/04/${name}`;
const text = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) =>
    captureLine(`${i % 2},${(i * 7) % 40}`, `2026-03-04T${name.slice(0, 2)}:30:00Z`),
  ).join('');

const LABEL_LINES = Array.from({ length: 40 }, (_, i) => `${truth(`${i % 2},${(i * 7) % 40}`, String(i % 2))}\n`).join(
  '',
);
const ACCURACY = { accuracy: { threshold: 0.5, comparison_operator: 'LessThanThreshold' } };
const BESIDE = [
  ['labels/truth/2026/03/04/09/labels.jsonl', LABEL_LINES],
  ['out/baseline/quality.json', JSON.stringify({ version: 0, binary_classification_constraints: ACCURACY })],
] as const;

/** Before and after somebody has written an object over. */
const STATES = [40, 12].map((count) => [
  ...OBJECTS.map((name, index) => [`capture/${keyOf(name)}`, text(name, index === 2 ? count : 40)] as const),
  ...BESIDE,
]);

/** One object of the window alone. */
const ALONE = [STATES[0][1], ...BESIDE];

/** What a trial is made of. */
export class ExtractScenery {
  private constructor(
    private readonly baseline: ReadonlyMap<string, string>,
    /** by address: what runs leave to which nothing happens */
    private readonly extracts: ReadonlyMap<string, string>,
    private readonly calls: Intercepted,
  ) {}

  public static async make(calls: Intercepted, baseline: ReadonlyMap<string, string>): Promise<ExtractScenery> {
    calls.setClock(new Date('2026-03-04T10:05:00Z'));
    const left = new Map<string, string>();
    for (const state of [...STATES, ALONE]) {
      const cloud = new Cloud(new Map([...baseline, ...state]));
      await new Stage(cloud).run(
        RUNS.flatMap(({ request }, index) => execution(cloud, request, `e${index}`)),
        ONE_BY_ONE,
      );
      for (const [address, content] of extractsOf(cloud)) left.set(address, content);
    }
    return new ExtractScenery(baseline, left, calls);
  }

  /** A trial that is drawn: two to four executions at once, up to four faults, and somebody who writes an object over, or deletes an extract. */
  public async trial(seed: number): Promise<Tried> {
    this.calls.forget();
    const next = numbers(seed);
    const cloud = new Cloud(new Map([...this.baseline, ...STATES[0]]));
    const runs = Array.from({ length: 2 + Math.floor(next() * 3) }, () => RUNS[Math.floor(next() * RUNS.length)]);
    const executions = runs.map(({ request }, index) => execution(cloud, request, `e${index}`));
    const others = [writer(), remover(cloud)].filter(() => next() < 0.4);
    const stage = new Stage(cloud);
    await stage.run([...executions, ...others], drawn(next, 0.05, 4));
    const faults = [...this.wrongExtracts(cloud), ...wrongReports(cloud, runs)];
    await stage.run(
      RUNS.map(({ request }, index) => execution(cloud, request, `last ${index}`)),
      ONE_BY_ONE,
    );
    const missing = RUNS.filter(({ request }) => !reportOf(cloud, request)?.outcome.status.startsWith('Completed'));
    const words = missing.map(({ request }) => `${request.monitor.id} stays without an outcome that is complete`);
    return { broken: [...faults, ...words, ...this.wrongExtracts(cloud)], steps: stage.steps };
  }

  /** All trials of two executions whose items are profiled in turns: of two monitors that leave one extract, or whose extracts come of one pass over the data. */
  public everyTrialOfTwo(pair: Pair, each: (name: string, tried: Tried) => void): Promise<number> {
    const runs = PAIRS[pair];
    const run = async (schedule: Schedule): Promise<Tried> => {
      this.calls.forget();
      const cloud = new Cloud(new Map([...this.baseline, ...ALONE]));
      const stage = new Stage(cloud);
      const executions = runs.map(({ request }, index) => execution(cloud, request, `e${index}`));
      await inTurns(stage, executions, ['profiles', 'concludes'], schedule);
      const untold = runs.filter(({ request }) => !reportOf(cloud, request)?.outcome.status.startsWith('Completed'));
      const words = untold.map(({ request }) => `${request.monitor.id} has no outcome that is complete`);
      const counted = runs.map(({ request }) => ({ request, counts: [40, 40] as const }));
      return { broken: [...this.wrongExtracts(cloud), ...wrongReports(cloud, counted), ...words], steps: stage.steps };
    };
    return everyTrial({ most: STEPS, every: AN_ELEVENTH, each: (name, tried) => each(`${pair} ${name}`, tried), run });
  }

  private wrongExtracts(cloud: Cloud): string[] {
    return extractsOf(cloud)
      .filter(([address, content]) => this.extracts.get(address) !== content)
      .map(([address]) => `${address} is not what its objects come to`);
  }
}

/** The files of a baseline, by address. */
export function extractBaseline(): Map<string, string> {
  const profiler = createProfiler({ kind: 'dataset' });
  const file = profiler.file('train.csv');
  file.push(Buffer.from(`churned,tenure\n${Array.from({ length: 80 }, (_, i) => `${i % 2},${i % 40}`).join('\n')}\n`));
  file.end();
  const made = statisticsOf(profiler.finish());
  return new Map([
    ['out/baseline/statistics.json', JSON.stringify(made)],
    ['out/baseline/constraints.json', JSON.stringify(suggestConstraints(made))],
  ]);
}

const extractsOf = ({ objects }: Cloud) => [...objects].filter(([address]) => address.startsWith('extracts/'));

function reportOf({ objects }: Cloud, { output }: MonitorRequest): ExecutionReport | undefined {
  const found = objects.get(`out/${output.prefix}/2026/03/04/10/report.json`);
  return found === undefined ? undefined : JSON.parse(found);
}

function wrongReports(cloud: Cloud, runs: readonly Run[]): string[] {
  return runs.flatMap(({ request, counts }) => {
    const { status, recordCount = -1 } = reportOf(cloud, request)?.outcome ?? { status: 'Failed' };
    return status === 'Failed' || counts.includes(recordCount)
      ? []
      : [`${request.monitor.id} has ${recordCount} records`];
  });
}

const s3 = new S3Client({});

function writer(): Invocation {
  const [address, Body] = STATES[1][2];
  const Key = address.slice('capture/'.length);
  return {
    name: 'somebody',
    attempts: 1,
    invoke: () => s3.send(new PutObjectCommand({ Bucket: 'capture', Key, Body })),
  };
}

/** An extract expires: the first that is there. */
function remover(cloud: Cloud): Invocation {
  const Key = () => extractsOf(cloud)[0]?.[0].slice('extracts/'.length) ?? 'none';
  return {
    name: 'a rule of the bucket',
    attempts: 1,
    invoke: () => s3.send(new DeleteObjectCommand({ Bucket: 'extracts', Key: Key() })),
  };
}
