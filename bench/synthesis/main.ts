// How long synthesis takes beside apps of hand-written resources, in L2 and in L1: `npm run bench:synthesis [-- --rounds 5] [--l1 folder]`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import type { SynthesisFigures } from './synthesize';

const ROOT = join(__dirname, '../..');
const COUNTS = [1, 10, 50, 100];

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, l1: { type: 'string' } },
});
const rounds = Number(options.rounds);
const print = (line: string) => process.stdout.write(`${line}\n`);

/** One app, and how its figures are read. */
interface Contender {
  readonly name: string;
  run(endpoints: number): SynthesisFigures;
}

/** Compiles the library to one file, as it is published, and the apps, so that no compiler runs in what is measured. */
function build(folder: string): void {
  const common = { outbase: ROOT, outdir: folder, format: 'cjs', platform: 'node', target: 'node20' } as const;
  const apps = [
    'hand-written',
    'l1-app',
    'l2-app',
    'l2-role',
    'l2-shared',
    'library-app',
    'monitored-endpoint',
    'synthesize',
  ];
  const external = ['aws-cdk-lib', 'constructs'];
  buildSync({ ...common, entryPoints: [join(ROOT, 'lib/index.ts')], bundle: true, external });
  buildSync({ ...common, entryPoints: apps.map((name) => join(__dirname, `${name}.ts`)) });
  symlinkSync(join(ROOT, 'assets'), join(folder, 'assets'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
}

function appOf(name: string, file: string): Contender {
  return { name, run: (endpoints) => JSON.parse(node(file, [String(endpoints)])) as SynthesisFigures };
}

/** The hand-written app without roles of its own, as it stands in a folder; it prints figures of other names. */
function givenL1(folder: string): Contender {
  const run = (endpoints: number): SynthesisFigures => {
    const figures = JSON.parse(node(resolve(folder, 'bench.js'), ['--n', String(endpoints)]));
    return {
      endpoints,
      stacks: figures.stacks,
      resources: figures.resources,
      types: {},
      wallSeconds: figures.totalMs / 1000,
      cpuSeconds: figures.cpuMs / 1000,
      peakMegabytes: figures.peakMB * 1.048576,
    };
  };
  return { name: 'L1, one role per endpoint', run };
}

function node(file: string, args: readonly string[]): string {
  const env = { ...process.env, CDK_VALIDATION: 'false', NODE_PATH: join(ROOT, 'node_modules') };
  return execFileSync(process.execPath, [file, ...args], { env, encoding: 'utf8' });
}

/** Runs all contenders in turn, `rounds` times, and gives the median of each figure. */
function alternating(contenders: readonly Contender[], endpoints: number): SynthesisFigures[] {
  const all: SynthesisFigures[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) all[index].push(contender.run(endpoints));
  }
  return all.map((runs) => {
    const median = (figure: (one: SynthesisFigures) => number) =>
      runs.map(figure).sort((a, b) => a - b)[Math.floor(runs.length / 2)];
    return {
      ...runs[0],
      wallSeconds: median(({ wallSeconds }) => wallSeconds),
      cpuSeconds: median(({ cpuSeconds }) => cpuSeconds),
      peakMegabytes: median(({ peakMegabytes }) => peakMegabytes),
    };
  });
}

/** A ratio says something of apps alone that make the same. */
function requireSameResources(library: SynthesisFigures, l2: SynthesisFigures): void {
  const differing = Object.keys({ ...library.types, ...l2.types }).filter(
    (type) => library.types[type] !== l2.types[type],
  );
  if (differing.length > 0) throw new Error(`not as many resources as in the library's app: ${differing.join(', ')}`);
}

function compare(contenders: readonly Contender[], endpoints: number): void {
  const [library, ...peers] = alternating(contenders, endpoints);
  requireSameResources(library, peers[0]);
  for (const [index, figures] of [library, ...peers].entries()) {
    const { stacks, resources, wallSeconds, cpuSeconds, peakMegabytes } = figures;
    const ratio = (of: (one: SynthesisFigures) => number) =>
      index === 0 ? '' : `${(of(library) / library.resources / (of(figures) / figures.resources)).toFixed(2)}x`;
    const cells = [endpoints, contenders[index].name, stacks, resources, wallSeconds.toFixed(2), cpuSeconds.toFixed(2)];
    const ratios = [ratio((one) => one.wallSeconds), ratio((one) => one.cpuSeconds), ratio((one) => one.peakMegabytes)];
    print(`| ${[...cells, peakMegabytes.toFixed(0), ...ratios].join(' | ')} |`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'bench-synthesis-'));
try {
  build(folder);
  const app = (name: string) => join(folder, 'bench/synthesis', `${name}.js`);
  const contenders = [
    appOf('this library', app('library-app')),
    appOf('L2, the same resources', app('l2-app')),
    appOf('L1, endpoints alone', app('l1-app')),
    ...(options.l1 ? [givenL1(options.l1)] : []),
  ];
  print(`Node.js ${process.version}, median of ${rounds}, CDK_VALIDATION=false\n`);
  const ratios = ['wall', 'CPU', 'memory'].map((figure) => `${figure} per resource`);
  print(`| endpoints | app | stacks | resources | wall s | CPU s | peak MB | ${ratios.join(' | ')} |`);
  print('|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|');
  for (const endpoints of COUNTS) compare(contenders, endpoints);
} finally {
  rmSync(folder, { recursive: true });
}
