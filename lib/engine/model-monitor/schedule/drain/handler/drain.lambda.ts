import { type CustomResourceOutcome, respond } from '../../../../../runtime/custom-resource';
import { environment } from '../../../../../runtime/environment';
import { startOnce } from '../../../../../runtime/executions';
import { reasonOf } from '../../../../../runtime/failure';
import { log } from '../../../../../runtime/log';
import { DRAIN_ENV } from '../contract';
import { callbackOf, type DrainEvent, drainRequest } from './drain-request';

/**
 * Answers the custom resources of a drain: at once where there is nothing to do, else by the state machine that it starts.
 *
 * Whatever fails is answered with FAILED; only an answer that cannot be delivered throws.
 */
export const handler = async (event: DrainEvent): Promise<void> => {
  const outcome = await fulfil(event).catch(
    (error: unknown): CustomResourceOutcome => ({ status: 'FAILED', reason: reasonOf(error) }),
  );
  log(outcome ? 'answered' : 'started', { requestId: event.RequestId, requestType: event.RequestType, ...outcome });
  if (outcome) await respond(callbackOf(event), outcome);
};

/** Without an outcome, the state machine will answer. */
async function fulfil(event: DrainEvent): Promise<CustomResourceOutcome | undefined> {
  const request = drainRequest(event);
  if (request.drain.length + request.resume.length + request.settle.length === 0) return { status: 'SUCCESS' };
  const name = `drain-${request.callback.requestId}`; // the request's: a repeated invocation starts no second one
  await startOnce({ stateMachineArn: environment(DRAIN_ENV.stateMachineArn), name, input: request });
  return undefined;
}
