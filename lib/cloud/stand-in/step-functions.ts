import type { Authorizer } from '../account/authorizer';
import type { Machines } from '../account/machines';
import { type Members, optionalText, textMember } from '../members';
import { type Caller, jsonService, RefusedInput, type Service } from './service';

/** Step Functions: StartExecution of a standard state machine, and ListExecutions of those that run. */
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
    const status = textMember(input, 'statusFilter', 'ListExecutions');
    if (status !== 'RUNNING')
      throw new RefusedInput('ValidationException', 'executions that have ended are not listed here');
    const facts = { stateMachineArn: arn, status };
    const executions = machines
      .running(arn)
      .map((one) => ({ ...facts, executionArn: one.arn, name: one.name, startDate: one.startTime.getTime() / 1000 }));
    return { executions: executions.reverse() }; // the latest first
  };
  return jsonService(
    { name: 'Step Functions', version: '1.0', model: 'states' },
    {
      StartExecution: { members: ['stateMachineArn', 'name', 'input'], run: start },
      ListExecutions: { members: ['stateMachineArn', 'statusFilter'], run: list },
    },
  );
}
