import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { TimelineEntry } from '../../lib/cloud/account/timeline';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import { renderReport } from '../../lib/rehearsal/report';
import type { RehearsalResult } from '../../lib/rehearsal/result';
import type { TrafficHour } from '../../lib/rehearsal/traffic';
import { DEFAULT_SEED } from './data';
import { birdStrikes, csvFiles, type RehearsalData } from './rehearsal-data';
import { formatTable, type Table } from './table';

const USAGE = `usage: npm run demo -- [options]
  --no-drift                traffic without drift: nothing may happen
  --seed <n>                another split of the bird strikes (default ${DEFAULT_SEED})
  --baseline <csv>          your own training data: the model's output first, then its input
  --traffic <csv>           your own traffic, with the same header; cut into four hours
  --report <file>           where the page with everything that was found goes (default report.html)`;

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

/** Synthesizes the example as `cdk synth` does, with the settings of cdk.json, into a folder. */
async function synthesize(example: string, trainingData: string, assembly: string): Promise<void> {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));
  const app = join(ROOT, 'examples', example, 'app.ts');
  const tsx = [require.resolve('tsx/cli'), '--tsconfig', join(ROOT, 'examples', 'tsconfig.json')];
  await promisify(execFile)(process.execPath, [...tsx, app], {
    cwd: ROOT,
    env: { ...process.env, CDK_OUTDIR: assembly, CDK_CONTEXT_JSON: JSON.stringify({ ...context, trainingData }) },
    maxBuffer: 64 * 1024 * 1024,
  });
}

/** Each row as a request and its answer: the first column is the answer. */
function trafficOf(windows: readonly Table[]): TrafficHour[] {
  return windows.map(({ rows }) => ({ rows: rows.map(([output, ...input]) => ({ output: [output], input })) }));
}

async function run({ data, example, hasDrift }: Arguments): Promise<RehearsalResult> {
  const folder = mkdtempSync(join(tmpdir(), 'monitoring-demo-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  try {
    const [trainingData, assembly] = [join(folder, 'training.csv'), join(folder, 'cdk.out')];
    writeFileSync(trainingData, formatTable(data.baseline));
    print(`synthesizing examples/${example}/app.ts`);
    await synthesize(example, trainingData, assembly);
    return await rehearse({
      assembly,
      traffic: trafficOf(data.windows),
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
  print('');
  for (const { outcome, violations } of result.windows) {
    const found = violations.map(({ feature_name, description }) => `\n        ${feature_name}: ${description}`);
    print(`${outcome.windowStart.slice(11, 16)}  ${outcome.status}, ${outcome.recordCount} records${found.join('')}`);
  }
  print('');
  for (const { name, met, detail } of result.expectations)
    print(`${met ? 'ok    ' : 'FAILED'}  ${name.padEnd(24)}${detail}`);
  writeFileSync(report, renderReport(result, { title: data.title, seed, facts: data.facts }));
  print(`\nreport: ${resolve(report)}`);
  const missing = result.expectations.filter(({ met }) => !met).map(({ name }) => name);
  if (result.succeeded) {
    print(hasDrift ? 'drift was found, and retraining started exactly once' : 'without drift, nothing happened');
    return 0;
  }
  process.stderr.write(`missing: ${missing.join(', ')}\n`);
  return 1;
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
