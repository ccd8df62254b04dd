import { log } from '../../../runtime/log';
import { type Timed, timeIsOver } from '../../../runtime/time-left';
import type { ProfileEvent } from '../contract';
import { beginAttempt } from './attempt';
import { objectsOf } from './item-objects';
import { readItem } from './item-reading';

/** Milliseconds that are kept of fifteen minutes: one in which a stream may be silent, and one for writing what was read. */
const KEPT = 120_000;

/**
 * Reads the objects of one item, as streams, and writes what they come to: its partial profile, or the extracts that it makes.
 *
 * It returns nothing: an answer is at most 256 KiB. The words of a failure go beside the profiles, one file an attempt, since the Distributed Map hands
 * on none, and the error is thrown on for a retry. Objects for which there is no time are given up, and counted, so that one of them does not end the window.
 */
export const handler = async (event: ProfileEvent, context?: Timed): Promise<Record<string, never>> => {
  const { execution, item } = event;
  const attempt = await beginAttempt(event);
  try {
    await readItem(event, timeIsOver(context, KEPT));
  } catch (error) {
    await attempt.failed(error);
    throw error;
  }
  log('profiled', { execution, item: item.index, objectCount: objectsOf(item).length });
  return {};
};
