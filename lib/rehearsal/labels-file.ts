import { readFileSync } from 'node:fs';
import { readCapturedRequest } from '../analysis/labels/captured-request';
import { readGroundTruth } from '../analysis/labels/ground-truth';
import type { TrafficHour } from './traffic';
import { TrafficFileError } from './traffic-file';

/**
 * Gives each hour those labels of the files that name one of its records; the others, and lines that are no labels, come with the last hour. Throws for
 * hours of CSV without identifiers that a label could name, and for files without a line.
 */
export function withLabels(traffic: readonly TrafficHour[], files: readonly string[]): TrafficHour[] {
  if (traffic.some(({ rows = [] }) => rows.some(({ id }) => id === undefined))) {
    throw new TrafficFileError(
      '--labels needs traffic of captured records (.jsonl), or of CSV with --id-column: labels name them by identifiers',
    );
  }
  const labels = files.flatMap(linesOf).map((line) => ({ line, id: labelledId(line) }));
  const known = traffic.map(
    ({ records = [], rows = [] }) => new Set([...records.map(recordId), ...rows.map(({ id }) => id)]),
  );
  const isKnown = (id: string | undefined) => known.some((ids) => ids.has(id));
  return traffic.map((hour, index) => {
    const isOf = (id: string | undefined) => known[index].has(id) || (index === traffic.length - 1 && !isKnown(id));
    return { ...hour, labels: labels.filter(({ id }) => isOf(id)).map(({ line }) => line) };
  });
}

function linesOf(file: string): string[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new TrafficFileError(`"${file}" holds no label`);
  return lines;
}

/** Whom a label is about; the empty text, which identifies nobody, where that cannot be read. */
function labelledId(line: string): string {
  const read = readGroundTruth(line, (text) => text);
  return 'id' in read ? read.id : '';
}

/** Who a captured record is; undefined where that cannot be read. */
function recordId(line: string): string | undefined {
  const read = readCapturedRequest(line);
  return 'id' in read ? read.id : undefined;
}
