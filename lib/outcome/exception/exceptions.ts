// What exceptions mean for the findings of a window: pure, the same for runs, for whoever makes one, and for whoever looks.
import { constraintKey } from '../confirmation';
import type { EventViolation } from '../contract';
import {
  type Acceptance,
  type ExceptedFinding,
  type ExceptionKind,
  LONGEST_DAYS,
  type MonitorException,
} from './contract';

/** What lies in the place of exceptions. */
export interface ReadExceptions {
  /** in force or not */
  readonly exceptions: readonly MonitorException[];
  /** what of it is no exception and keeps nothing quiet, in words without data */
  readonly problems: readonly string[];
}

/** In which dates of exceptions are counted. */
export const DAY_MILLISECONDS = 86_400_000;

/** Milliseconds by which the clock of who says something may be ahead. */
const CLOCKS = 300_000;

/** Exceptions that are told apart: more are none that people have looked at. */
const MOST = 1000;

/** Problems that are named. */
const MOST_PROBLEMS = 3;

/** The exceptions of a file's content, which anybody may have written: what is none keeps nothing quiet, and is a problem. */
export function exceptionsIn(content: unknown, now: Date): ReadExceptions {
  const { version, exceptions: listed } = (content ?? {}) as { version?: unknown; exceptions?: unknown };
  if (version !== '1' || !Array.isArray(listed))
    return none("it is no JSON with 'version' \"1\" and a list 'exceptions'");
  if (listed.length > MOST) return none(`it has ${listed.length} exceptions, and ${MOST} are read at most`);
  const exceptions: MonitorException[] = [];
  const problems: string[] = [];
  for (const [index, one] of listed.entries()) {
    const fault = faultOf(one, now);
    if (fault === undefined) exceptions.push(one as MonitorException);
    else problems.push(`exceptions[${index}] ${fault}`);
  }
  const more = problems.length - MOST_PROBLEMS;
  return {
    exceptions,
    problems: [...problems.slice(0, MOST_PROBLEMS), ...(more > 0 ? [`${more} more are none`] : [])],
  };
}

const none = (problem: string): ReadExceptions => ({ exceptions: [], problems: [problem] });

/** Why something is no exception. */
function faultOf(one: unknown, now: Date): string | undefined {
  const { id, kind, finding, reason, by, at, until } = (one ?? {}) as { [member in keyof MonitorException]?: unknown };
  if (!isKind(kind)) return `has a 'kind' that is none of ${Object.keys(LONGEST_DAYS).join(', ')}`;
  if (![id, reason, by].every(isWord)) return "lacks 'id', 'reason' or 'by'";
  if (kind === 'Accepted' && !isFinding(finding)) return "lacks the 'feature' and 'check' of its 'finding'";
  if (!isTime(at) || !isTime(until)) return "has an 'at' or 'until' that is no time as 2026-03-04T09:00:00.000Z";
  if (Date.parse(at) > now.getTime() + CLOCKS) return "has an 'at' that is yet to come";
  if (Date.parse(until) > Date.parse(at) + LONGEST_DAYS[kind] * DAY_MILLISECONDS)
    return `has an 'until' more than ${LONGEST_DAYS[kind]} days after its 'at'`;
  return undefined;
}

const isKind = (value: unknown): value is ExceptionKind => Object.hasOwn(LONGEST_DAYS, String(value));

const isWord = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

function isFinding(value: unknown): value is ExceptedFinding {
  const { feature, check, variant } = (value ?? {}) as { [member in keyof ExceptedFinding]?: unknown };
  return typeof feature === 'string' && isWord(check) && (variant === undefined || typeof variant === 'string');
}

function isTime(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const time = new Date(value);
  return !Number.isNaN(time.getTime()) && time.toISOString() === value;
}

/** Whether an exception holds for a window that ends then: that one is told again which ends after it does. */
export const isInForce = ({ until }: Pick<MonitorException, 'until'>, windowEnd: Date): boolean =>
  windowEnd.getTime() <= Date.parse(until);

/**
 * What a window violated, with what does not count set apart, as people said: it is not confirmed, and comes last. A finding that is accepted in a monitor that is snoozed or paused is
 * accepted; of several exceptions the one that lasts longest holds.
 */
export function withExceptions(
  violations: readonly EventViolation[],
  exceptions: readonly MonitorException[],
  windowEnd: Date,
): EventViolation[] {
  const shortestFirst = inForce(exceptions, windowEnd);
  const byFinding = new Map(
    shortestFirst.flatMap((one) => (one.finding && one.kind === 'Accepted' ? [[constraintKey(one.finding), one]] : [])),
  );
  const ofAll = shortestFirst.filter(({ kind }) => kind !== 'Accepted').at(-1);
  const judged = violations.map((violation) => {
    const exception = byFinding.get(constraintKey(violation)) ?? ofAll;
    return exception ? { ...violation, confirmed: false, accepted: acceptanceOf(exception) } : violation;
  });
  return [...judged.filter(({ accepted }) => !accepted), ...judged.filter(({ accepted }) => accepted)];
}

/** That a monitor is paused for a window that ends then; undefined where it is not. */
export function pauseOf(exceptions: readonly MonitorException[], windowEnd: Date): Acceptance | undefined {
  const pause = inForce(exceptions, windowEnd)
    .filter(({ kind }) => kind === 'Paused')
    .at(-1);
  return pause && acceptanceOf(pause);
}

/** Those that hold for a window that ends then, the one that lasts longest last. */
const inForce = (exceptions: readonly MonitorException[], windowEnd: Date) =>
  exceptions
    .filter((one) => isInForce(one, windowEnd))
    .sort((one, other) => Date.parse(one.until) - Date.parse(other.until));

const acceptanceOf = ({ kind, id, until, by, reason }: MonitorException): Acceptance => ({
  kind,
  id,
  until,
  by,
  reason,
});
