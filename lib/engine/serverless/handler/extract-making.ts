import { writeContent } from '../../../runtime/s3';
import type { ExtractItem, ExtractTask } from '../contract';
import { extractLocation, ownPartLocation } from '../extracts';
import type { WorkLocation } from '../plan-items';
import { otherRequests, type SectionShelf, shelfOf } from './extract-section';
import type { ExtractingRequest } from './has-extracts';
import { writeIntermediate } from './intermediate-object';
import { readPart } from './part-reading';

/** A run that leaves extracts. */
export interface ExtractingRun {
  readonly request: ExtractingRequest;
  readonly work: WorkLocation;
  readonly isOver: () => boolean;
}

/**
 * Makes the extracts that are not there: in one pass over their objects those of the run, and what the stack's other monitors of the same data will ask for.
 *
 * What of an interval was not read whole, or not as it was listed, is for this run alone: an object that was written over since, one for which no time was
 * left, or all of it where the columns of the baseline are not known.
 */
export async function makeExtracts({ extracts }: ExtractItem, run: ExtractingRun): Promise<void> {
  const own = await shelfOf(run.request, extracts);
  const missing = extracts.filter((task) => !own.has(task));
  for (const content of [undefined, 'labels'] as const) {
    const tasks = missing.filter((task) => task.content === content);
    const others = tasks.length > 0 ? await otherShelves(own, tasks) : [];
    for (const task of tasks) await makeExtract(task, run, { own, others });
  }
}

/** Those of other monitors, each once. */
async function otherShelves({ request, folder }: SectionShelf, tasks: readonly ExtractTask[]): Promise<SectionShelf[]> {
  const requests = otherRequests(request, tasks[0].content);
  const found = await Promise.all(requests.map((other) => shelfOf(other, tasks)));
  const byFolder = new Map(found.filter(({ isKnown }) => isKnown).map((shelf) => [shelf.folder.prefix, shelf]));
  byFolder.delete(folder.prefix);
  return [...byFolder.values()];
}

/** The run's own part is written last: who finds it may take for granted that the others are there, or expired. */
async function makeExtract(
  task: ExtractTask,
  { request, work, isOver }: ExtractingRun,
  { own, others }: { readonly own: SectionShelf; readonly others: readonly SectionShelf[] },
): Promise<void> {
  const { encryptionKey } = request.extracts;
  const sections = [...others.filter((other) => !other.has(task)), own];
  const { written, isAsListed } = await readPart(task, sections, isOver);
  const left = isAsListed ? sections.filter((section) => section !== own || own.isKnown) : [];
  for (const [index, { folder }] of left.entries()) {
    await writeContent(extractLocation(folder, task.name), written[index], { encryptionKey });
  }
  if (left.includes(own)) return;
  await writeIntermediate(ownPartLocation(work, task.part), written[written.length - 1]);
}
