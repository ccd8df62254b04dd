import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';

const stepFunctions = new SFNClient({});

/** An execution to start; its name makes it one. */
interface NamedExecution {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: unknown;
}

/**
 * Starts an execution, once for its name: a repeated invocation finds it running or done.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export async function startOnce({ stateMachineArn, name, input }: NamedExecution): Promise<void> {
  try {
    await stepFunctions.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}
