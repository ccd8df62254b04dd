import { createReadStream } from 'node:fs';
import { checkDataQuality, createProfiler, encodeProfile, statistics, suggestConstraints } from '../lib/analysis';
import { FieldBatch } from '../lib/analysis/field-batch';
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

/** Profiles one file, and makes of the profile what a run makes of it: text, statistics, constraints, checks. */
async function main([kind, path]: string[]): Promise<void> {
  if (kind === 'csv-without-distinct') withoutDistinctCounts();
  const profiler = createProfiler({ kind: kind === 'capture' ? 'capture' : 'dataset' });
  const file = profiler.file(path);
  for await (const chunk of createReadStream(path)) file.push(chunk);
  file.end();
  const profile = profiler.finish();
  encodeProfile(profile);
  const baselineStatistics = statistics(profile);
  const baselineConstraints = suggestConstraints(baselineStatistics);
  checkDataQuality({ profile, baselineStatistics, baselineConstraints });
}

void measured(() => main(process.argv.slice(2)));
