import { type Answer, answer } from '../../runtime/custom-resource';
import { mayPass, nameOf, wordsOf } from '../../runtime/failure';
import { log } from '../../runtime/log';
import { signal } from '../../runtime/wait-condition';
import { fulfil } from './baseline-fulfilment';
import type { BaselineEvent } from './baseline-request';

/**
 * Answers the custom resource of a baseline.
 *
 * Given files are judged, and given and registered constraints written, at once; for a dataset it starts the analysis, whose conclusion then answers. Deletion leaves the
 * files: monitors that still run read them. What fails is answered with FAILED; what may pass, and an answer that cannot be delivered, throws, so that Lambda
 * tries again.
 */
export const handler = async (event: BaselineEvent): Promise<Answer> => {
  const { callback, outcome, signalUrl } = await fulfil(event);
  if (outcome && signalUrl) await signal(signalUrl, outcome).catch(logRefused);
  return answer(callback, async () => outcome);
};

/** A rollback comes back to a condition that was met long ago, whose URL may have expired. One that is waited for, and was not reached, is signalled again. */
function logRefused(error: unknown): void {
  if (nameOf(error) !== 'SignalRefused' || mayPass(error)) throw error;
  log('not signalled', { reason: wordsOf(error) });
}
