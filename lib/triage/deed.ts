import { randomUUID } from 'node:crypto';
import { objectIn, type PrefixLocation } from '../core/contract';
import { EVENT_SOURCE, type ExecutionReport } from '../outcome/contract';
import {
  AUDIT_FOLDER,
  AUDIT_TAG,
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
  const audit = objectIn(place, `${AUDIT_FOLDER}/${record.at.replaceAll(':', '-')}-${randomUUID()}.json`);
  const text = JSON.stringify(record, undefined, 2);
  await writeContent(audit, text, { tags: { [AUDIT_TAG.key]: AUDIT_TAG.value } });
  await writeExceptions(place, record);
  const auditUri = s3Uri(audit);
  try {
    const detail = { ...record, exceptions: record.exceptions.slice(0, EVENT_EXCEPTIONS), auditUri };
    const event = { Source: EVENT_SOURCE, DetailType: EXCEPTION_DETAIL_TYPE, Detail: JSON.stringify(detail) };
    await putEvent({ ...event, EventBusName: report.publishing?.eventBus });
    return { auditUri };
  } catch (error) {
    return { auditUri, untold: wordsOf(error) };
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
