import { closeSync, openSync, readSync } from 'node:fs';
import { createProfiler, statistics } from '../lib/analysis';
import { FieldBatch } from '../lib/analysis/batch/field-batch';
import { measured } from './measurement';

/** Columns of few values, which find their counts by the hash, and of text. */
const HASHED_COLUMNS = [12, 13, 18, 19];

/** Leaves HyperLogLog++ and its hash out, where nothing else needs the hash. */
function withoutDistinctCounts(): void {
  const { hashColumn } = FieldBatch.prototype;
  FieldBatch.prototype.hashColumn = function (this: FieldBatch, column: number, registers: Uint8Array): void {
    if (HASHED_COLUMNS.includes(column)) hashColumn.call(this, column, registers);
    else this.hashes.fill(0, 0, this.rowCount);
  };
}

/** Reads with one buffer: what a stream allocates and frees is no part of the analysis. */
function read(path: string, take: (chunk: Uint8Array) => void): void {
  const buffer = new Uint8Array(64 * 1024);
  const file = openSync(path, 'r');
  for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) take(buffer.subarray(0, size));
  closeSync(file);
}

/** Profiles one file, up to the text of `statistics.json`. */
async function main([kind, path]: string[]): Promise<void> {
  if (kind === 'csv-without-distinct') withoutDistinctCounts();
  const profiler = createProfiler({ kind: kind === 'capture' ? 'capture' : 'dataset' });
  const file = profiler.file(path);
  read(path, (chunk) => file.push(chunk));
  file.end();
  JSON.stringify(statistics(profiler.finish()));
}

void measured(() => main(process.argv.slice(2)));
