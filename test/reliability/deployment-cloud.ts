import { ExecutionAlreadyExists } from '@aws-sdk/client-sfn';
import { Cloud } from './cloud';
import { executionArnOf, Machine, type MachineProps } from './machine';
import type { Invocation } from './stage';

/** An answer to CloudFormation, or the signal of a wait condition. */
export interface Put {
  readonly url: string;
  readonly Status: string;
  readonly Reason?: string;
  readonly Data?: unknown;
  readonly PhysicalResourceId?: string;
}

interface Started {
  readonly executionArn: string;
  readonly startDate: Date;
  readonly input: string;
  isRunning: boolean;
}

/** What a deployment's custom resources call: state machines that run on the stage, and pre-signed URLs; beside S3. */
export class DeploymentCloud extends Cloud {
  /** what was put to URLs, in order */
  public readonly puts: Put[] = [];
  private readonly started = new Map<string, Started>();
  private readonly waiting: Invocation[] = [];

  /**
   * @param machines by ARN
   * @param knowsNames false for a service that starts an execution of one name again
   */
  constructor(
    objects: ReadonlyMap<string, string>,
    private readonly machines: { readonly [arn: string]: Omit<MachineProps, 'read'> },
    private readonly knowsNames = true,
  ) {
    super(objects);
  }

  public override answer(command: string, input: Record<string, unknown>): object {
    switch (command) {
      case 'StartExecutionCommand':
        return this.start(input as never);
      case 'ListExecutionsCommand':
        return {
          executions: [...this.started.values()]
            .map(({ isRunning, ...one }) => ({ ...one, status: isRunning ? 'RUNNING' : 'SUCCEEDED' }))
            .reverse(),
        };
      case 'PutCommand':
        this.puts.push(input as unknown as Put);
        return { status: 200 };
      default:
        return super.answer(command, input);
    }
  }

  /** Of executions, in the order in which they were started. */
  public get startedNames(): readonly string[] {
    return [...this.started.keys()];
  }

  public invoked(): readonly Invocation[] {
    return this.waiting.splice(0);
  }

  /**
   * Idempotent while an execution of this name and input runs, and refused ever after.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
   */
  private start({ stateMachineArn, name, input }: { stateMachineArn: string; name: string; input: string }): object {
    const before = this.knowsNames ? this.started.get(name) : undefined;
    if (before?.isRunning && before.input === input) return before;
    if (before) throw new ExecutionAlreadyExists({ message: name, $metadata: {} });
    jest.setSystemTime(Date.now() + 1); // no two start at once
    const executionArn = executionArnOf(name);
    const execution = { executionArn, startDate: new Date(), input, isRunning: true };
    this.started.set(name, execution);
    const props = { ...this.machines[stateMachineArn], read: (address: string) => this.objects.get(address) };
    const machine = new Machine(props, (invocation) => this.waiting.push(invocation));
    void machine.run(name, input).then(() => {
      execution.isRunning = false;
    });
    return execution;
  }
}
