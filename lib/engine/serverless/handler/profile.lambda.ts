import { log } from '../../../runtime/log';
import type { ProfileEvent } from '../contract';
import { beginAttempt } from './attempt';
import { baselineColumns } from './baseline-columns';
import { writeIntermediate } from './intermediate-object';
import { readingOf } from './kinds/readings';
import { readObject } from './object-reading';

/**
 * Reads the objects of one item, as streams, and writes their partial profile.
 *
 * It returns nothing: an answer is at most 256 KiB. The words of a failure go beside the profiles, one file an attempt, since the Distributed Map hands
 * on none, and the error is thrown on for a retry.
 */
export const handler = async (event: ProfileEvent): Promise<Record<string, never>> => {
  const { execution, item } = event;
  const attempt = await beginAttempt(event);
  try {
    await profile(event);
  } catch (error) {
    await attempt.failed(error);
    throw error;
  }
  log('profiled', { execution, item: item.index, objectCount: item.objects.length });
  return {};
};

async function profile({ request, item }: ProfileEvent): Promise<void> {
  const reading = readingOf(request, await baselineColumns(request));
  const reader = reading.reader();
  for (const object of item.objects) {
    await readObject(reader, object, { request, content: item.content });
  }
  await writeIntermediate(item.profile, reading.encode(reader.finish()));
}
