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
  /** Resolves with the function's result; rejects with `{name, message}` for a function or service error. */
  invokeFunction(functionArn: string, payload: unknown): Promise<unknown>;
  /** Text of an S3 object; rejects with `{name, message}`. */
  readObject(bucket: string, key: string): Promise<string>;
}

/** One thing that happened, in order. */
export type StateEvent =
  | { readonly type: 'entered'; readonly state: string; readonly input: unknown; readonly itemIndex?: number }
  | { readonly type: 'exited'; readonly state: string; readonly output: unknown; readonly itemIndex?: number }
  /** A retry: no real time passes; `waitSeconds` is what the service would have waited (before jitter). */
  | {
      readonly type: 'retried';
      readonly state: string;
      readonly error: string;
      readonly cause: string;
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

/** Runs one execution to its end; throws StatesLanguageError on a definition it does not know. */
export function interpret(_props: InterpretProps): Promise<ExecutionResult> {
  throw new Error('not there yet');
}
