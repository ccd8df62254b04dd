// How long synthesis takes beside apps of hand-written resources, in L2 and in L1: `npm run bench:synthesis [-- --rounds 5 --endpoints 100 --validated --instructions --l1 folder]`.
import { execFileSync, type StdioOptions } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { countInstructions } from './instructions';
import type { SynthesisFigures } from './synthesize';

const ROOT = join(__dirname, '../..');

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    endpoints: { type: 'string', multiple: true, default: ['1', '10', '50', '100'] },
    l1: { type: 'string' },
    validated: { type: 'boolean', default: false },
    instructions: { type: 'boolean', default: false },
  },
});
const counts = options.endpoints.map(Number);
const rounds = Number(options.rounds);
const print = (line: string) => process.stdout.write(`${line}\n`);

/** One app, and how its figures are read. */
interface Contender {
  readonly name: string;
  run(endpoints: number): SynthesisFigures;
  /** What Node.js is given to run it. */
  args(endpoints: number): string[];
}

/**
 * Compiles apps and library as the package is made, and puts it where it is installed: by TypeScript, and the library to one file. Of what esbuild makes of
 * TypeScript, each use of an import is a call; what lies among installed packages, the CDK leaves out of stack traces.
 */
function build(folder: string): void {
  const home = join(folder, 'node_modules/cdk-sagemaker-monitoring');
  for (const file of typeScriptIn('lib')) transpile(file, home);
  for (const file of typeScriptIn('bench/synthesis')) transpile(file, folder);
  const library = join(home, 'lib/index.js');
  buildSync({
    entryPoints: [library],
    outfile: library,
    allowOverwrite: true,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['aws-cdk-lib', 'constructs'],
  });
  symlinkSync(join(home, 'lib'), join(folder, 'lib'));
  for (const place of [home, folder]) symlinkSync(join(ROOT, 'assets'), join(place, 'assets'));
  for (const peer of ['aws-cdk-lib', 'constructs'])
    symlinkSync(join(ROOT, 'node_modules', peer), join(folder, 'node_modules', peer));
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

function appOf(name: string, file: string, ...given: string[]): Contender {
  const args = (endpoints: number) => [file, String(endpoints), ...given];
  return { name, args, run: (endpoints) => JSON.parse(node(args(endpoints))) as SynthesisFigures };
}

/** The hand-written app without roles of its own, as it stands in a folder; it prints figures of other names. */
function givenL1(folder: string): Contender {
  const args = (endpoints: number) => [resolve(folder, 'bench.js'), '--n', String(endpoints)];
  const run = (endpoints: number): SynthesisFigures => {
    const figures = JSON.parse(node(args(endpoints)));
    return {
      endpoints,
      stacks: figures.stacks,
      resources: figures.resources,
      types: {},
      promises: {},
      acknowledged: 0,
      templateCharacters: 0,
      wallSeconds: figures.totalMs / 1000,
      cpuSeconds: figures.cpuMs / 1000,
      peakMegabytes: figures.peakMB * 1.048576,
    };
  };
  return { name: 'L1, one role per endpoint', args, run };
}

/** The CDK validates templates by default, which takes far longer than all else; without that, what is compared is seen better. */
const VALIDATION = options.validated ? {} : { CDK_VALIDATION: 'false' };

const { CDK_VALIDATION: _, ...inherited } = process.env;
const env = { ...inherited, ...VALIDATION, NODE_PATH: join(ROOT, 'node_modules') };

function node(args: readonly string[]): string {
  const stdio: StdioOptions = ['ignore', 'pipe', options.validated ? 'ignore' : 'inherit']; // findings go there
  return execFileSync(process.execPath, args, { env, encoding: 'utf8', stdio });
}

/** Runs all contenders in turn, `rounds` times, and gives the runs of each. */
function alternating(contenders: readonly Contender[], endpoints: number): SynthesisFigures[][] {
  const all: SynthesisFigures[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) all[index].push(contender.run(endpoints));
  }
  return all;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** How much longer templates may be than those that they are compared with: logical ids follow from the ids of constructs. */
const LONGER = 1.05;

interface Counts {
  readonly [text: string]: number;
}

function differing(one: Counts, other: Counts): string[] {
  const texts = Object.keys({ ...one, ...other }).filter((text) => one[text] !== other[text]);
  return texts.map((text) => `${text}: ${one[text] ?? 0} and ${other[text] ?? 0}`);
}

/** A ratio says something of apps alone that make the same. */
function requireSameResources(library: SynthesisFigures, l2: SynthesisFigures): void {
  const ofTypes = differing(library.types, l2.types);
  if (ofTypes.length > 0) throw new Error(`not as many resources as in the library's app: ${ofTypes.join(', ')}`);
  const promises = differing(library.promises, l2.promises);
  if (promises.length > 0) throw new Error(`said by roles, alarms or rules of one app alone:\n${promises.join('\n')}`);
  const ratio = library.templateCharacters / l2.templateCharacters;
  if (Math.max(ratio, 1 / ratio) > LONGER)
    throw new Error(`the library's templates are ${ratio.toFixed(2)} times as long: resources say not the same`);
}

function requireSameReasons(library: SynthesisFigures, l2: SynthesisFigures): void {
  if (library.acknowledged !== l2.acknowledged)
    throw new Error(`findings of cdk-nag acknowledged: ${library.acknowledged} and, in L2, ${l2.acknowledged}`);
}

function compare(contenders: readonly Contender[], endpoints: number): void {
  const all = alternating(contenders, endpoints);
  const [library, l2, acknowledged] = all;
  requireSameResources(library[0], l2[0]);
  requireSameReasons(library[0], acknowledged[0]);
  for (const [index, runs] of all.entries()) {
    const [{ stacks, resources }] = runs;
    const figures = FIGURES.map(({ of, digits }) => median(runs.map(of)).toFixed(digits));
    const ratios = FIGURES.map(({ of }) => (index === 0 ? '' : ratioOf(library, runs, of)));
    print(`| ${[endpoints, contenders[index].name, stacks, resources, ...figures, ...ratios].join(' | ')} |`);
  }
}

/** Beside times, which other work lengthens, what is counted: once, as it is the same each time but for some hundredths. */
function compareInstructions(contenders: readonly Contender[], endpoints: number): void {
  const perResource = contenders.map(({ name, args }) => {
    const [printed, count] = countInstructions(args(endpoints), env);
    const { resources } = JSON.parse(printed) as SynthesisFigures;
    return { name, resources, count, each: count / resources };
  });
  for (const [index, { name, resources, count, each }] of perResource.entries()) {
    const ratio = index === 0 ? '' : `${(perResource[0].each / each).toFixed(3)}x`;
    print(`| ${[endpoints, name, resources, (count / 1e9).toFixed(2), ratio].join(' | ')} |`);
  }
}

type Figure = (run: SynthesisFigures) => number;

const FIGURES: readonly { readonly of: Figure; readonly digits: number }[] = [
  { of: ({ wallSeconds }) => wallSeconds, digits: 2 },
  { of: ({ cpuSeconds }) => cpuSeconds, digits: 2 },
  { of: ({ peakMegabytes }) => peakMegabytes, digits: 0 },
];

/** Per resource, the median of the ratios of each round, and the least and the greatest: what is slow for a while is so for both apps of a round. */
function ratioOf(library: readonly SynthesisFigures[], peer: readonly SynthesisFigures[], of: Figure): string {
  const perResource = (run: SynthesisFigures) => of(run) / run.resources;
  const ratios = library.map((run, round) => perResource(run) / perResource(peer[round]));
  const [middle, least, greatest] = [median(ratios), Math.min(...ratios), Math.max(...ratios)];
  return `${middle.toFixed(2)}x (${least.toFixed(2)} to ${greatest.toFixed(2)})`;
}

function timesOf(contenders: readonly Contender[]): void {
  print(
    `Node.js ${process.version}, ${rounds} rounds, medians of figures and of each round's ratios, ${
      options.validated ? 'templates validated, as the CDK does by default' : 'CDK_VALIDATION=false'
    }\n`,
  );
  const ratios = ['wall', 'CPU', 'memory'].map((figure) => `${figure} per resource`);
  print(`| endpoints | app | stacks | resources | wall s | CPU s | peak MB | ${ratios.join(' | ')} |`);
  print('|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|');
  for (const endpoints of counts) compare(contenders, endpoints);
}

function instructionsOf(contenders: readonly Contender[]): void {
  print(
    `Node.js ${process.version}, instructions of one run${options.validated ? ', templates validated' : ', CDK_VALIDATION=false'}\n`,
  );
  print('| endpoints | app | resources | thousand millions | per resource |');
  print('|---:|---|---:|---:|---:|');
  for (const endpoints of counts) compareInstructions(contenders, endpoints);
}

const folder = mkdtempSync(join(tmpdir(), 'bench-synthesis-'));
try {
  build(folder);
  const app = (name: string) => join(folder, 'bench/synthesis', `${name}.js`);
  const contenders = [
    appOf('this library', app('library-app')),
    appOf('L2, the same resources', app('l2-app')),
    appOf('L2, and passes cdk-nag', app('l2-app'), 'acknowledged'),
    appOf('L1, endpoints alone', app('l1-app')),
    ...(options.l1 ? [givenL1(options.l1)] : []),
  ];
  if (options.instructions) instructionsOf(contenders);
  else timesOf(contenders);
} finally {
  rmSync(folder, { recursive: true });
}
