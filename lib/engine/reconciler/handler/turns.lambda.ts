import { type Answer, answer, callbackOf } from '../../../runtime/custom-resource';
import { type TurnsEvent, takeTurns } from './turn-taking';

/** Gives engines their turns at deployments, and answers CloudFormation. */
export const handler = (event: TurnsEvent): Promise<Answer> => answer(callbackOf(event), () => takeTurns(event));
