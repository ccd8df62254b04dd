import type { ObjectLocation } from '../../../core/contract';
import { INTERMEDIATE_TAG } from '../../../outcome/contract';
import { writeContent } from '../../../runtime/s3';

/** Writes an object that nobody needs once its run is concluded, with a tag by which a rule of the bucket lets it expire. */
export async function writeIntermediate(
  address: ObjectLocation,
  content: string | Uint8Array,
  contentType?: string,
): Promise<void> {
  await writeContent(address, content, { contentType, tags: { [INTERMEDIATE_TAG.key]: INTERMEDIATE_TAG.value } });
}
