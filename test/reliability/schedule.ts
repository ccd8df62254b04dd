// Which of several calls is answered next, and how: pure, so that a schedule can be drawn again, or told.

/** How a call is answered. `again`: done, its answer lost, and asked for again by the SDK. `conflict` is S3's for two conditional writes at once. */
export const FAULTS = ['throttled', 'failed', 'lost', 'again', 'conflict', 'crash before', 'crash after'] as const;

/** One of {@link FAULTS}. */
export type Fault = (typeof FAULTS)[number];

/** Something that can happen next: an invocation that begins, or a call that is answered. */
export interface Possible {
  /** who: one attempt of one invocation, in the order in which they were made */
  readonly actor: number;
  /** in words */
  readonly what: string;
  /** whether it is a call, which can go wrong */
  readonly isCall: boolean;
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

/** Drawn: whatever is possible is as likely as anything else, and a call goes wrong at a rate, so many times at most. */
export function drawn(next: () => number, rate: number, most: number): Schedule {
  let left = most;
  return (possible) => {
    const index = Math.floor(next() * possible.length);
    if (left === 0 || next() >= rate) return { next: index };
    const faults = FAULTS.filter((fault) => canMeet(fault, possible[index]));
    if (faults.length === 0) return { next: index };
    left--;
    return { next: index, fault: faults[Math.floor(next() * faults.length)] };
  };
}

/** Two invocations that take turns: the first one so many steps, the second one so many, then the first one to its end, and the rest. */
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
      possible.findIndex(({ actor }) => actor === mine),
    );
    const meets = step === at && fault !== undefined && canMeet(fault, possible[next]);
    step++;
    return meets ? { next, fault } : { next };
  };
}
