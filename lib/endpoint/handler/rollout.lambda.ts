import { type Answer, answer, callbackOf } from '../../runtime/custom-resource';
import { fulfilRollout, type RolloutEvent } from './rollout-fulfilment';

/** Fails a deployment whose endpoint does not run with its configuration, and answers CloudFormation. */
export const handler = (event: RolloutEvent): Promise<Answer> => answer(callbackOf(event), () => fulfilRollout(event));
