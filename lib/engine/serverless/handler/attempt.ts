import { Failure, wordsOf } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { s3Uri } from '../../../runtime/s3';
import type { ProfileEvent } from '../contract';
import { attemptLocation } from '../plan-items';
import { writeIntermediate } from './intermediate-object';
import { objectsOf } from './item-objects';

/** Whether the words of an attempt were left before, for the case that there would be none. */
export const isCutShort = (words: string) => words.startsWith('ProfileCutShort');

/** What one attempt at an item leaves of why it failed. */
export interface Attempt {
  /** Puts an error's words in the place of those that were left for the case that there would be none. */
  failed(error: unknown): Promise<void>;
}

/** Begins an attempt. A function that is ended for its time or its memory can say nothing, so its words are left before. */
export async function beginAttempt({ request, execution, item }: ProfileEvent): Promise<Attempt> {
  const location = attemptLocation({ output: request.output, execution }, item.index, new Date());
  /** Should this fail too, the log has it; the error itself is the one that counts. */
  const leave = (words: string) =>
    writeIntermediate(location, words, 'text/plain').catch((error: unknown) => {
      log('failure not kept', { execution, item: item.index, reason: wordsOf(error) });
    });
  await leave(wordsOf(cutShort(item)));
  return { failed: (error) => leave(wordsOf(error)) };
}

function cutShort(item: ProfileEvent['item']): Failure {
  const objects = objectsOf(item);
  const bytes = objects.reduce((sum, { size }) => sum + size, 0);
  const [first, last] = [objects[0], objects[objects.length - 1]].map(s3Uri);
  const which = objects.length === 1 ? first : `${objects.length} objects, ${first} to ${last},`;
  return new Failure(
    'ProfileCutShort',
    `the function was ended while it read ${which} of ${bytes} bytes, and could not say why: its time or its memory had run out; ` +
      'its log has which, and what it had read; move what it cannot read out of the way, and run the window again',
  );
}
