import { type ExecutionResult, interpret, type StateEvent } from '../semantics/states-language/states-language';
import type { ObjectStore } from '../stand-in/object-store';
import { refuseViolations, ServiceError } from '../stand-in/service';
import type { Authorizer } from './authorizer';
import type { Functions } from './functions';
import { itemStates } from './map-items';
import type { Recorder } from './recorder';
import type { Simulation, Sleep } from './simulation';

/** A state machine of the account. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** States Language, as text */
  readonly definition: string;
}

/** What a caller of StartExecution says, and who it is. */
export interface NewExecution {
  /** of the state machine */
  readonly arn: string;
  readonly name: string;
  /** JSON */
  readonly input: string;
  /** ARN of the schedule, role or rule */
  readonly startedBy: string;
}

/** One execution that was started. */
interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly input: string;
  readonly startTime: Date;
  running: boolean;
}

/** The manifest that a Distributed Map reads. */
interface ManifestAddress {
  readonly bucket: string;
  readonly key: string;
  /** account that the bucket has to belong to; absent where the machine says none */
  readonly expectedOwner?: string;
}

/** One execution as it runs. */
interface Run {
  readonly machine: StateMachine;
  readonly execution: Execution;
  readonly startedBy: string;
  readonly sleep: Sleep;
}

/** What the machines reach. */
export interface MachinesProps {
  readonly simulation: Simulation;
  readonly recorder: Recorder;
  readonly authorizer: Authorizer;
  readonly functions: Functions;
  readonly objects: ObjectStore;
}

/** State machines: their definitions are interpreted with the permissions of their own roles. */
export class Machines {
  private readonly machines = new Map<string, StateMachine>();
  private readonly executions = new Map<string, Execution>();

  public constructor(private readonly props: MachinesProps) {}

  public add(machine: StateMachine): void {
    this.machines.set(machine.arn, machine);
  }

  public remove(arn: string): void {
    this.machines.delete(arn);
  }

  public all(): StateMachine[] {
    return [...this.machines.values()];
  }

  /**
   * Starts an execution. A name that runs with the same input answers with the running one; otherwise a name is used once.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
   */
  public start({ arn, name, input, startedBy }: NewExecution): Execution {
    const machine = this.machines.get(arn);
    if (machine === undefined) {
      throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    }
    refuseViolations('states StartExecution', { stateMachineArn: arn, name, input }, 'InvalidExecutionInput');
    const executionArn = `${arn.replace(':stateMachine:', ':execution:')}:${name}`;
    const earlier = this.executions.get(executionArn);
    if (earlier !== undefined) {
      return this.again(earlier, input);
    }
    const execution = { arn: executionArn, name, input, startTime: this.props.simulation.now, running: true };
    this.executions.set(executionArn, execution);
    const { simulation } = this.props;
    const run = { machine, execution, startedBy };
    simulation.after(100, () => simulation.spawn((sleep) => this.run({ ...run, sleep })));
    return execution;
  }

  /** Executions of a machine, in the order in which they were started. */
  public executionsOf(arn: string): Execution[] {
    const ofMachine = `${arn.replace(':stateMachine:', ':execution:')}:`;
    return [...this.executions.values()].filter((one) => one.arn.startsWith(ofMachine));
  }

  private again(earlier: Execution, input: string): Execution {
    if (!earlier.running || earlier.input !== input) {
      throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${earlier.arn}'`);
    }
    return earlier;
  }

  private async run({ machine, execution, startedBy, sleep }: Run): Promise<void> {
    const { recorder } = this.props;
    recorder.happened('analysis', `${recorder.title(machine.arn)} runs`, execution.name);
    const { ofChildren, alone } = itemStates(machine.definition);
    let items = 0;
    const onState = (event: StateEvent) => {
      if (event.type === 'entered') {
        const startsChild = event.itemIndex !== undefined && ofChildren.has(event.state);
        items += startsChild || (event.itemIndex === undefined && alone.has(event.state)) ? 1 : 0;
        recorder.transitions.push({ time: recorder.time, machineArn: machine.arn, state: event.state, startsChild });
      }
      this.tell(machine, event);
    };
    const result = await this.interpret({ machine, execution, sleep, onState });
    execution.running = false;
    const { status } = result;
    const cause = result.status === 'FAILED' ? `${result.error}: ${result.cause}` : undefined;
    const input: unknown = JSON.parse(execution.input);
    const facts = { machineArn: machine.arn, name: execution.name, startedBy, input, items, status };
    recorder.machineRuns.push({ ...facts, ...(cause === undefined ? {} : { cause }) });
    if (cause === undefined) {
      recorder.happened('analysis', `${recorder.title(machine.arn)} succeeded`, execution.name);
    } else {
      recorder.problem('analysis', `${recorder.title(machine.arn)} failed`, `${execution.name}: ${cause}`);
    }
  }

  private async interpret({
    machine,
    execution,
    sleep,
    onState,
  }: Omit<Run, 'startedBy'> & { readonly onState: (event: StateEvent) => void }): Promise<ExecutionResult> {
    const refusal = this.props.authorizer.refuseAssume(
      { service: 'states.amazonaws.com', roleArn: machine.roleArn, sourceArn: machine.arn },
      'analysis',
    );
    if (refusal !== undefined) {
      return { status: 'FAILED', error: 'States.Runtime', cause: refusal };
    }
    return interpret({
      definition: machine.definition,
      input: JSON.parse(execution.input),
      execution: { name: execution.name, id: execution.arn, startTime: execution.startTime.toISOString() },
      services: {
        invokeFunction: (functionArn, payload) => this.invoke(machine, functionArn, payload),
        readObject: (bucket, key, expectedOwner) => this.read(machine, { bucket, key, expectedOwner }),
        wait: (seconds) => sleep(seconds * 1000),
      },
      onState,
    });
  }

  private async invoke(machine: StateMachine, functionArn: string, payload: unknown): Promise<unknown> {
    const { authorizer, functions } = this.props;
    const name = functions.find(functionArn)?.arn ?? functionArn;
    const request = { action: 'lambda:InvokeFunction', resource: name };
    const refusal = authorizer.refuseRole(machine.roleArn, request, 'analysis');
    if (refusal !== undefined) {
      throw named(
        'Lambda.AWSLambdaException',
        `${machine.roleArn} is not authorized to perform lambda:InvokeFunction on ${name}: ${refusal}`,
      );
    }
    return functions.invoke(name, payload, machine.arn).catch((error: Error) => {
      throw named(error.name, causeOf(error));
    });
  }

  /**
   * Reads the items of a Distributed Map, which then starts its children as executions of the same machine. A bucket of another account than is expected, or
   * of another than the machine's where none is, is refused.
   *
   * @see https://github.com/aws/aws-cdk/pull/35881
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
   */
  private async read(machine: StateMachine, { bucket, key, expectedOwner }: ManifestAddress): Promise<string> {
    const children = { action: 'states:StartExecution', resource: machine.arn };
    const notChildren = this.props.authorizer.refuseRole(machine.roleArn, children, 'analysis');
    if (notChildren !== undefined) {
      throw named('States.Permissions', `the machine may not start the children of its Map: ${notChildren}`);
    }
    const request = { action: 's3:GetObject', resource: `arn:aws:s3:::${bucket}/${key}` };
    const refusal = this.props.authorizer.refuseRole(machine.roleArn, request, 'analysis');
    if (refusal !== undefined) {
      throw named('States.ItemReaderFailed', `access denied to s3://${bucket}/${key}: ${refusal}`);
    }
    const owner = this.props.objects.ownerOf(bucket);
    if (owner !== undefined && owner !== (expectedOwner ?? machine.arn.split(':')[4])) {
      throw named('States.ItemReaderFailed', `access denied to s3://${bucket}/${key}: its bucket is of ${owner}`);
    }
    const body = this.props.objects.get(bucket, key);
    if (body === undefined) {
      throw named('States.ItemReaderFailed', `no object s3://${bucket}/${key}`);
    }
    return body.toString('utf8');
  }

  private tell(machine: StateMachine, event: StateEvent): void {
    if (event.type === 'retried' || event.type === 'caught') {
      this.props.recorder.problem(
        'analysis',
        `${this.props.recorder.title(machine.arn)}: ${event.state} ${event.type}`,
        `${event.error}: ${event.cause}`,
      );
    }
  }
}

/** A handler's own error is the JSON that Lambda answers with; an error of the service is its message. */
function causeOf({ name, message }: Error): string {
  return name.startsWith('Lambda.') ? message : JSON.stringify({ errorType: name, errorMessage: message });
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
