import { createProfiler, statistics } from '../lib/analysis';
import { FieldBatch } from '../lib/analysis/batch/field-batch';
import { readPieces } from './file-reading';
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

/** Profiles one file, up to the text of `statistics.json`. */
async function main([kind, path]: string[]): Promise<void> {
  if (kind === 'csv-without-distinct') withoutDistinctCounts();
  const profiler = createProfiler({ kind: kind === 'capture' ? 'capture' : 'dataset' });
  const file = profiler.file(path);
  readPieces(path, (chunk) => file.push(chunk));
  file.end();
  JSON.stringify(statistics(profiler.finish()));
}

void measured(() => main(process.argv.slice(2)));
