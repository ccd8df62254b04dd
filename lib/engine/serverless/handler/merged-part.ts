import type { JudgedWindow, Judging, Meeting } from '../../../analysis';
import { mapConcurrently } from '../../../runtime/concurrency';
import { readBytes, readText, type SizedObject } from '../../../runtime/s3';

/** Texts of parts in memory at once: as many as are asked for at the same time, and bytes of them, if they are not one alone. */
const TEXTS = 16;
const TEXT_BYTES = 32 * 1024 * 1024;

/**
 * Merges parts, in their order, so that a retry gives the same result. Their texts are fetched some at a time, and of the parts
 * that they say there is one beside what is merged: it can be many times as large as its text.
 */
export async function mergedPart<Part>(analysis: Judging<Part>, parts: readonly SizedObject[]): Promise<Part> {
  let merged = analysis.merge([]);
  for (const batch of batches(parts)) {
    const texts = await mapConcurrently(batch, TEXTS, readText);
    merged = analysis.merge(partsOf(analysis, merged, texts));
  }
  return merged;
}

/** Lets parts meet, in their order. */
export async function metParts(meeting: Meeting, parts: readonly SizedObject[]): Promise<JudgedWindow> {
  for await (const bytes of partBytes(parts)) meeting.add(bytes);
  return meeting.judged();
}

/** The bytes of parts, in their order. */
export async function* partBytes(parts: readonly SizedObject[]): AsyncGenerator<Uint8Array> {
  for (const batch of batches(parts)) yield* await mapConcurrently(batch, TEXTS, readBytes);
}

function* partsOf<Part>({ decode }: Judging<Part>, merged: Part, texts: readonly string[]): Generator<Part> {
  yield merged;
  for (const text of texts) yield decode(text);
}

function batches(parts: readonly SizedObject[]): SizedObject[][] {
  const found: SizedObject[][] = [];
  let bytes = 0;
  for (const part of parts) {
    const last = found[found.length - 1];
    bytes += part.size;
    if (last && last.length < TEXTS && bytes <= TEXT_BYTES) last.push(part);
    else {
      found.push([part]);
      bytes = part.size;
    }
  }
  return found;
}
