import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeCapture, writeClasses, writeCsv } from './data';
import { compareJoins } from './join';
import { alternating, analysis, buildPrograms, type Contender, duckDb, extraction } from './processes';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000000' },
    rounds: { type: 'string', default: '5' },
    folder: { type: 'string', default: tmpdir() },
    only: {
      type: 'string',
      multiple: true,
      default: ['capture', 'csv', 'distinct', 'scale', 'extracts', 'estimates', 'join'],
    },
  },
});
const rows = Number(options.rows);
const rounds = Number(options.rounds);
const folder = mkdtempSync(join(options.folder, 'bench-'));
const threads = availableParallelism();
const file = (name: string) => join(folder, name);
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Both sides on one file, DuckDB with one thread and with all. */
function pair(kind: string, path: string): Contender[] {
  return [analysis(folder, kind, path), duckDb(folder, kind, path, 1), duckDb(folder, kind, path, threads)];
}

function compare(title: string, contenders: Contender[], path: string, times = rounds): void {
  const [first, ...others] = alternating(contenders, times);
  const megabytes = Math.round(statSync(path).size / 1e6);
  for (const [index, each] of [first, ...others].entries()) {
    const ratio = index === 0 ? '' : `${(first.cpuSeconds / each.cpuSeconds).toFixed(2)}x`;
    const figures = [each.cpuSeconds.toFixed(2), each.wallSeconds.toFixed(2), each.peakMegabytes.toFixed(0), ratio];
    print(`| ${[index === 0 ? `${title} (${megabytes} MB)` : '', contenders[index].name, ...figures].join(' | ')} |`);
  }
}

function main(): void {
  buildPrograms(folder);
  print(
    `${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}, ${threads} processors, median of ${rounds}\n`,
  );
  print('| data | program | CPU s | wall s | peak MB | CPU of this library to it |');
  print('|---|---|---:|---:|---:|---:|');
  for (const part of options.only) PARTS[part as keyof typeof PARTS]();
}

const PARTS = {
  capture() {
    const path = file('capture.jsonl');
    writeCapture(path, rows / 5);
    compare(`${rows / 5} captured records, full profile; parse and cast`, pair('capture', path), path);
    rmSync(path);
  },
  csv() {
    const path = file('mixed.csv');
    writeCsv(path, rows, 'mixed');
    compare(`${rows} rows of CSV, full profile; approximate quantiles and distinct`, pair('csv', path), path);
    compare('the same without distinct', pair('csv-without-distinct', path), path);
    rmSync(path);
  },
  distinct() {
    const path = file('distinct.csv');
    writeCsv(path, rows, 'distinct');
    compare(`${rows} rows of CSV, all values distinct, full profile`, pair('csv', path), path, Math.min(rounds, 3));
    rmSync(path);
  },
  scale,
  extracts() {
    const path = file('extracted.jsonl');
    writeCapture(path, rows / 10);
    const sections = ['profile', 'profile,quality', 'profile,quality,bias', 'quality', 'bias', 'rows'];
    compare(
      `${rows / 10} captured records, extracts`,
      sections.map((names) => extraction(folder, names, path)),
      path,
    );
    for (const count of [rows / 20, rows / 5]) {
      compare(`${count} predictions meet as many labels`, [extraction(folder, 'meet', String(count))], path);
    }
    rmSync(path);
  },
  /** What it costs that quality can be estimated of several labels, beside extracts without their probabilities; of two labels, extracts have one anyway. */
  estimates() {
    const path = file('classes.jsonl');
    writeClasses(path, rows / 10);
    const sections = ['profile,classes with probabilities', 'profile,classes', 'classes with probabilities', 'classes'];
    compare(
      `${rows / 10} captured records of three labels, extracts`,
      sections.map((names) => extraction(folder, names, path)),
      path,
    );
    rmSync(path);
  },
  join: () => compareJoins(folder, rows, print),
};

/** Whether time grows with the rows, and memory does not. */
function scale(): void {
  for (let count = 10_000; count < rows; count *= 10) {
    writeCsv(csvOf(count), count, 'mixed');
    compare(`${count} rows`, [analysis(folder, 'csv', csvOf(count))], csvOf(count));
  }
  const wide = file('wide.csv');
  writeCsv(wide, rows / 20, 'mixed', 5);
  compare(`${rows / 20} rows of 100 columns`, [analysis(folder, 'csv', wide)], wide);
}

const csvOf = (count: number) => file(`${count}.csv`);

try {
  main();
} finally {
  rmSync(folder, { recursive: true });
}
