import { checkDefinition, type StateMachine } from './definition';
import { asStateFailure, checkSize, StateFailure } from './failure';
import { runState } from './state';

export { StatesLanguageError } from './failure';

/** Identity of one execution, read by `$$.Execution.*`. */
export interface ExecutionIdentity {
  readonly name: string;
  /** The execution ARN. */
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly startTime: string;
}

/** What a machine reaches; everything else throws. */
export interface StateServices {
  /**
   * Resolves with the function's result; rejects with `{name, message}` for a function or service error. The name becomes
   * the error name that Retry and Catch match, the message the cause.
   */
  invokeFunction(functionArn: string, payload: unknown): Promise<unknown>;
  /** Text of an S3 object, and the account that its bucket has to belong to, where a machine says so; rejects with `{name, message}`. */
  readObject(bucket: string, key: string, expectedOwner?: string): Promise<string>;
  /** Resolves after these (virtual) seconds, for Wait states and before retries; without it nothing waits. */
  wait?(seconds: number): Promise<void>;
}

/** One thing that happened, in order. */
export type StateEvent =
  | { readonly type: 'entered'; readonly state: string; readonly input: unknown; readonly itemIndex?: number }
  | { readonly type: 'exited'; readonly state: string; readonly output: unknown; readonly itemIndex?: number }
  /** A retry: `waitSeconds` is what the service waits before it (at most, with jitter). */
  | {
      readonly type: 'retried';
      readonly state: string;
      readonly error: string;
      readonly cause: string;
      /** 1 for the first retry. */
      readonly attempt: number;
      readonly waitSeconds: number;
      readonly itemIndex?: number;
    }
  | {
      readonly type: 'caught';
      readonly state: string;
      readonly error: string;
      readonly cause: string;
      readonly next: string;
      readonly itemIndex?: number;
    };

/** One execution to interpret. */
export interface InterpretProps {
  /** The resolved DefinitionString, as text or parsed. */
  readonly definition: string | object;
  readonly input: unknown;
  readonly execution: ExecutionIdentity;
  readonly services: StateServices;
  readonly onState?: (event: StateEvent) => void;
}

/** How an execution ended. */
export type ExecutionResult =
  | { readonly status: 'SUCCEEDED'; readonly output: unknown }
  | { readonly status: 'FAILED'; readonly error: string; readonly cause: string };

/**
 * Runs one execution to its end.
 *
 * It knows a JSONPath subset of the Amazon States Language: Pass, Task (`lambda:invoke`), Choice, Wait, distributed Map over a
 * JSON Lines object, Succeed and Fail. The whole definition is checked first. Map items run one after another, so that events and
 * results have one order. TimeoutSeconds is checked and has no effect: a service that times out rejects with `States.Timeout`.
 *
 * @throws StatesLanguageError on a state type, field, path, intrinsic function or context path that it does not know
 * @see https://states-language.net/spec.html
 */
export async function interpret(props: InterpretProps): Promise<ExecutionResult> {
  const machine = checkDefinition(props.definition);
  try {
    return { status: 'SUCCEEDED', output: await runMachine(machine, props) };
  } catch (error) {
    const failure = asStateFailure(error);
    return { status: 'FAILED', error: failure.error, cause: failure.cause };
  }
}

/** One execution of a machine or of a Map's item processor. */
export type MachineRun = Omit<InterpretProps, 'definition'> & { readonly itemIndex?: number };

/** Runs the states from StartAt on; a failed execution is a thrown StateFailure. */
export async function runMachine(machine: StateMachine, run: MachineRun): Promise<unknown> {
  checkSize(run.input, 'the input of the execution');
  let name: string | undefined = machine.StartAt;
  let data = run.input;
  while (name !== undefined) {
    const state: string = name;
    run.onState?.({ type: 'entered', state, input: data, ...itemOf(run) });
    const step = await runState({ name: state, definition: machine.States[state], input: data, run, runMachine });
    checkSize(step.output, `the output of state "${state}"`);
    run.onState?.({ type: 'exited', state, output: step.output, ...itemOf(run) });
    data = step.output;
    name = step.next;
  }
  return data;
}

function itemOf({ itemIndex }: MachineRun): { itemIndex?: number } {
  return itemIndex === undefined ? {} : { itemIndex };
}

export { StateFailure };
