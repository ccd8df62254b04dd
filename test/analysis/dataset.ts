import { createProfiler, type PartialProfile, type ProfileInput } from '../../lib/analysis';

/** Profiles files given as text; a file's name is `file-1`, `file-2`, ... */
export function profileOf(texts: string[], input: ProfileInput = { kind: 'dataset' }): PartialProfile {
  const profiler = createProfiler(input);
  for (const [index, text] of texts.entries()) {
    const file = profiler.file(`file-${index + 1}`);
    file.push(Buffer.from(text));
    file.end();
  }
  return profiler.finish();
}

export const csv = (rows: (string | number)[][]) => rows.map((row) => row.join(',')).join('\n');

interface CapturedLine {
  readonly input?: unknown;
  readonly output?: unknown;
  readonly encoding?: string;
  readonly time?: unknown;
}

/** One captured line; strings are the data of a side. */
export function captured({ input, output, encoding = 'CSV', time = '2024-05-01T10:30:00Z' }: CapturedLine): string {
  const side = (data: unknown) =>
    data === undefined ? undefined : { data, encoding, observedContentType: 'text/csv' };
  return JSON.stringify({
    captureData: { endpointInput: side(input), endpointOutput: side(output) },
    eventMetadata: { eventId: 'e', inferenceTime: time },
    eventVersion: '0',
  });
}
