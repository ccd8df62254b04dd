import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeJoin } from './join-data';
import { differences, type JoinResult } from './join-result';
import type { Measurement } from './measurement';
import { runProgram, SQL_FOLDER } from './processes';

/** A line of the table; the join alone is what is left when both sides are read. */
interface JoinFigures extends Measurement<JoinResult> {
  readonly name: string;
  readonly joinSeconds: number;
}

/**
 * Lets predictions meet as many labels, from JSON Lines to metrics, here and in DuckDB. Throws when the two say something different.
 *
 * @param count of predictions, and about of labels
 */
export function compareJoins(folder: string, count: number, print: (line: string) => void): void {
  const files = writeJoin(folder, count);
  const paths = [...files.captures, ...files.labels];
  const list = join(folder, 'files.json');
  writeFileSync(list, JSON.stringify(paths));
  const megabytes = Math.round(paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6);
  const [own, ...others] = [library(folder, list), duckDb(folder, 1), duckDb(folder, 2)];
  for (const other of others) {
    const found = differences(own.result as JoinResult, other.result as JoinResult);
    if (found.length > 0) throw new Error(`${other.name} says something else: ${found.join('; ')}`);
  }
  for (const each of [own, ...others]) {
    const title = each === own ? `${count} predictions with their labels (${megabytes} MB)` : '';
    print(`| ${[title, each.name, ...figures(each, own)].join(' | ')} |`);
  }
}

function figures(each: JoinFigures, own: JoinFigures): string[] {
  const ratio = each === own ? '' : `${(own.cpuSeconds / each.cpuSeconds).toFixed(2)}x`;
  const alone = each === own ? '' : `, the join alone ${(own.joinSeconds / each.joinSeconds).toFixed(2)}x`;
  const joined = `of it the join ${each.joinSeconds.toFixed(2)}`;
  return [
    `${each.cpuSeconds.toFixed(2)}, ${joined}`,
    each.wallSeconds.toFixed(2),
    each.peakMegabytes.toFixed(0),
    `${ratio}${alone}`,
  ];
}

/** Two processes, as two functions: one leaves extracts, the other lets them meet. */
function library(folder: string, list: string): JoinFigures {
  const read = runProgram(folder, ['join-child.cjs', 'extract', folder, list]);
  const met = runProgram(folder, ['join-child.cjs', 'meet', folder, list]) as Measurement<JoinResult>;
  return {
    name: 'this library',
    cpuSeconds: read.cpuSeconds + met.cpuSeconds,
    wallSeconds: read.wallSeconds + met.wallSeconds,
    peakMegabytes: Math.max(read.peakMegabytes, met.peakMegabytes),
    joinSeconds: met.cpuSeconds,
    result: met.result,
  };
}

/** One query for all, and once more in two steps for the join alone. */
function duckDb(folder: string, threads: number): JoinFigures {
  const run = (kind: string) =>
    runProgram(folder, ['duckdb-join-child.cjs', SQL_FOLDER, folder, kind, String(threads)]) as Measurement<
      JoinResult & { readonly joinSeconds: number }
    >;
  const whole = run('VIEW');
  const name = `DuckDB, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return { ...whole, name, joinSeconds: run('TABLE').result?.joinSeconds ?? Number.NaN };
}
