import type { Analysis, AnalysisFiles } from '../../../lib/analysis';

/** What was captured of a window, and its labels: one of either for each request, in the same order. */
export interface LabelledWindow {
  readonly records: readonly string[];
  readonly labels: readonly string[];
}

/** In how many parts records and labels are read. */
const PARTS = 7;

/**
 * The files that a window comes to by the way of a run: records and labels read apart and in parts, labels in another order than records and the parts of either in any,
 * met range by range of their identifiers. They have to be those of all parts merged.
 */
export async function filesOf<Part>(
  analysis: Analysis<Part>,
  { records, labels }: LabelledWindow,
): Promise<AnalysisFiles> {
  const parts = [
    ...inParts(records).map((lines) => partOf(analysis, 'records', lines)),
    ...inParts([...labels].reverse()).map((lines) => partOf(analysis, 'labels', lines)),
  ];
  const made = await analysis.baseline(analysis.merge(parts));
  if ('refusal' in made) throw new Error(made.refusal);
  const meeting = analysis.meeting?.();
  if (!meeting || !analysis.encodeRanges) throw new Error('the analysis brings no ranges together');
  for (const part of parts) meeting.add(analysis.encodeRanges(part));
  const window = meeting.judged();
  const { matched } = window.counts().labels ?? {};
  if (matched !== records.length) throw new Error(`${matched} of ${records.length} records met their labels`);
  const found = await window.check(made.files);
  if ('refusal' in found) throw new Error(found.refusal);
  if (found.violations.length > 0) throw new Error(`range by range the same data violate: ${words(found.violations)}`);
  return found.files;
}

const words = (violations: readonly { readonly entry: object }[]) =>
  violations.map(({ entry }) => JSON.stringify(entry)).join(', ');

function inParts(lines: readonly string[]): string[][] {
  const parts = Array.from({ length: PARTS }, () => [] as string[]);
  for (const [index, line] of lines.entries()) parts[(index * 5) % PARTS].push(line);
  return parts.reverse().filter((part) => part.length > 0);
}

function partOf<Part>(analysis: Analysis<Part>, content: 'records' | 'labels', lines: readonly string[]): Part {
  const reader = analysis.reader();
  const file = reader.file(`${content}.jsonl`, content);
  file.push(Buffer.from(`${lines.join('\n')}\n`));
  file.end();
  return reader.finish();
}

/** A line of data capture, as an endpoint writes it. */
export const captured = (id: number, input: string, output: string): string =>
  JSON.stringify({
    captureData: { endpointInput: side('INPUT', input), endpointOutput: side('OUTPUT', output) },
    eventMetadata: { eventId: `request-${id}`, inferenceTime: '2026-03-04T09:30:00Z' },
    eventVersion: '0',
  });

const side = (mode: string, data: string) => ({ observedContentType: 'text/csv', mode, data, encoding: 'CSV' });

/** A line of ground truth. */
export const truth = (id: number, data: string): string =>
  JSON.stringify({
    groundTruthData: { data, encoding: 'CSV' },
    eventMetadata: { eventId: `request-${id}` },
    eventVersion: '0',
  });
