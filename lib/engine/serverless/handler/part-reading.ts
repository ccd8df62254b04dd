import type { ExpectedColumns, FileContent, Reading } from '../../../analysis';
import type { SizedObject } from '../../../runtime/s3';
import type { AnalysisRequest } from '../contract';
import type { Interval } from './kinds/kind-analysis';
import { wholeWindow } from './kinds/profile-input';
import { readingOf } from './kinds/readings';
import { readObject } from './object-reading';
import { OwnCallCheck } from './own-call-check';
import { runsThatAsked } from './own-call-ledger';
import { readersTogether } from './readers-together';

/** What is read, and for what it is read. */
export interface PartSection {
  readonly request: AnalysisRequest;
  readonly columns: ExpectedColumns | undefined;
}

/** What makes one part. */
interface PartObjects {
  /** in the versions that were listed, where that is known */
  readonly objects: readonly (SizedObject & { readonly etag?: string })[];
  readonly content?: FileContent;
  /** absent: the whole window */
  readonly interval?: Interval;
}

/** What some objects come to, read once: a text or bytes for each section, and whether they were read whole, in the versions that were listed. */
export async function readPart(
  { objects, content, interval }: PartObjects,
  sections: readonly PartSection[],
  isOver: () => boolean,
): Promise<{ readonly written: (string | Uint8Array)[]; readonly isAsListed: boolean }> {
  const readings = sections.map(({ request, columns }) => readingOf(request, columns, interval));
  const isExtract = interval !== undefined;
  const reader = readersTogether(readings.map((reading) => reading.reader(isExtract)));
  const [{ request }] = sections;
  const ownCalls = content === undefined ? await ownCallCheck(request, interval) : undefined;
  let isAsListed = true;
  for (const object of objects) {
    const version = await readObject(reader, object, { request, content, isOver, ownCalls });
    isAsListed &&= version !== undefined && version === object.etag;
  }
  const parts = reader.finish(ownCalls?.calls);
  return { written: readings.map((reading, index) => written(reading, parts[index], isExtract)), isAsListed };
}

/** What tells records from calls of our own, of data whose endpoint is asked by monitors of the stack. */
async function ownCallCheck(request: AnalysisRequest, interval?: Interval): Promise<OwnCallCheck | undefined> {
  if (request.mode !== 'monitor' || !request.ownCalls) return undefined;
  const span = interval ?? wholeWindow(request);
  return new OwnCallCheck(await runsThatAsked(request.ownCalls, span), span);
}

/** Extracts of records that meet labels are written for that. */
function written({ encode, encodeRanges }: Reading<unknown>, part: unknown, isExtract: boolean): string | Uint8Array {
  return isExtract && encodeRanges ? encodeRanges(part) : encode(part);
}
