import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { TimelineEntry } from '../../lib/cloud/account/timeline';
import { namedSubject } from '../../lib/kind/container-violation';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import { renderReport } from '../../lib/rehearsal/report';
import type { Expectation, RehearsalResult, WindowResult } from '../../lib/rehearsal/result';
import type { TrafficHour } from '../../lib/rehearsal/traffic';
import { DEFAULT_SEED } from './data';
import { findings } from './findings';
import { birdStrikes, csvFiles, type RehearsalData } from './rehearsal-data';
import { servedModel } from './served-model';
import { story } from './story';
import { formatTable, type Table } from './table';

const USAGE = `usage: npm run demo -- [options]
  --no-drift                traffic without drift: nothing may happen
  --seed <n>                another split of the bird strikes (default ${DEFAULT_SEED})
  --baseline <csv>          your own training data: the model's output first, then its input
  --traffic <csv>           your own traffic, with the same header; cut into four hours
  --report <file>           where the page with everything that was found goes (default report.html)`;

/** Virtual time of the deployment. */
const DEPLOYED_AT = new Date('2026-01-05T00:00:00Z');
/** Hours from the end of those in which aircraft are struck to those in which it is known what came of it. */
const LABEL_DELAY_HOURS = 1;

const ROOT = resolve(__dirname, '..', '..');

interface Arguments {
  readonly hasDrift: boolean;
  readonly report: string;
  /** of the bird strikes only */
  readonly seed?: number;
  readonly data: RehearsalData;
  /** the example whose app is rehearsed */
  readonly example: string;
}

function parse(args: string[]): Arguments {
  const { values } = parseArgs({
    args,
    options: {
      'no-drift': { type: 'boolean', default: false },
      seed: { type: 'string', default: String(DEFAULT_SEED) },
      baseline: { type: 'string' },
      traffic: { type: 'string' },
      report: { type: 'string', default: 'report.html' },
    },
  });
  const { baseline, traffic, seed, report } = values;
  const hasDrift = !values['no-drift'];
  if (!/^\d{1,9}$/.test(seed))
    throw new Error(`BadSeed: --seed is "${seed}", a whole number from 0 to 999999999 is needed`);
  if (baseline && traffic) return { hasDrift, report, data: csvFiles(baseline, traffic), example: 'your-csv' };
  if (baseline || traffic) throw new Error('IncompleteData: --baseline and --traffic are needed both, or none of them');
  return { hasDrift, report, seed: Number(seed), data: birdStrikes(Number(seed), hasDrift), example: 'birdstrikes' };
}

/** Where the app finds what it is trained on. */
interface DataFiles {
  readonly trainingData: string;
  readonly labelledData?: string;
}

function writeData({ baseline, truth }: RehearsalData, folder: string): DataFiles {
  const written = (name: string, table: Table) => {
    const file = join(folder, name);
    writeFileSync(file, formatTable(table));
    return file;
  };
  const trainingData = written('training.csv', baseline);
  return truth ? { trainingData, labelledData: written('labelled.csv', truth.baseline) } : { trainingData };
}

/** Synthesizes the example as `cdk synth` does, with the settings of cdk.json, into a folder. */
async function synthesize(example: string, data: DataFiles, assembly: string): Promise<void> {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));
  const app = join(ROOT, 'examples', example, 'app.ts');
  const tsx = [require.resolve('tsx/cli'), '--tsconfig', join(ROOT, 'examples', 'tsconfig.json')];
  await promisify(execFile)(process.execPath, [...tsx, app], {
    cwd: ROOT,
    env: { ...process.env, CDK_OUTDIR: assembly, CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...data }) },
    maxBuffer: 64 * 1024 * 1024,
  });
}

/** Each row as a request and its answer, with what came of it where that is known: the first column is the answer. */
function trafficOf({ windows, truth }: RehearsalData): TrafficHour[] {
  return windows.map(({ rows }, hour) => ({
    rows: rows.map(([output, ...input], row) => ({ output: [output], input, label: truth?.labels[hour][row] })),
  }));
}

async function run({ data, example, hasDrift }: Arguments): Promise<RehearsalResult> {
  const folder = mkdtempSync(join(tmpdir(), 'monitoring-demo-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  try {
    const assembly = join(folder, 'cdk.out');
    print(`synthesizing examples/${example}/app.ts`);
    await synthesize(example, writeData(data, folder), assembly);
    return await rehearse({
      assembly,
      traffic: trafficOf(data),
      startTime: DEPLOYED_AT,
      ...(data.truth && {
        labelDelayHours: LABEL_DELAY_HOURS,
        models: servedModel(data.truth.modelAt, DEPLOYED_AT),
      }),
      expectDrift: hasDrift,
      workDirectory: join(folder, 'buckets'),
      progress: (entry) => print(timelineLine(entry)),
    });
  } finally {
    removeFolder();
    process.removeListener('exit', removeFolder);
  }
}

function timelineLine({ time, lane, title, detail, problem }: TimelineEntry): string {
  const text = `${time.slice(0, 16).replace('T', ' ')}  ${problem ? '!' : ' '} ${lane.padEnd(13)}${title}`;
  return problem && detail !== undefined ? `${text}: ${detail}` : text;
}

/** Prints what was found and writes the page; returns the exit code. */
function conclude(result: RehearsalResult, { data, seed, report, hasDrift }: Arguments): number {
  const found = findings(result, hasDrift);
  const expectations = [...result.expectations, ...found];
  const missing = expectations.filter(({ met }) => !met).map(({ name }) => name);
  print('');
  for (const window of result.windows.filter(({ outcome }) => outcome.status !== 'NoData')) print(windowLines(window));
  print('');
  for (const expectation of expectations) print(expectationLine(expectation));
  print('');
  for (const line of story(result, data.baseline.columns[0])) print(line);
  const whole = { ...result, expectations, succeeded: missing.length === 0 };
  writeFileSync(report, renderReport(whole, { title: data.title, seed, facts: data.facts }));
  print(`\nreport: ${resolve(report)}`);
  if (missing.length > 0) {
    process.stderr.write(`missing: ${missing.join(', ')}\n`);
    return 1;
  }
  const names = found.map(({ name }) => name).join(', ');
  print(hasDrift ? `found: ${names}; retraining started exactly once` : 'nothing has changed, and nothing happened');
  return 0;
}

/** When a window began, which monitor looked at it, how it ended, and what it violates. */
function windowLines({ outcome, violations }: WindowResult): string {
  const monitor = outcome.monitorId.split('/').at(-1) ?? '';
  const head = `${outcome.windowStart.slice(11, 16)}  ${monitor.padEnd(15)}${outcome.status}, ${outcome.recordCount} records`;
  return [head, ...violations.map((one) => `        ${namedSubject(one)}: ${one.description}`)].join('\n');
}

function expectationLine({ name, met, detail }: Expectation): string {
  return `${met ? 'ok    ' : 'FAILED'}  ${name.padEnd(25)}${detail}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  const startedAt = performance.now();
  let parsed: Arguments;
  try {
    parsed = parse(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${USAGE}\n`);
    return 64;
  }
  if (parsed.seed !== undefined) print(`seed ${parsed.seed}`);
  const code = conclude(await run(parsed), parsed);
  print(`${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return code;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`nothing could be rehearsed: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  },
);
