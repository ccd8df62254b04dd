import { randomUUID } from 'node:crypto';
import type { ObjectLocation } from '../core/contract';
import { objectIn } from '../core/contract';
import {
  EXCEPTIONS_FILE,
  type ExceptionDeed,
  type ExceptionKind,
  type ExceptionRecord,
  type MonitorException,
} from '../outcome/exception/contract';
import { exceptionsIn, type ReadExceptions } from '../outcome/exception/exceptions';
import type { Caller } from '../runtime/caller';
import { Failure } from '../runtime/failure';
import { parseJson, readTextIfExists } from '../runtime/s3';
import { type Done, doAndTell } from './deed';
import { chosenFindings, endOf, type FindingChoice } from './exception-change';
import type { FoundRun } from './monitor-place';
import { overrideCode } from './override-code';
import { type TriageTarget, target } from './target';

export { backFill } from './back-fill';
export { PartStore } from './part-store';
export type { TriageTarget } from './target';

/** What is to be quiet: findings of the window that are named, or that were confirmed, or all of the monitor. */
export interface Triage extends TriageTarget, FindingChoice {
  readonly kind: ExceptionKind;
  /** as `endOf` takes it */
  readonly until: string;
  readonly reason: string;
}

/** What was done, and what of it a program does not do. */
export interface TriageResult extends Done {
  readonly record: ExceptionRecord;
  /** what would allow the findings for good, line by line; none where nothing single is accepted */
  readonly code: readonly string[];
}

/** What people said of a monitor, and where. */
export interface ListedExceptions extends ReadExceptions {
  readonly monitorId: string;
  readonly location: ObjectLocation;
}

/** Makes findings quiet for some time. Throws a `Failure` where nothing was done. */
export async function except(triage: Triage): Promise<TriageResult> {
  const { kind, reason, until: words } = triage;
  const now = new Date();
  const until = endOf(words, kind, now);
  if (typeof until === 'string') throw new Failure('InvalidUntil', until);
  const { caller, run } = await target(triage);
  const findings = kind === 'Accepted' ? chosenFindings(run.report, triage) : [];
  if (kind === 'Accepted' && findings.length === 0) throw nothingToAccept(run);
  const said = { reason, by: caller.arn, at: now.toISOString(), until: until.toISOString() };
  const made = (kind === 'Accepted' ? findings : [undefined]).map(
    (finding): MonitorException => ({ id: randomUUID(), kind, finding, ...said }),
  );
  const record = recordOf(run, { deed: kind, exceptions: made, caller, reason, at: now });
  const code = findings.length > 0 ? overrideCode(run.report, findings) : [];
  return { record, code, ...(await doAndTell(run.place, run.report, record)) };
}

/** Takes exceptions back, by their ids. Throws a `Failure` where nothing was done. */
export async function withdraw(
  address: TriageTarget & { readonly ids: readonly string[]; readonly reason: string },
): Promise<TriageResult> {
  const { caller, run } = await target(address);
  const { exceptions } = await listed(run);
  const taken = exceptions.filter(({ id }) => address.ids.includes(id));
  if (taken.length < address.ids.length)
    throw new Failure(
      'NoSuchException',
      `not all of ${address.ids.join(', ')} are there; 'exceptions' lists which are`,
    );
  const record = recordOf(run, {
    ...{ deed: 'Withdrawn', exceptions: taken, caller, reason: address.reason, at: new Date() },
  });
  return { record, code: [], ...(await doAndTell(run.place, run.report, record)) };
}

/** What people said of a monitor's findings. */
export async function listExceptions(address: TriageTarget): Promise<ListedExceptions> {
  return listed((await target(address)).run);
}

async function listed({ place, report }: FoundRun): Promise<ListedExceptions> {
  const location = objectIn(place, EXCEPTIONS_FILE);
  const text = await readTextIfExists(location);
  const content = text === undefined ? { version: '1', exceptions: [] } : parseJson(text, location);
  return { monitorId: report.outcome.monitorId, location, ...exceptionsIn(content, new Date()) };
}

/** What a record is made of. */
interface Deed {
  readonly deed: ExceptionDeed;
  readonly exceptions: readonly MonitorException[];
  readonly caller: Caller;
  readonly reason: string;
  readonly at: Date;
}

function recordOf({ report }: FoundRun, { deed, exceptions, caller, reason, at }: Deed): ExceptionRecord {
  const { monitorId, windowStart } = report.outcome;
  return {
    ...{ version: '1', deed, monitorId, by: caller.arn, reason, at: at.toISOString() },
    ...(deed === 'Accepted' && { windowStart }),
    ...{ exceptions, exceptionCount: exceptions.length },
  };
}

function nothingToAccept({ report: { outcome } }: FoundRun): Failure {
  const what = `the window from ${outcome.windowStart} has no finding that is meant`;
  return new Failure(
    'NothingToAccept',
    `${what}: ${outcome.violationCount} are confirmed; name another by --feature and --check`,
  );
}
