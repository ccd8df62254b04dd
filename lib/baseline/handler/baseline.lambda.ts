import { type Answer, answer, callbackOf } from '../../runtime/custom-resource';
import { mayPass, nameOf, wordsOf } from '../../runtime/failure';
import { log } from '../../runtime/log';
import { signal } from '../../runtime/wait-condition';
import { CONSTRAINTS_CHECK_TYPE } from '../contract';
import { fulfil } from './baseline-fulfilment';
import type { BaselineEvent } from './baseline-request';
import { type ConstraintsEvent, judgeConstraints } from './constraints-judgement';

/**
 * Answers the custom resource of a baseline, and the one that judges the constraints of a stack's other monitors.
 *
 * Given files are judged, and given and registered constraints written, at once; for a dataset it starts the analysis, whose conclusion then answers. Deletion leaves the
 * files: monitors that still run read them. What fails is answered with FAILED; what may pass, and an answer that cannot be delivered, throws, so that Lambda
 * tries again.
 */
export const handler = async (event: BaselineEvent | ConstraintsEvent): Promise<Answer> => {
  if (isOfConstraints(event)) return answer(callbackOf(event), () => judgeConstraints(event));
  const { callback, outcome, signalUrl } = await fulfil(event);
  if (outcome && signalUrl) await signal(signalUrl, outcome).catch(logRefused);
  return answer(callback, async () => outcome);
};

function isOfConstraints(event: BaselineEvent | ConstraintsEvent): event is ConstraintsEvent {
  return event.ResourceType === CONSTRAINTS_CHECK_TYPE;
}

/** A rollback comes back to a condition that was met long ago, whose URL may have expired. One that is waited for, and was not reached, is signalled again. */
function logRefused(error: unknown): void {
  if (nameOf(error) !== 'SignalRefused' || mayPass(error)) throw error;
  log('not signalled', { reason: wordsOf(error) });
}
