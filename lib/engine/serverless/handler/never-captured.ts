import type { NeverCaptured } from '../../../outcome/unseen/contract';
import { s3Uri } from '../../../runtime/s3';
import { capturePrefix } from '../captured-keys';
import type { MonitorRequest } from '../contract';
import { listsFolder } from '../transform-lists';
import { absentVariants, variantOf } from '../variant-folders';
import type { FoundObjects } from './captured-objects';
import type { Listings } from './listings';

/**
 * Of what a monitor reads, what has never been captured: there is no folder for it. Undefined where all has, as of an endpoint that is quiet. The folders are those that
 * were listed for the window; lists of transform jobs are looked for where the window has none.
 */
export async function neverCaptured(
  request: MonitorRequest,
  listings: Listings,
  { objects, variants }: FoundObjects,
): Promise<NeverCaptured | undefined> {
  const { capture, transforms } = request;
  if (transforms && objects.length > 0) return undefined;
  const prefix = transforms ? listsFolder(capture, transforms.side) : capturePrefix(request);
  const folders = await listings.folders(capture, prefix);
  const at = s3Uri({ ...capture, key: prefix });
  if (folders.length === 0) return { at };
  const absent = transforms ? [] : absentVariants(folders.map(variantOf), request.variants);
  const others = variants?.leftOut ?? [];
  return absent.length > 0 && others.length > 0 ? { at, variants: absent, others } : undefined;
}
