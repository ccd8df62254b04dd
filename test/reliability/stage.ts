import { AsyncLocalStorage } from 'node:async_hooks';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { awsError } from '../handlers/s3-store';
import type { Cloud } from './cloud';
import type { Choice, Fault, Possible, Schedule } from './schedule';

/** Somebody who calls a handler: a state machine, or a queue of events, which call it again when it fails. */
export interface Invocation {
  readonly name: string;
  /** how often it is called at most */
  readonly attempts: number;
  readonly invoke: () => Promise<unknown>;
}

/** How an invocation ended: an attempt came to its end, or all failed. */
export interface Ended {
  readonly name: string;
  readonly hasSucceeded: boolean;
}

interface Call {
  readonly command: string;
  readonly input: Record<string, unknown>;
  readonly resolve: (answer: object) => void;
  readonly reject: (error: Error) => void;
}

interface Actor extends Invocation {
  readonly attempt: number;
  state: 'waiting' | 'running' | 'ended';
  readonly calls: Call[];
}

const actors = new AsyncLocalStorage<Actor>();
const CLIENTS = [S3Client, CloudWatchClient, EventBridgeClient, SageMakerClient];

/** The calls of handlers, which wait until a stage answers them, and the clock that handlers see. */
export interface Intercepted {
  readonly setClock: (time: Date) => void;
  readonly forget: () => void;
  readonly restore: () => void;
}

/** Lets every call of a handler wait until a stage answers it, and its clock stand still. */
export function interceptCalls(): Intercepted {
  const clock = jest.spyOn(Date, 'now');
  const spies = CLIENTS.map((client) =>
    jest.spyOn(client.prototype, 'send').mockImplementation(((command: { input: Record<string, unknown> }) => {
      const actor = actors.getStore();
      if (!actor) throw new Error('a call of nobody');
      return new Promise((resolve, reject) => {
        actor.calls.push({ command: command.constructor.name, input: command.input, resolve, reject });
      });
    }) as never),
  );
  return {
    setClock: (time) => void clock.mockReturnValue(time.getTime()),
    forget: () => {
      for (const spy of spies) spy.mockClear();
    },
    restore: () => {
      for (const spy of [clock, ...spies]) spy.mockRestore();
    },
  };
}

/** Runs real handlers against a cloud, one call at a time, as a schedule says. */
export class Stage {
  /** what happened, one line each: who, which call, and what went wrong with it */
  public readonly steps: string[] = [];
  public readonly ended: Ended[] = [];
  private readonly cast: Actor[] = [];

  constructor(private readonly cloud: Cloud) {}

  /** Runs invocations, and their further attempts, to their ends. */
  public async run(invocations: readonly Invocation[], schedule: Schedule): Promise<void> {
    const first = this.cast.length;
    for (const invocation of invocations) this.add(invocation, 1);
    for (;;) {
      await this.settled();
      const possible = this.possible(first);
      if (possible.length === 0) return;
      this.take(possible, schedule(possible.map(({ is }) => is)));
    }
  }

  /** Until whoever runs waits for an answer: promises and ticks come before an immediate. */
  private async settled(): Promise<void> {
    const isBusy = ({ state, calls }: Actor) => state === 'running' && calls.length === 0;
    for (let round = 0; round < 100; round++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!this.cast.some(isBusy)) return;
    }
    throw new Error('an invocation waits for something that is no call');
  }

  private add(invocation: Invocation, attempt: number): void {
    if (attempt > invocation.attempts) this.ended.push({ name: invocation.name, hasSucceeded: false });
    else this.cast.push({ ...invocation, attempt, state: 'waiting', calls: [] });
  }

  private possible(first: number): { readonly actor: Actor; readonly call?: Call; readonly is: Possible }[] {
    return this.cast.slice(first).flatMap((actor, index) => {
      const of = (call?: Call) => ({ actor, call, is: possibility(index, call) });
      if (actor.state === 'waiting') return [of()];
      return actor.state === 'running' ? actor.calls.map(of) : [];
    });
  }

  private take(possible: ReturnType<Stage['possible']>, { next, fault }: Choice): void {
    const { actor, call, is } = possible[next];
    this.steps.push(`${actor.name}, attempt ${actor.attempt}: ${is.what}${fault ? ` (${fault})` : ''}`);
    if (call) {
      actor.calls.splice(actor.calls.indexOf(call), 1);
      this.answer(actor, call, fault);
    } else this.begin(actor);
  }

  private begin(actor: Actor): void {
    actor.state = 'running';
    actors
      .run(actor, actor.invoke)
      .then(() => this.end(actor, () => this.ended.push({ name: actor.name, hasSucceeded: true })))
      .catch(() => this.retry(actor));
  }

  /** A function that crashed has ended: what it would have done goes on waiting for ever. */
  private end(actor: Actor, then: () => void): void {
    if (actor.state === 'ended') return;
    actor.state = 'ended';
    then();
  }

  private answer(actor: Actor, { command, input, resolve, reject }: Call, fault?: Fault): void {
    const error = REFUSALS[fault as keyof typeof REFUSALS];
    if (error !== undefined) return void reject(awsError(error));
    if (fault === 'crash before') return void this.retry(actor);
    const first = attempt(() => this.cloud.answer(command, input));
    if (fault === 'crash after') return void this.retry(actor);
    if (fault === 'lost') return void reject(awsError('TimeoutError'));
    const answer = fault === 'again' ? attempt(() => this.cloud.answer(command, input)) : first;
    if (answer.given) resolve(answer.given);
    else reject(answer.error as Error);
  }

  private retry(actor: Actor): void {
    this.end(actor, () => this.add(actor, actor.attempt + 1));
  }
}

/** By which error a call is refused, nothing done. */
const REFUSALS = { throttled: 'ThrottlingException', failed: 'InternalError', conflict: 'ConditionalRequestConflict' };

function possibility(actor: number, call?: Call): Possible {
  if (!call) return { actor, what: 'begins', isCall: false, isConditional: false };
  const { command, input } = call;
  const what = [command.replace('Command', ''), input.Key ?? input.Prefix].filter(Boolean).join(' ');
  return { actor, what, isCall: true, isConditional: (input.IfMatch ?? input.IfNoneMatch) !== undefined };
}

function attempt(act: () => object): { readonly given?: object; readonly error?: unknown } {
  try {
    return { given: act() };
  } catch (error) {
    return { error };
  }
}
