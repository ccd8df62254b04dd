import { respond } from '../runtime/custom-resource';
import { log } from '../runtime/log';
import { fulfil } from './baseline-fulfilment.lambda-shared';
import type { BaselineEvent } from './baseline-request.lambda-shared';

/**
 * Answers the custom resource of a baseline.
 *
 * Given constraints are overridden at once; for a dataset it starts the analysis, whose conclusion then answers. Deletion leaves the
 * files: monitors that still run read them. Whatever fails is answered with FAILED; only an answer that cannot be delivered throws.
 */
export const handler = async (event: BaselineEvent): Promise<void> => {
  const { callback, outcome } = await fulfil(event);
  const { requestId, physicalResourceId } = callback;
  const reason = outcome?.status === 'FAILED' ? outcome.reason : undefined;
  log(outcome ? 'answered' : 'started', { requestId, physicalResourceId, status: outcome?.status, reason });
  if (outcome) await respond(callback, outcome);
};
