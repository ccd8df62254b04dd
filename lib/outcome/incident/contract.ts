// What a monitor's incidents are in reports and events: names and shapes that constructs, handlers and whoever reads reports share.
import type { ViolatedConstraint } from '../contract';

/**
 * What a run changes for who follows incidents. An incident begins with the first confirmed finding, grows, and ends; findings of a window that was judged after
 * later ones are told apart (`FoundLate`), as nobody waits for their end. Runs that fail one after the other begin and end as well. `Accepted` where people accepted
 * all that its window still has, so that it is over though it was found. `Continues` where one is open
 * and nothing is new.
 */
export type IncidentChange =
  | 'Begun'
  | 'Grown'
  | 'Ended'
  | 'Accepted'
  | 'FoundLate'
  | 'FailuresBegun'
  | 'FailuresEnded'
  | 'Continues';

/** How long something has been so; times are ISO 8601. */
export interface Spell {
  /** start of the first window that had it */
  readonly since: string;
  /** end of the last window that had it */
  readonly until: string;
  /** windows in which it was so; of an incident those that confirmed a finding */
  readonly windows: number;
  /** by the run that ended it; absent while it goes on */
  readonly isOver?: true;
}

/** Confirmed findings of a monitor that belong together. */
export interface Incident extends Spell {
  /** start of the window that confirmed the first of them, ISO 8601: no other incident of the monitor has it */
  readonly id: string;
  /** windows in a row, the last ones, that violated none of them */
  readonly quietWindows: number;
  /** all that were confirmed, in order of time */
  readonly findings: readonly ViolatedConstraint[];
  /** how many there were when people were last told of it */
  readonly toldCount: number;
  /** of these, how many people are told of for the first time by this run */
  readonly newCount: number;
}

/** What a report says of its monitor's incidents; each follows from the report before it and the run's own window. */
export interface MonitorIncidents {
  /** one or more */
  readonly changes: readonly IncidentChange[];
  /** open, or ended by this run, or late */
  readonly incident?: Incident;
  /** runs that failed one after the other, up to this one or, where it ended them, the one before */
  readonly failures?: Spell;
}

/** An incident as an event tells it. */
export interface IncidentOutcome extends Omit<Incident, 'findings' | 'toldCount'> {
  readonly findingCount: number;
  /** the first five */
  readonly findings: readonly Pick<ViolatedConstraint, 'feature' | 'variant' | 'check'>[];
}

/** As `MonitorIncidents`, in the event of the run. */
export interface IncidentsOutcome extends Pick<MonitorIncidents, 'changes' | 'failures'> {
  readonly incident?: IncidentOutcome;
}
