import { FunctionError, type FunctionProcess } from '../function/function-process';
import type { Statement } from '../semantics/policy/policy';
import type { Authorizer } from './authorizer';
import type { Faults } from './faults';
import type { Recorder } from './recorder';
import type { Simulation } from './simulation';

/** A function of the account. */
export interface LambdaFunction {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** statements of its resource policy, made of the template's permissions */
  readonly policy: Statement[];
  /** those in which it is attached to a VPC */
  readonly subnets?: readonly string[];
  /** environment variables as the template gives them */
  readonly environment: Readonly<Record<string, string>>;
  /** absent where the function cannot be run here */
  readonly process?: FunctionProcess;
  /** sha256 of the handler's file in the assembly, hexadecimal */
  readonly sha256?: string;
  /** why the function cannot be run here */
  readonly unsupported?: string;
}

/** What functions work with. */
export interface FunctionsProps {
  readonly simulation: Simulation;
  readonly recorder: Recorder;
  readonly authorizer: Authorizer;
  readonly faults: Faults;
}

/**
 * Bytes of JSON that a call, and its answer, have at most; of a call that nobody waits for, the lesser.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
const CALL_BYTES = 6 * 1024 * 1024;
const ASYNCHRONOUS_BYTES = 1024 * 1024;

/** Virtual milliseconds that a call takes. */
const CALL_TIME = 500;

/** The functions of the account; each has one warm process, started at its first call or before. */
export class Functions {
  private readonly functions = new Map<string, LambdaFunction>();
  private readonly processes = new Map<string, FunctionProcess>();

  public constructor(private readonly props: FunctionsProps) {}

  /** Adds a function, or changes the one with its ARN: the next call then begins a new process. */
  public add(lambda: LambdaFunction): void {
    this.remove(lambda.arn);
    this.functions.set(lambda.arn, lambda);
  }

  public remove(arn: string): void {
    this.processes.get(arn)?.release();
    this.processes.delete(arn);
    this.functions.delete(arn);
  }

  public all(): LambdaFunction[] {
    return [...this.functions.values()];
  }

  /** By ARN (also with a version or alias behind it) or by name. */
  public find(arnOrName: string): LambdaFunction | undefined {
    const unqualified = arnOrName.split(':').slice(0, 7).join(':');
    return this.functions.get(unqualified) ?? this.all().find(({ name }) => name === arnOrName);
  }

  /** Calls a function that nobody waits for, as `invoke` does. */
  public async invokeAsynchronously(arn: string, event: unknown, invokedBy: string): Promise<unknown> {
    requireSize(event, ASYNCHRONOUS_BYTES, 'Lambda.RequestTooLargeException');
    return this.invoke(arn, event, invokedBy);
  }

  /** Calls a function; rejects with the error's type as `name`. `invokedBy` is an ARN or a service. */
  public async invoke(arn: string, event: unknown, invokedBy: string): Promise<unknown> {
    requireSize(event, CALL_BYTES, 'Lambda.RequestTooLargeException');
    const lambda = this.find(arn);
    if (lambda === undefined) {
      throw new FunctionError('Lambda.ResourceNotFoundException', `Function not found: ${arn}`, '');
    }
    const refusal = this.props.authorizer.refuseAssume(
      { service: 'lambda.amazonaws.com', roleArn: lambda.roleArn, sourceArn: lambda.arn },
      'analysis',
    );
    if (refusal !== undefined) {
      throw new FunctionError('Lambda.AWSLambdaException', `the role cannot be assumed by Lambda: ${refusal}`, '');
    }
    const facts = { time: this.props.recorder.time, functionArn: lambda.arn, invokedBy, event };
    try {
      const call = { service: 'Lambda', operation: 'Invoke', input: event } as const;
      const result = await this.props.faults.apply(call, () =>
        this.processOf(lambda).invoke(event, this.props.simulation.now),
      );
      requireSize(result, CALL_BYTES, 'Function.ResponseSizeTooLarge');
      this.props.recorder.invocations.push({ ...facts, result });
      return result;
    } catch (error) {
      this.failed(lambda, error);
      this.props.recorder.invocations.push({ ...facts, error: String(error) });
      throw error;
    } finally {
      this.props.simulation.pass(CALL_TIME);
    }
  }

  /** Lets every process go. */
  public stop(): void {
    for (const process of this.processes.values()) {
      process.release();
    }
  }

  private processOf(lambda: LambdaFunction): FunctionProcess {
    if (lambda.process === undefined) {
      throw new FunctionError('Rehearsal.Unsupported', `${lambda.name} cannot be rehearsed: ${lambda.unsupported}`, '');
    }
    this.processes.set(lambda.arn, lambda.process);
    return lambda.process;
  }

  /** sha256 that each process found in the file it runs, by function ARN: only functions that were called. */
  public sha256OfRunning(): Map<string, string> {
    const running = new Map<string, string>();
    for (const [arn, { sha256 }] of this.processes) {
      if (sha256 !== undefined) {
        running.set(arn, sha256);
      }
    }
    return running;
  }

  private failed(lambda: LambdaFunction, error: unknown): void {
    const log =
      error instanceof FunctionError && error.log !== '' ? `\n${error.log.split('\n').slice(-12).join('\n')}` : '';
    this.props.recorder.problem(
      'analysis',
      `function ${this.props.recorder.title(lambda.arn)} failed`,
      `${error}${log}`,
    );
  }
}

function requireSize(payload: unknown, most: number, error: string): void {
  const bytes = Buffer.byteLength(JSON.stringify(payload) ?? '');
  if (bytes > most) throw new FunctionError(error, `${bytes} bytes, allowed are ${most}`, '');
}
