import { interpret } from '../../lib/cloud/semantics/states-language/states-language';
import type { Invocation } from './stage';

/** A function as a machine calls it. */
export type MachineFunction = (payload: never) => Promise<unknown>;

/** What machines of one cloud have in common. */
export interface MachineProps {
  /** in the States Language */
  readonly definition: string;
  /** by what the ARN in the definition has in it */
  readonly functions: { readonly [name: string]: MachineFunction };
  /** how long any of them may run; for ever where absent */
  readonly limitSeconds?: number;
  /** the text of an object, by `bucket/key` */
  readonly read: (address: string) => string | undefined;
}

/** ARN of an execution. */
export function executionArnOf(name: string): string {
  return `arn:aws:states:eu-west-1:111122223333:execution:Machine:${name}`;
}

/** A state machine as it is synthesized, whose steps wait on a stage until they are taken. */
export class Machine {
  constructor(
    private readonly props: MachineProps,
    /** who is invoked next */
    private readonly ask: (invocation: Invocation) => void,
  ) {}

  /** Begins an execution; resolves when it has ended, with whether it succeeded. */
  public async run(name: string, input: string): Promise<boolean> {
    const { status } = await interpret({
      definition: this.props.definition,
      input: JSON.parse(input),
      execution: { name, id: executionArnOf(name), startTime: new Date().toISOString() },
      services: {
        invokeFunction: (arn, payload) => this.invoked(name, arn, payload),
        readObject: async (bucket, key) => this.props.read(`${bucket}/${key}`) ?? '',
        wait: (seconds) => this.passed(name, seconds),
      },
    });
    return status === 'SUCCEEDED';
  }

  private invoked(execution: string, arn: string, payload: unknown): Promise<unknown> {
    const [name, act] = Object.entries(this.props.functions).find(([part]) => arn.includes(part)) ?? ['', unknown];
    const { step } = payload as { readonly step?: string };
    const copy = JSON.parse(JSON.stringify(payload)) as never;
    return new Promise((resolve, reject) => {
      this.ask({
        name: [execution, step ?? name].join(' '),
        attempts: 1,
        limitSeconds: this.props.limitSeconds,
        invoke: () => act(copy),
        followers: ({ hasSucceeded, result, error }) => {
          if (hasSucceeded) resolve(JSON.parse(JSON.stringify(result ?? null)));
          else reject(failureOf(error));
          return [];
        },
      });
    });
  }

  private passed(execution: string, seconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.ask({
        name: `${execution} waits ${seconds} s`,
        attempts: 1,
        afterSeconds: seconds,
        invoke: async () => undefined,
        followers: () => {
          resolve();
          return [];
        },
      });
    });
  }
}

/**
 * A function's error as a machine sees it; a function that crashed left none.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
function failureOf(error: unknown): { readonly name: string; readonly message: string } {
  if (!(error instanceof Error)) return { name: 'Lambda.Unknown', message: 'the function ended' };
  return { name: error.name, message: JSON.stringify({ errorType: error.name, errorMessage: error.message }) };
}

function unknown(): never {
  throw new Error('the machine calls a function that these tests do not know');
}
