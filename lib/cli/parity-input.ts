import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import {
  createProfiler,
  mergeProfiles,
  type PartialProfile,
  type ProfileInput,
  paddedRows,
  type Statistics,
} from '../analysis';
import { linesOf } from '../analysis/reading/text-lines';
import { type CaseFolder, type CasePart, IncomparableCase } from './parity-case';

/** Profiles the input of a baseline or run; in parts, where the container merged parts. Undefined when the case has no input. */
export async function profilePart(
  folder: CaseFolder,
  part: CasePart,
  expected?: Statistics,
): Promise<PartialProfile | undefined> {
  if (part.input === undefined) return undefined;
  if (part.format?.parquet) throw new IncomparableCase(`${part.input} is Parquet: a case has text`);
  const isCapture = part.format === undefined && part.input.endsWith('.jsonl');
  const input: ProfileInput = { kind: isCapture ? 'capture' : 'dataset', format: part.format };
  const path = folder.path(part.input);
  const asContainer = (profile: PartialProfile) => (isCapture ? paddedRows(profile) : profile);
  try {
    if (!part.partitions && part.rowsFrom === undefined) return asContainer(await profileFile(path, input));
    const lines = linesOf(await readFile(path, 'utf8')).filter((line) => line.trim() !== '');
    const isCsv = !isCapture && !part.format?.json;
    const hasHeader = isCsv && (part.format?.csv?.header ?? true);
    const header = hasHeader ? lines.splice(0, 1) : [];
    const rows = part.rowsFrom !== undefined && isCsv ? withWholeNumbers(lines, expected) : lines;
    return asContainer(profileParts({ path, input, header, rows, rowCounts: part.partitions ?? [rows.length] }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new IncomparableCase(`cannot read ${path}: ${(error as Error).message}`);
  }
}

async function profileFile(path: string, input: ProfileInput): Promise<PartialProfile> {
  const profiler = createProfiler(input);
  const reader = profiler.file(path);
  for await (const chunk of createReadStream(path)) reader.push(chunk);
  reader.end();
  return profiler.finish();
}

interface Parts {
  readonly path: string;
  readonly input: ProfileInput;
  readonly header: readonly string[];
  readonly rows: readonly string[];
  readonly rowCounts: readonly number[];
}

function profileParts({ path, input, header, rows, rowCounts }: Parts): PartialProfile {
  const total = rowCounts.reduce((sum, count) => sum + count, 0);
  if (total !== rows.length) throw new IncomparableCase(`${path} has ${rows.length} rows, its partitions ${total}`);
  let from = 0;
  const profiles = rowCounts.map((count) => {
    const profiler = createProfiler(input);
    const reader = profiler.file(path);
    reader.push(Buffer.from([...header, ...rows.slice(from, from + count)].join('\n')));
    reader.end();
    from += count;
    return profiler.finish();
  });
  return mergeProfiles(profiles);
}

const WHOLE = /^-?\d+\.0$/;

/**
 * Rows that were rebuilt from a sketch have only doubles: whole ones are written as integers again, unless the run's own statistics call the
 * column Fractional and nothing else in it is.
 */
export function withWholeNumbers(rows: readonly string[], expected?: Statistics): string[] {
  const table = rows.map((row) => row.split(','));
  const isWhole = (value: string) => WHOLE.test(value) || /^-?\d+$/.test(value);
  const keeps = (expected?.features ?? []).map(
    ({ inferred_type }, index) => inferred_type === 'Fractional' && table.every((row) => isWhole(row[index] ?? '')),
  );
  return table.map((row) =>
    row.map((value, index) => (WHOLE.test(value) && !keeps[index] ? value.slice(0, -2) : value)).join(','),
  );
}
