import { randomUUID } from 'node:crypto';
import { objectIn, type PrefixLocation } from '../core/contract';
import { EVENT_SOURCE, type ExecutionReport } from '../outcome/contract';
import {
  AUDIT_FOLDER,
  AUDIT_TAG,
  type BackFillRecord,
  EXCEPTION_DETAIL_TYPE,
  EXCEPTIONS_FILE,
  type ExceptionRecord,
} from '../outcome/exception/contract';
import { putEvent } from '../runtime/events';
import { wordsOf } from '../runtime/failure';
import {
  contended,
  parseJson,
  readVersionIfExists,
  s3Uri,
  WRITE_ROUNDS,
  writeContent,
  writeJsonInPlaceOf,
} from '../runtime/s3';
import { changed } from './exception-change';

/** Exceptions in one event, far below its 256 KB. */
const EVENT_EXCEPTIONS = 20;

/** What came of a deed. */
export interface Done {
  /** where it is recorded */
  readonly auditUri: string;
  /** why no event tells of it; absent where one does */
  readonly untold?: string;
}

/**
 * Does what a record says, in this order: the record, the exceptions, the event. Two who do so at once lose nothing of each other's: each writes only in place of what it has read.
 * An event that cannot be put takes nothing back.
 */
export async function doAndTell(
  place: PrefixLocation,
  report: ExecutionReport,
  record: ExceptionRecord,
): Promise<Done> {
  const auditUri = await recorded(place, record);
  await writeExceptions(place, record);
  const detail = { ...record, exceptions: record.exceptions.slice(0, EVENT_EXCEPTIONS), auditUri };
  return { auditUri, untold: await untold(report, { type: EXCEPTION_DETAIL_TYPE, detail }) };
}

/** Leaves a record of what is about to be done; returns where. */
export async function recorded(place: PrefixLocation, record: ExceptionRecord | BackFillRecord): Promise<string> {
  const audit = objectIn(place, `${AUDIT_FOLDER}/${record.at.replaceAll(':', '-')}-${randomUUID()}.json`);
  await writeContent(audit, JSON.stringify(record, undefined, 2), { tags: { [AUDIT_TAG.key]: AUDIT_TAG.value } });
  return s3Uri(audit);
}

/** Puts an event of what was done on the bus of the monitor; returns why there is none, undefined where there is. */
export async function untold(
  report: ExecutionReport,
  { type, detail }: { readonly type: string; readonly detail: object },
): Promise<string | undefined> {
  const event = { Source: EVENT_SOURCE, DetailType: type, Detail: JSON.stringify(detail) };
  try {
    await putEvent({ ...event, EventBusName: report.publishing?.eventBus });
    return undefined;
  } catch (error) {
    return wordsOf(error);
  }
}

async function writeExceptions(place: PrefixLocation, record: ExceptionRecord): Promise<void> {
  const location = objectIn(place, EXCEPTIONS_FILE);
  for (let round = 0; round < WRITE_ROUNDS; round++) {
    const found = await readVersionIfExists(location);
    const next = changed(found && parseJson(found.text, location), record);
    if (!next || (await writeJsonInPlaceOf(location, found?.etag, next))) return;
  }
  throw contended(location);
}
