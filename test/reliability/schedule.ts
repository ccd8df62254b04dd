// Which of several calls is answered next, and how: pure, so that a schedule can be drawn again, or told.

/** How a call is answered. `again`: done, its answer lost, and asked for again by the SDK. `conflict` is S3's for two conditional writes at once. */
export const FAULTS = ['throttled', 'failed', 'lost', 'again', 'conflict', 'crash before', 'crash after'] as const;

/** One of {@link FAULTS}. */
export type Fault = (typeof FAULTS)[number];

/** Something that can happen next: an invocation that begins, or a call that is answered. */
export interface Possible {
  /** who: one attempt of one invocation, in the order in which they were made */
  readonly actor: number;
  /** whom of those who came first it is an attempt of, or follows */
  readonly thread: number;
  /** in words */
  readonly what: string;
  /** whether it is a call, which can go wrong */
  readonly isCall: boolean;
  /** whether its time has come */
  readonly isDue: boolean;
  /** whether it writes on a condition */
  readonly isConditional: boolean;
}

/** What happens next. */
export interface Choice {
  /** an index of what is possible */
  readonly next: number;
  readonly fault?: Fault;
}

/** Decides what happens next; at least one thing is possible. */
export type Schedule = (possible: readonly Possible[]) => Choice;

/** Without faults, one invocation after the other. */
export const ONE_BY_ONE: Schedule = () => ({ next: 0 });

/** Whether a fault can meet something. */
export function canMeet(fault: Fault, { isCall, isConditional }: Possible): boolean {
  return isCall && (fault !== 'conflict' || isConditional);
}

/** Numbers from 0 to below 1, the same for the same seed: mulberry32. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Drawn: whatever is possible is as likely as anything else, and a call goes wrong at a rate, so many times at most, and not before so many steps. */
export function drawn(next: () => number, rate: number, most: number, notBefore = 0): Schedule {
  let left = most;
  let step = 0;
  return (possible) => {
    const index = Math.floor(next() * possible.length);
    if (step++ < notBefore || left === 0 || next() >= rate) return { next: index };
    const faults = FAULTS.filter((fault) => canMeet(fault, possible[index]));
    if (faults.length === 0) return { next: index };
    left--;
    return { next: index, fault: faults[Math.floor(next() * faults.length)] };
  };
}

/** Two invocations that take turns, each with its further attempts and with who follows: the first one so many steps, the second one so many, then the first one to its end, and the rest. */
export interface Turns {
  readonly first: number;
  readonly ofFirst: number;
  readonly ofSecond: number;
  /** at which step of all something goes wrong; at none where absent */
  readonly at?: number;
  readonly fault?: Fault;
}

/** The schedule of two invocations that take turns. */
export function takingTurns({ first, ofFirst, ofSecond, at, fault }: Turns): Schedule {
  let step = 0;
  return (possible) => {
    const mine = step < ofFirst || step >= ofFirst + ofSecond ? first : 1 - first;
    const next = Math.max(
      0,
      possible.findIndex(({ thread }) => thread === mine),
    );
    const meets = step === at && fault !== undefined && canMeet(fault, possible[next]);
    step++;
    return meets ? { next, fault } : { next };
  };
}

/** The same, but nobody's pause is over before the others have done what they can: a pause is longer than a step. */
export function withPauses(schedule: Schedule): Schedule {
  return (possible) => {
    const choice = schedule(possible);
    const due = possible.findIndex(({ isDue }) => isDue);
    return possible[choice.next].isDue || due < 0 ? choice : { next: due };
  };
}

/** The same, but whose time has come begins before the next pause is over. A call may take longer than pauses do, as long as its function may run. */
export function punctual(schedule: Schedule): Schedule {
  return (possible) => {
    const choice = schedule(possible);
    const due = possible.findIndex(({ isDue, isCall }) => isDue && !isCall);
    return possible[choice.next].isDue || due < 0 ? choice : { next: due };
  };
}

/** A place in a schedule at which something goes wrong. */
type Wrong = Pick<Turns, 'at' | 'fault'>;

/** All trials of two invocations. */
export interface TrialsOfTwo<T extends { readonly steps: readonly string[] }> {
  /** more steps than one of them has */
  readonly most: number;
  readonly run: (schedule: Schedule) => Promise<T>;
  /**
   * each how manieth trial with a fault is made
   * @default 1, all
   */
  readonly every?: number;
  readonly each: (name: string, tried: T) => void;
}

/** Of what takes minutes: each eleventh, which takes every kind of fault in turn, and all with `TRIALS=all`. */
export const AN_ELEVENTH = process.env.TRIALS === 'all' ? 1 : 11;

/**
 * All trials of two invocations that take turns, with no fault, and with one of each kind at each call. Calls `each` with the name of every trial and what it
 * came to, and returns how many there were.
 */
export async function everyTrial<T extends { readonly steps: readonly string[] }>(
  trials: TrialsOfTwo<T>,
): Promise<number> {
  const { every = 1 } = trials;
  let count = 0;
  let faults = 0;
  const seen = new Set<string>();
  const run = async (turns: Turns) => {
    const taken: Possible[] = [];
    const schedule = takingTurns(turns);
    const came = await trials.run((possible) => {
      const choice = schedule(possible);
      taken.push(possible[choice.next]);
      return choice;
    });
    trials.each(JSON.stringify(turns), came);
    count++;
    return { steps: came.steps.join(), taken };
  };
  for (const turns of everyTurns(trials.most)) {
    const { steps, taken } = await run(turns);
    if (seen.has(steps)) continue; // one of the two has no more steps to take turns with
    seen.add(steps);
    for (const wrong of everyFault(taken)) {
      faults++;
      if (faults % every === 0) await run({ ...turns, ...wrong });
    }
  }
  return count;
}

function* everyTurns(most: number): Generator<Turns> {
  for (const first of [0, 1]) {
    for (let ofFirst = 1; ofFirst < most; ofFirst++) {
      for (let ofSecond = 1; ofSecond < most; ofSecond++) yield { first, ofFirst, ofSecond };
    }
  }
}

function* everyFault(taken: readonly Possible[]): Generator<Wrong> {
  for (const [at, possible] of taken.entries()) {
    for (const fault of FAULTS) if (canMeet(fault, possible)) yield { at, fault };
  }
}
