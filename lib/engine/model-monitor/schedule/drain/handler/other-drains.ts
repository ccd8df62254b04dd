import { type ExecutionListItem, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { WaiterState } from '../../../../waiter/contract';
import type { DrainProgress, DrainRequest } from '../contract';
import { timeInName } from './drain-name';

const stepFunctions = new SFNClient({});

/** Which of two requests acts: the later one, and not before the earlier one has ended. */
export interface OtherDrains {
  /** of a request that was made after this one: a rollback's, where its update was cancelled */
  readonly later?: string;
  /** of a request that was made before this one, and has not ended */
  readonly earlier?: string;
}

/**
 * ARNs of executions of the same machine, each of which is one request of CloudFormation for the same stack.
 *
 * Who looks at this before each step cannot undo what a later request does: that one waits until this execution has ended, and with it its last step. One that
 * has ended counts as well, where names say when requests were made: this one was delivered late. The list may be some seconds old, which lets the later one wait,
 * and the earlier one take another step, for longer.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
 */
export async function otherDrains(state: WaiterState<DrainRequest, DrainProgress>): Promise<OtherDrains> {
  const { executionArn: own, startTime } = state;
  if (own === undefined) return {};
  const command = new ListExecutionsCommand({ stateMachineArn: machineOf(own) });
  const { executions = [] } = await stepFunctions.send(command); // one page has a hundred, the latest first
  const others = executions.filter(({ executionArn }) => executionArn !== own);
  const isLater = (other: ExecutionListItem) =>
    isMadeLater(other, { executionArn: own, startDate: new Date(startTime) });
  const isEarlier = (other: ExecutionListItem) => other.status === 'RUNNING' && !isLater(other);
  return { later: others.find(isLater)?.executionArn, earlier: others.find(isEarlier)?.executionArn };
}

/** By when they were made; where that is not said, or the same second, by when they were started, of those that run. */
function isMadeLater(other: ExecutionListItem, own: Pick<ExecutionListItem, 'executionArn' | 'startDate'>): boolean {
  const [made, ownMade] = [other, own].map(({ executionArn }) => timeInName(String(executionArn)));
  if (made !== undefined && ownMade !== undefined && made !== ownMade) return made > ownMade;
  return other.status === 'RUNNING' && Number(other.startDate) > Number(own.startDate);
}

/** `arn:{partition}:states:{region}:{account}:execution:{machine}:{name}` is an execution of `...:stateMachine:{machine}`. */
function machineOf(executionArn: string): string {
  return executionArn.replace(':execution:', ':stateMachine:').replace(/:[^:]*$/, '');
}
