// How long synthesis takes beside apps of hand-written resources, in L2 and in L1: `npm run bench:synthesis [-- --rounds 5 --endpoints 100 --l1 folder]`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import type { SynthesisFigures } from './synthesize';

const ROOT = join(__dirname, '../..');

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    endpoints: { type: 'string', multiple: true, default: ['1', '10', '50', '100'] },
    l1: { type: 'string' },
  },
});
const counts = options.endpoints.map(Number);
const rounds = Number(options.rounds);
const print = (line: string) => process.stdout.write(`${line}\n`);

/** One app, and how its figures are read. */
interface Contender {
  readonly name: string;
  run(endpoints: number): SynthesisFigures;
}

/**
 * Compiles apps and library as the package is made: by TypeScript, and the library to one file. Of what esbuild makes of TypeScript, each use of an import
 * is a call.
 */
function build(folder: string): void {
  for (const file of [...typeScriptIn('lib'), ...typeScriptIn('bench/synthesis')]) transpile(file, folder);
  const library = join(folder, 'lib/index.js');
  buildSync({
    entryPoints: [library],
    outfile: library,
    allowOverwrite: true,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['aws-cdk-lib', 'constructs'],
  });
  symlinkSync(join(ROOT, 'assets'), join(folder, 'assets'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
}

function typeScriptIn(folder: string): string[] {
  const files = readdirSync(join(ROOT, folder), { encoding: 'utf8', recursive: true });
  return files.filter((file) => file.endsWith('.ts')).map((file) => join(folder, file));
}

function transpile(file: string, folder: string): void {
  const compilerOptions = { target: ScriptTarget.ES2022, module: ModuleKind.CommonJS, esModuleInterop: true };
  const { outputText } = transpileModule(readFileSync(join(ROOT, file), 'utf8'), { compilerOptions });
  const outfile = join(folder, file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(outfile, outputText);
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
  for (const endpoints of counts) compare(contenders, endpoints);
} finally {
  rmSync(folder, { recursive: true });
}
