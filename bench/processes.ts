import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { PROFILE_NODE_OPTIONS } from '../lib/engine/serverless/contract';
import type { Measurement } from './measurement';

const ROOT = join(__dirname, '..');

const PROGRAMS = ['analysis-child', 'extract-child', 'join-child', 'duckdb-child', 'duckdb-join-child'];

/** Where queries are. */
export const SQL_FOLDER = join(__dirname, 'sql');

/** One thing to measure: a program and its arguments. */
export interface Contender {
  readonly name: string;
  run(): Measurement;
}

/** Bundles the programs as the handlers are bundled, so that no compiler runs in what is measured. */
export function buildPrograms(folder: string): void {
  buildSync({
    entryPoints: PROGRAMS.map((name) => join(__dirname, `${name}.ts`)),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    minify: true,
    external: ['@duckdb/node-api'],
  });
}

/** The analysis of this library; `kind` is `csv`, `csv-without-distinct` or `capture`. */
export function analysis(folder: string, kind: string, path: string): Contender {
  return { name: 'this library', run: () => runProgram(folder, ['analysis-child.cjs', kind, path]) };
}

/** Extracts of the sections that are named, or predictions that meet as many labels. */
export function extraction(folder: string, what: string, argument: string): Contender {
  return { name: `this library: ${what}`, run: () => runProgram(folder, ['extract-child.cjs', what, argument]) };
}

/** DuckDB with a query of `sql/`. */
export function duckDb(folder: string, sql: string, path: string, threads: number): Contender {
  const name = `DuckDB, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return {
    name,
    run: () => runProgram(folder, ['duckdb-child.cjs', join(SQL_FOLDER, `${sql}.sql`), path, String(threads)]),
  };
}

/** Runs one of the programs, as *profile* runs. */
export function runProgram(folder: string, [program, ...args]: string[]): Measurement {
  const env = { ...process.env, NODE_PATH: join(ROOT, 'node_modules'), NODE_OPTIONS: PROFILE_NODE_OPTIONS };
  return JSON.parse(execFileSync(process.execPath, [join(folder, program), ...args], { env, encoding: 'utf8' }));
}

/** Runs all contenders in turn, `rounds` times, and gives the median of each figure. */
export function alternating(contenders: readonly Contender[], rounds: number): Measurement[] {
  const all: Measurement[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) all[index].push(contender.run());
  }
  return all.map((each) => ({
    cpuSeconds: median(each.map(({ cpuSeconds }) => cpuSeconds)),
    wallSeconds: median(each.map(({ wallSeconds }) => wallSeconds)),
    peakMegabytes: median(each.map(({ peakMegabytes }) => peakMegabytes)),
  }));
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
