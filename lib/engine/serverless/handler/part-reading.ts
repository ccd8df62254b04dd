import type { ExpectedColumns, FileContent } from '../../../analysis';
import { type SizedObject, writeText } from '../../../runtime/s3';
import type { ExtractItem, PlanItem, ProfileEvent } from '../contract';
import { extractLocation, ownPartLocation } from '../extracts';
import type { WorkLocation } from '../plan-items';
import { columnsIfKnown } from './baseline-columns';
import { layoutFolder } from './extract-layout';
import { sizesOfExtracts } from './extract-sizes';
import { type ExtractingRequest, hasExtracts } from './has-extracts';
import { writeIntermediate } from './intermediate-object';
import type { Interval } from './kinds/kind-analysis';
import { readingOf } from './kinds/readings';
import { readObject } from './object-reading';

/** What the parts of an item have in common. */
interface ItemReading {
  readonly request: ProfileEvent['request'];
  readonly columns: ExpectedColumns | undefined;
  readonly isOver: () => boolean;
}

/** Reads the objects of an item, and writes the parts that they make. */
export async function readItem({ request, execution, item }: ProfileEvent, isOver: () => boolean): Promise<void> {
  const common = { request, columns: await columnsIfKnown(request), isOver };
  if (hasExtracts(request) && 'extracts' in item) {
    return makeExtracts(item, { ...common, request }, { output: request.output, execution });
  }
  const own = item as PlanItem;
  await writeIntermediate(own.profile, (await readPart(own, common)).text);
}

/**
 * Makes the extracts that are not there. What of an interval was not read whole, or not as it was listed, is for this run alone: an object that was written
 * over since, one for which no time was left, or all of it where the columns of the baseline are not known.
 */
async function makeExtracts(
  { extracts }: ExtractItem,
  reading: ItemReading & { readonly request: ExtractingRequest },
  work: WorkLocation,
): Promise<void> {
  const { request, columns } = reading;
  const { encryptionKey } = request.extracts;
  const folder = layoutFolder(request, columns);
  const made = await sizesOfExtracts(
    folder,
    extracts.map(({ name }) => name),
  );
  for (const task of extracts) {
    const location = extractLocation(folder, task.name);
    if (made.has(location.key)) continue;
    const { text, isAsListed } = await readPart(task, reading);
    if (isAsListed && columns) await writeText(location, text, { encryptionKey });
    else await writeIntermediate(ownPartLocation(work, task.part), text);
  }
}

/** What makes one part. */
interface PartObjects {
  /** in the versions that were listed, where that is known */
  readonly objects: readonly (SizedObject & { readonly etag?: string })[];
  readonly content?: FileContent;
  /** absent: the whole window */
  readonly interval?: Interval;
}

/** The text of what some objects hold, and whether they were read whole, in the versions that were listed. */
async function readPart(
  { objects, content, interval }: PartObjects,
  { request, columns, isOver }: ItemReading,
): Promise<{ readonly text: string; readonly isAsListed: boolean }> {
  const reading = readingOf(request, columns, interval);
  const reader = reading.reader();
  let isAsListed = true;
  for (const object of objects) {
    const version = await readObject(reader, object, { request, content, isOver });
    isAsListed &&= version !== undefined && version === object.etag;
  }
  return { text: reading.encode(reader.finish()), isAsListed };
}
