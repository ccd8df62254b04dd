import { log } from '../../../runtime/log';
import { type Timed, timeIsOver } from '../../../runtime/time-left';
import type { ProfileEvent } from '../contract';
import { beginAttempt } from './attempt';
import { baselineColumns } from './baseline-columns';
import { writeIntermediate } from './intermediate-object';
import { readingOf } from './kinds/readings';
import { readObject } from './object-reading';

/** Milliseconds that are kept of fifteen minutes: one in which a stream may be silent, and one for writing what was read. */
const KEPT = 120_000;

/**
 * Reads the objects of one item, as streams, and writes their partial profile.
 *
 * It returns nothing: an answer is at most 256 KiB. The words of a failure go beside the profiles, one file an attempt, since the Distributed Map hands
 * on none, and the error is thrown on for a retry. Objects for which there is no time are given up, and counted, so that one of them does not end the window.
 */
export const handler = async (event: ProfileEvent, context?: Timed): Promise<Record<string, never>> => {
  const { execution, item } = event;
  const attempt = await beginAttempt(event);
  try {
    await profile(event, timeIsOver(context, KEPT));
  } catch (error) {
    await attempt.failed(error);
    throw error;
  }
  log('profiled', { execution, item: item.index, objectCount: item.objects.length });
  return {};
};

async function profile({ request, item }: ProfileEvent, isOver: () => boolean): Promise<void> {
  const reading = readingOf(request, await baselineColumns(request));
  const reader = reading.reader();
  for (const object of item.objects) {
    await readObject(reader, object, { request, content: item.content, isOver });
  }
  await writeIntermediate(item.profile, reading.encode(reader.finish()));
}
