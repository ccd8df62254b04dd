import type { Authorizer } from '../account/authorizer';
import type { Machines } from '../account/machines';
import { type Members, optionalText, textMember } from '../members';
import { type Caller, jsonService, type Service } from './service';

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
const LISTED = 100;

/** Step Functions: StartExecution of a standard state machine, and ListExecutions, of which there is one page. */
export function stepFunctions(machines: Machines, authorizer: Authorizer): Service {
  let unnamed = 0;
  const start = (input: Members, caller: Caller): Members => {
    const arn = textMember(input, 'stateMachineArn', 'StartExecution');
    authorizer.require(caller, { action: 'states:StartExecution', resource: arn });
    unnamed++;
    const name = optionalText(input, 'name', 'StartExecution') ?? `unnamed-${unnamed}`;
    const execution = machines.start({
      arn,
      name,
      input: optionalText(input, 'input', 'StartExecution') ?? '{}',
      startedBy: caller.roleArn,
    });
    return { executionArn: execution.arn, startDate: execution.startTime.getTime() / 1000 };
  };
  const list = (input: Members, caller: Caller): Members => {
    const arn = textMember(input, 'stateMachineArn', 'ListExecutions');
    authorizer.require(caller, { action: 'states:ListExecutions', resource: arn });
    const executions = machines.executionsOf(arn).map((one) => ({
      stateMachineArn: arn,
      executionArn: one.arn,
      name: one.name,
      status: one.running ? 'RUNNING' : 'SUCCEEDED', // nobody here asks how it ended
      startDate: one.startTime.getTime() / 1000,
    }));
    return { executions: executions.reverse().slice(0, LISTED) }; // the latest first
  };
  return jsonService(
    { name: 'Step Functions', version: '1.0', model: 'states' },
    {
      StartExecution: { members: ['stateMachineArn', 'name', 'input'], run: start },
      ListExecutions: { members: ['stateMachineArn'], run: list },
    },
  );
}
