import { type Answer, answer, type CustomResourceOutcome, callbackOf } from '../../../../../runtime/custom-resource';
import { environment } from '../../../../../runtime/environment';
import { startOnce } from '../../../../../runtime/executions';
import { DRAIN_ENV } from '../contract';
import { drainName } from './drain-name';
import { type DrainEvent, drainRequest } from './drain-request';

/** Answers the custom resources of a drain: at once where there is nothing to do, else by the state machine that it starts. */
export const handler = async (event: DrainEvent): Promise<Answer> => answer(callbackOf(event), () => fulfil(event));

/** Without an outcome, the state machine will answer. */
async function fulfil(event: DrainEvent): Promise<CustomResourceOutcome | undefined> {
  const request = drainRequest(event);
  const { drain, resume, settle, succeed } = request;
  if ([drain, resume, settle, succeed].every(({ length }) => length === 0)) return { status: 'SUCCESS' };
  const stateMachineArn = environment(DRAIN_ENV.stateMachineArn);
  await startOnce({ stateMachineArn, name: drainName(request.callback), input: request });
  return undefined;
}
