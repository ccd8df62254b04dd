import { dueAt, dueBefore } from '../../outcome/run-times';
import type { Turn, Turns, TurnTaker } from './contract';

const MINUTE_MILLISECONDS = 60_000;

/** Turns that are remembered; no window is told so late that more of them matter. */
const REMEMBERED = 10;

/** Requests that are remembered: CloudFormation makes the next one when one is answered, and delivers none much later. */
const REQUESTS = 20;

/** A request of CloudFormation that gives an engine its turn. */
export interface TurnRequest {
  readonly id: string;
  readonly taker: TurnTaker;
  readonly now: Date;
}

/** The turns after a request; what they were where it has given its turn before. */
export function turnsAfter(given: Turns, { id, taker, now }: TurnRequest): Turns {
  const { turns, requestIds = [] } = given;
  if (requestIds.includes(id)) return given;
  return { turns: turnsFrom(turns, taker, now), requestIds: [...requestIds, id].slice(-REQUESTS) };
}

/** The turns when an engine tells from now on; the time of one that goes on does not change. */
export function turnsFrom(turns: readonly Turn[], taker: TurnTaker, now: Date): Turn[] {
  const { engine, everyHours, startHour, clock, graceMinutes } = taker;
  const last = turns.at(-1);
  const goesOn = last?.engine === engine;
  const turn = { engine, everyHours, startHour, clock, graceMinutes, since: goesOn ? last.since : now.toISOString() };
  return [...(goesOn ? turns.slice(0, -1) : turns), turn].slice(-REMEMBERED);
}

/** In whose turn a run was due; nobody's before the first one. */
export function turnAt(turns: readonly Turn[], due: Date): Turn | undefined {
  return [...turns].reverse().find(({ since }) => Date.parse(since) < due.getTime());
}

/** A run that an engine could tell. */
export interface TellableRun {
  readonly engine: Turn['engine'];
  readonly due: Date;
}

/**
 * Whether an engine leaves a run to another one: it was due in the other's turn, and the other has still time to tell it.
 *
 * An engine that had its turn and went away in a rollback tells nothing more: after its time any engine that has the run tells it.
 */
export function isLeft(turns: readonly Turn[], { engine, due }: TellableRun, now: Date): boolean {
  const turn = turnAt(turns, due);
  return turn !== undefined && turn.engine !== engine && hasTime(turn, due, now);
}

/** When the runs were due that the engine whose turn is over may still tell, the last one first; none where there was one turn only. */
export function owedRuns(turns: readonly Turn[], now: Date): Date[] {
  const last = turns.at(-1);
  const before = turns.at(-2);
  if (!last || !before) return [];
  const owed: Date[] = [];
  let due = dueAt(before, new Date(last.since));
  for (; hasTime(before, due, now) && Date.parse(before.since) < due.getTime(); due = dueBefore(before, due)) {
    owed.push(due);
  }
  return owed;
}

function hasTime({ graceMinutes }: Turn, due: Date, now: Date): boolean {
  return now.getTime() < due.getTime() + graceMinutes * MINUTE_MILLISECONDS;
}
