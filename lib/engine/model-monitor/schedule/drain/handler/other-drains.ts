import { type ExecutionListItem, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { WaiterState } from '../../../../waiter/contract';
import type { DrainProgress, DrainRequest } from '../contract';

const stepFunctions = new SFNClient({});

/** Which of two requests that are under way at once acts: the later one, and not before the earlier one has ended. */
export interface OtherDrains {
  /** of a request that came after this one: a rollback's, where its update was cancelled */
  readonly later?: string;
  /** of a request that came before this one, and has not ended */
  readonly earlier?: string;
}

/**
 * ARNs of executions of the same machine that run beside this one, which is one request of CloudFormation for the same stack.
 *
 * Who looks at this before each step cannot undo what a later request does: that one waits until this execution has ended, and with it its last step. The
 * list may be some seconds old, which lets the later one wait, and the earlier one take another step, for longer.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
 */
export async function otherDrains(state: WaiterState<DrainRequest, DrainProgress>): Promise<OtherDrains> {
  const { executionArn: own, startTime } = state;
  if (own === undefined) return {};
  const command = new ListExecutionsCommand({ stateMachineArn: machineOf(own), statusFilter: 'RUNNING' });
  const { executions = [] } = await stepFunctions.send(command); // one page has a hundred, the latest first
  const others = executions.filter(({ executionArn }) => executionArn !== own);
  const isLater = ({ startDate }: ExecutionListItem) => Number(startDate) > Date.parse(startTime);
  return { later: others.find(isLater)?.executionArn, earlier: others.find((one) => !isLater(one))?.executionArn };
}

/** `arn:{partition}:states:{region}:{account}:execution:{machine}:{name}` is an execution of `...:stateMachine:{machine}`. */
function machineOf(executionArn: string): string {
  return executionArn.replace(':execution:', ':stateMachine:').replace(/:[^:]*$/, '');
}
