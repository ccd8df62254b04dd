import { constraintKey } from '../outcome/confirmation';
import type { ExecutionReport } from '../outcome/contract';
import {
  EXCEPTIONS_FILE,
  type ExceptedFinding,
  type ExceptionRecord,
  LONGEST_DAYS,
  type MonitorException,
  type MonitorExceptions,
} from '../outcome/exception/contract';
import { DAY_MILLISECONDS, exceptionsIn } from '../outcome/exception/exceptions';
import { Failure } from '../runtime/failure';

/** How long exceptions stay in the file when they are over: windows that end before may be judged later. */
const KEPT_DAYS = 7;

/**
 * The file after a deed, of what it was before: what is made takes the place of what was said of the same findings, what is taken back is not there, and what
 * was over long ago is left out. What is no exception stays, as it is not for a program to throw away. Undefined where the deed is done already.
 */
export function changed(
  content: unknown,
  { deed, exceptions, at }: Pick<ExceptionRecord, 'deed' | 'exceptions' | 'at'>,
): MonitorExceptions | undefined {
  const listed: readonly unknown[] = listOf(content);
  const ids = new Set(exceptions.map(({ id }) => id));
  const isNamed = (one: unknown) => ids.has((one as Partial<MonitorException> | null)?.id ?? '');
  if (deed === 'Withdrawn') {
    if (!listed.some(isNamed)) return undefined;
    return { version: '1', exceptions: listed.filter((one) => !isNamed(one)) as MonitorException[] };
  }
  if (listed.some(isNamed)) return undefined;
  const keys = new Set(exceptions.map(subjectOf));
  const since = new Date(Date.parse(at) - KEPT_DAYS * DAY_MILLISECONDS).toISOString();
  const isLeft = (one: unknown) => !isException(one, at) || (one.until >= since && !keys.has(subjectOf(one)));
  return { version: '1', exceptions: [...(listed.filter(isLeft) as MonitorException[]), ...exceptions] };
}

/** What is no file of exceptions at all is none to add to. */
function listOf(content: unknown): readonly unknown[] {
  if (content === undefined) return [];
  const { version, exceptions } = (content ?? {}) as Partial<MonitorExceptions>;
  if (version === '1' && Array.isArray(exceptions)) return exceptions;
  throw new Failure(
    'MalformedExceptions',
    `${EXCEPTIONS_FILE} has no version "1", or no list of exceptions; look at it, and mend it, or move it away`,
  );
}

const isException = (one: unknown, at: string): one is MonitorException =>
  exceptionsIn({ version: '1', exceptions: [one] }, new Date(at)).exceptions.length === 1;

const subjectOf = ({ kind, finding }: MonitorException) =>
  JSON.stringify([kind, kind === 'Accepted' && finding ? constraintKey(finding) : '']);

/** Which findings of a window are meant. */
export interface FindingChoice {
  readonly feature?: string;
  readonly check?: string;
}

/** The findings of a window that are to be accepted: those that are named, confirmed or not, or else all that are confirmed. */
export function chosenFindings({ violated, outcome }: ExecutionReport, choice: FindingChoice): ExceptedFinding[] {
  const { feature, check } = choice;
  const isNamed = feature !== undefined || check !== undefined;
  const chosen = isNamed
    ? violated.filter((one) => (feature ?? one.feature) === one.feature && (check ?? one.check) === one.check)
    : violated.slice(0, outcome.violationCount); // those come first
  return chosen.map(({ feature, variant, check }) => ({ feature, variant, check }));
}

/** When something is to end, of words as `2026-03-11`, `2026-03-11T09:00` (UTC), `12h` or `7d`; or what is wrong with them. */
export function endOf(words: string, kind: MonitorException['kind'], now: Date): Date | string {
  const until = timeOf(words, now);
  const longest = LONGEST_DAYS[kind];
  if (!until)
    return `--until is "${words}": a date as 2026-03-11, a time of UTC as 2026-03-11T09:00, 12h or 7d is needed`;
  if (until <= now) return `--until is "${words}": that is over`;
  if (until.getTime() > now.getTime() + longest * DAY_MILLISECONDS)
    return `--until is "${words}": ${longest} days are the most, as nothing is muted for ever`;
  return until;
}

function timeOf(words: string, now: Date): Date | undefined {
  const [, count, unit] = /^(\d{1,4})([hd])$/.exec(words) ?? [];
  if (count) return new Date(now.getTime() + Number(count) * (unit === 'h' ? DAY_MILLISECONDS / 24 : DAY_MILLISECONDS));
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{3})?)?)?Z?$/.test(words)) return undefined;
  const [day, time = '00:00'] = words.replace(/Z$/, '').split('T');
  const end = new Date(`${day}T${time}Z`);
  return Number.isNaN(end.getTime()) || end.toISOString().slice(0, day.length) !== day ? undefined : end;
}
