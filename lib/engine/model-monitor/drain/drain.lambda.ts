import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type CustomResourceOutcome, respond } from '../../../runtime/custom-resource';
import { environment } from '../../../runtime/environment';
import { wordsOf } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { DRAIN_ENV, type DrainRequest } from './contract';
import { callbackOf, type DrainEvent, drainRequest } from './drain-request.lambda-shared';

const stepFunctions = new SFNClient({});

/**
 * Answers the custom resources of a drain: at once where there is nothing to do, else by the state machine that it starts.
 *
 * Whatever fails is answered with FAILED; only an answer that cannot be delivered throws.
 */
export const handler = async (event: DrainEvent): Promise<void> => {
  const outcome = await fulfil(event).catch(
    (error: unknown): CustomResourceOutcome => ({ status: 'FAILED', reason: wordsOf(error) }),
  );
  log(outcome ? 'answered' : 'started', { requestId: event.RequestId, requestType: event.RequestType, ...outcome });
  if (outcome) await respond(callbackOf(event), outcome);
};

/** Without an outcome, the state machine will answer. */
async function fulfil(event: DrainEvent): Promise<CustomResourceOutcome | undefined> {
  const request = drainRequest(event);
  if (request.drain.length + request.resume.length + request.settle.length === 0) return { status: 'SUCCESS' };
  await startDraining(request);
  return undefined;
}

/**
 * Once per request: the execution's name is the request's, so a repeated invocation finds it running or done.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
async function startDraining(request: DrainRequest): Promise<void> {
  const command = new StartExecutionCommand({
    stateMachineArn: environment(DRAIN_ENV.stateMachineArn),
    name: `drain-${request.callback.requestId}`,
    input: JSON.stringify(request),
  });
  try {
    await stepFunctions.send(command);
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}
