import { awsError } from '../handlers/s3-store';
import { type Call, type Caller, callingAs } from './intercepted';
import type { Choice, Fault, Possible, Schedule } from './schedule';

/** How an invocation ended: with what its last attempt returned or threw; neither where that crashed. */
export interface End {
  readonly hasSucceeded: boolean;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** Somebody who calls a handler: a state machine, or a queue of events, which call it again when it fails. */
export interface Invocation {
  readonly name: string;
  /** how often it is called at most */
  readonly attempts: number;
  readonly invoke: () => Promise<unknown>;
  /** time that has to pass before it begins; none where absent */
  readonly afterSeconds?: number;
  /** time before the second attempt, and the third; none where absent */
  readonly retryAfterSeconds?: readonly number[];
  /** how long an attempt lasts at most: then it is ended, as if it crashed; for ever where absent */
  readonly limitSeconds?: number;
  /** who follows when an attempt has come to its end, or all have failed, as the next state of a machine does; nobody where absent */
  readonly followers?: (end: End) => readonly Invocation[];
}

/** How an invocation ended: an attempt came to its end, or all failed. */
export interface Ended extends End {
  readonly name: string;
}

/** The services that a stage asks. */
export interface Services {
  /** Does what a command asks for, and answers. */
  answer(command: string, input: Record<string, unknown>): object;
  /** Who is invoked by what was done since this was last asked. */
  invoked?(): readonly Invocation[];
}

interface Actor extends Invocation, Caller {
  readonly attempt: number;
  /** an index of those who came first */
  readonly thread: number;
  /** epoch milliseconds, of its begin */
  readonly earliest: number;
  /** epoch milliseconds; set when it begins */
  begun?: number;
  state: 'waiting' | 'running' | 'ended';
}

/** Runs real handlers against a cloud, one call at a time, as a schedule says. */
export class Stage {
  /** what happened, one line each: who, which call, and what went wrong with it */
  public readonly steps: string[] = [];
  public readonly ended: Ended[] = [];
  private readonly cast: Actor[] = [];
  /** of the last step: whatever is invoked after it, it led to */
  private thread = 0;

  constructor(private readonly cloud: Services) {}

  /** Runs invocations, and their further attempts, to their ends. */
  public async run(invocations: readonly Invocation[], schedule: Schedule): Promise<void> {
    const first = this.cast.length;
    for (const [thread, invocation] of invocations.entries()) this.add(invocation, { attempt: 1, thread });
    for (;;) {
      await this.settled();
      for (const invocation of this.cloud.invoked?.() ?? []) this.add(invocation, { attempt: 1, thread: this.thread });
      const possible = this.possible(first);
      if (possible.length === 0) return;
      this.take(possible, schedule(possible.map(({ is }) => is)));
    }
  }

  /** Until whoever runs waits for an answer: promises and ticks come before an immediate, and a pause of no time before many of them. */
  private async settled(): Promise<void> {
    const isBusy = ({ state, calls }: Actor) => state === 'running' && calls.length === 0;
    for (let round = 0; round < 10_000; round++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!this.cast.some(isBusy)) return;
    }
    throw new Error('an invocation waits for something that is no call');
  }

  private add(invocation: Invocation, place: Pick<Actor, 'attempt' | 'thread'>): void {
    const { afterSeconds = 0, retryAfterSeconds = [] } = invocation;
    const [wait = 0] = [afterSeconds, ...retryAfterSeconds].slice(place.attempt - 1);
    const earliest = Date.now() + wait * 1000;
    this.cast.push({ ...invocation, ...place, earliest, state: 'waiting', calls: [] });
  }

  private possible(first: number): { readonly actor: Actor; readonly call?: Call; readonly is: Possible }[] {
    return this.cast.slice(first).flatMap((actor, index) => {
      const isDue = actor.state === 'running' || actor.earliest <= Date.now();
      const is = { actor: index, thread: actor.thread, isDue };
      const of = (call?: Call) => ({ actor, call, is: { ...is, ...possibility(call) } });
      if (actor.state === 'waiting') return [of()];
      return actor.state === 'running' ? actor.calls.map(of) : [];
    });
  }

  private take(possible: ReturnType<Stage['possible']>, { next, fault }: Choice): void {
    const { actor, call, is } = possible[next];
    this.thread = actor.thread;
    this.steps.push(`${actor.name}, attempt ${actor.attempt}: ${is.what}${fault ? ` (${fault})` : ''}`);
    if (call) {
      actor.calls.splice(actor.calls.indexOf(call), 1);
      this.answer(actor, call, fault);
    } else this.begin(actor);
  }

  /** Time passes until an invocation may begin, and stands still otherwise. */
  private begin(actor: Actor): void {
    actor.state = 'running';
    actor.begun = Math.max(Date.now(), actor.earliest);
    jest.setSystemTime(actor.begun);
    this.endOverdue();
    callingAs(actor, actor.invoke)
      .then((result) => this.leave(actor, () => this.finish(actor, { hasSucceeded: true, result })))
      .catch((error: unknown) => this.retry(actor, error));
  }

  /** A function that would go on for longer than it may is ended. */
  private endOverdue(): void {
    const isOverdue = ({ state, begun = 0, limitSeconds = Infinity }: Actor) =>
      state === 'running' && begun + limitSeconds * 1000 < Date.now();
    for (const actor of this.cast.filter(isOverdue)) {
      this.steps.push(`${actor.name}, attempt ${actor.attempt}: is ended (out of time)`);
      this.retry(actor);
    }
  }

  /** A function that crashed has ended: what it would have done goes on waiting for ever. */
  private leave(actor: Actor, then: () => void): void {
    if (actor.state === 'ended') return;
    actor.state = 'ended';
    then();
  }

  private finish(actor: Actor, end: End): void {
    this.ended.push({ name: actor.name, ...end });
    this.follow(actor, actor.followers?.(end) ?? []);
  }

  private follow({ thread }: Actor, invocations: readonly Invocation[]): void {
    for (const invocation of invocations) this.add(invocation, { attempt: 1, thread });
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

  private retry(actor: Actor, error?: unknown): void {
    this.leave(actor, () => {
      if (actor.attempt < actor.attempts) this.add(actor, { attempt: actor.attempt + 1, thread: actor.thread });
      else this.finish(actor, { hasSucceeded: false, error });
    });
  }
}

/** By which error a call is refused, nothing done. */
const REFUSALS = { throttled: 'ThrottlingException', failed: 'InternalError', conflict: 'ConditionalRequestConflict' };

/** Members of inputs that say what a call is about. */
const SUBJECTS = ['Key', 'Prefix', 'name', 'ProcessingJobName', 'MonitoringScheduleName', 'Status'];

function possibility(call?: Call): Omit<Possible, 'actor' | 'thread' | 'isDue'> {
  if (!call) return { what: 'begins', isCall: false, isConditional: false };
  const { command, input } = call;
  const what = [
    command.replace('Command', ''),
    SUBJECTS.map((name) => input[name]).find((one) => typeof one === 'string'),
  ]
    .filter(Boolean)
    .join(' ');
  return { what, isCall: true, isConditional: (input.IfMatch ?? input.IfNoneMatch) !== undefined };
}

function attempt(act: () => object): { readonly given?: object; readonly error?: unknown } {
  try {
    return { given: act() };
  } catch (error) {
    return { error };
  }
}
