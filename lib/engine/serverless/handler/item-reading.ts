import { writeContent } from '../../../runtime/s3';
import type { PlanItem, ProfileEvent } from '../contract';
import { columnsIfKnown } from './baseline-columns';
import { makeExtracts } from './extract-making';
import { hasExtracts } from './has-extracts';
import { writeIntermediate } from './intermediate-object';
import { readPart } from './part-reading';

/** Reads the objects of an item, and writes the parts that they make. */
export async function readItem({ request, execution, item }: ProfileEvent, isOver: () => boolean): Promise<void> {
  if (hasExtracts(request) && 'extracts' in item) {
    return makeExtracts(item, { request, work: { output: request.output, execution }, isOver });
  }
  const own = item as PlanItem;
  const { written } = await readPart(own, [{ request, columns: await columnsIfKnown(request) }], isOver);
  const { explanation } = request;
  if (!explanation) await writeIntermediate(own.profile, written[0]);
  else await writeContent(own.profile, written[0], { encryptionKey: explanation.samples.encryptionKey });
}
