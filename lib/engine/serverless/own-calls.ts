// Calls that this library makes to a monitored endpoint: how they are marked, and where they are noted. Pure, and the same for whoever asks or reads.
import { createHmac } from 'node:crypto';
import { type ObjectLocation, objectIn, type PrefixLocation } from '../../core/contract';
import { hourPath } from '../../outcome/contract';

/** With what the `inferenceId` of each begins. */
export const OWN_CALL_MARK = 'monitoring-call/';

/** What the container is told of each, as a custom attribute. */
export const OWN_CALL_ATTRIBUTE = 'sagemaker-monitoring=own-call';

/** Milliseconds for which a run may ask, whatever becomes of it: a function has no more. */
export const LONGEST_RUN = 15 * 60_000;

/** Milliseconds that the clocks of who asks and who answers may be apart; times of captured records are whole seconds. */
const CLOCK_SLACK = 10_000;

/** The note of a run that asks: written before its first call, and again behind its last. */
export interface OwnCallRun {
  readonly version: '1';
  /** drawn, so that runs are told apart */
  readonly run: string;
  /** drawn, in hexadecimal digits, and known to nobody else: what calls are signed with */
  readonly key: string;
  /** ISO 8601: no call is before it */
  readonly begin: string;
  /** ISO 8601: no call is after it */
  readonly end: string;
  /** so many at most */
  readonly calls: number;
}

/** One call of a run. */
export interface OwnCall {
  readonly run: string;
  /** from 0 on */
  readonly number: number;
}

/** Where a run is noted, by the hour in which it began. */
export function runLocation(ledger: PrefixLocation, { begin, run }: OwnCallRun): ObjectLocation {
  return objectIn(ledger, `${hourPath(new Date(begin))}/${run}.json`);
}

/** The part of a listing of notes, as keys, in which those are whose calls may be in an interval. */
export function runsOf({ prefix }: PrefixLocation, { start, end }: TimeSpan): { after: string; until: string } {
  const earliest = new Date(Date.parse(start) - LONGEST_RUN - CLOCK_SLACK);
  return { after: `${prefix}/${hourPath(earliest)}/`, until: `${prefix}/${hourPath(new Date(end))}/~` };
}

/** ISO 8601. */
interface TimeSpan {
  readonly start: string;
  readonly end: string;
}

/** Characters of what is drawn and of what is signed, in an identifier of at most 64. */
const SIGNATURE = 22;

/**
 * The `inferenceId` of a call: whoever has not the key of its run makes none for what he asks, since the body is signed as well.
 *
 * `monitoring-call/c2FtcGxlcnVuMTIz/12/4yqkV1Zp3c0m5c1m2bFhXw`
 */
export function inferenceIdOf({ run, key }: Pick<OwnCallRun, 'run' | 'key'>, number: number, body: string): string {
  return `${OWN_CALL_MARK}${run}/${number}/${signature(key, number, body)}`;
}

/** Which call an identifier is said to be of; undefined where it is no identifier of a call. */
export function callOf(inferenceId: string): OwnCall | undefined {
  const [, run, number] = IDENTIFIER.exec(inferenceId) ?? [];
  return run === undefined ? undefined : { run, number: Number(number) };
}

const IDENTIFIER = new RegExp(`^${OWN_CALL_MARK}([\\w-]{16})/(\\d{1,5})/[\\w-]{${SIGNATURE}}$`);

/** Whether a run was asking at a time, in milliseconds since 1970. */
export function isAskingAt({ begin, end }: OwnCallRun, time: number): boolean {
  return time >= Date.parse(begin) - CLOCK_SLACK && time <= Date.parse(end) + CLOCK_SLACK;
}

function signature(key: string, number: number, body: string): string {
  const signed = createHmac('sha256', Buffer.from(key, 'hex')).update(`${number}\n`).update(body);
  return signed.digest('base64url').slice(0, SIGNATURE);
}
