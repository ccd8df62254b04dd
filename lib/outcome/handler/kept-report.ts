import type { ObjectLocation } from '../../core/contract';
import { Failure, nameOf, wordsOf } from '../../runtime/failure';
import { log } from '../../runtime/log';
import {
  parseJson,
  readVersion,
  readVersionIfExists,
  readVersionIfKept,
  s3Uri,
  type VersionedText,
} from '../../runtime/s3';
import type { ExecutionReport, ReportOwner } from '../contract';
import { isReport, otherOwner } from '../report-owner';

/** A report as it was read, and which version of its object that was. */
export interface KeptReport {
  readonly report: ExecutionReport;
  readonly version: string;
}

/** What lies where a report should, and is none, or none of one's own. */
const UNUSABLE = ['MalformedJson', 'MalformedReport', 'ReportOfAnother'];

/** The report at a place; undefined where there is none. Throws `MalformedJson`, `MalformedReport` or `ReportOfAnother` for what is none of one's own. */
export async function keptReport(location: ObjectLocation, own: ReportOwner): Promise<KeptReport | undefined> {
  const object = await readVersionIfExists(location);
  return object && ownReport(object, location, own);
}

/** As `keptReport`, of a run that was told, and so has left one: it is not looked for before. */
export async function expectedReport(location: ObjectLocation, own: ReportOwner): Promise<KeptReport | undefined> {
  const object = await readVersionIfKept(location);
  return object && ownReport(object, location, own);
}

/** What was read at a place, as a report of one's own. */
function ownReport(object: VersionedText, location: ObjectLocation, own: ReportOwner): KeptReport {
  const report = parseJson<unknown>(object.text, location);
  if (!isReport(report)) {
    throw new Failure(
      'MalformedReport',
      `${s3Uri(location)} is no report of a run; move it away, and run the window again`,
    );
  }
  const other = otherOwner(report, own);
  if (other === undefined) return { report, version: object.etag };
  const { monitorId, accountId, region } = own;
  throw new Failure(
    'ReportOfAnother',
    `${s3Uri(location)} is the report of ${other}, and not of monitor ${monitorId} of account ${accountId} in ${region}; give each its own 'reportsBucket' or 'reportsPrefix'`,
  );
}

/** As `keptReport`, for whoever only wants to know what a report says: what is none of one's own says nothing, and the log says why. @param read how it is read */
export async function usableReport(
  location: ObjectLocation,
  own: ReportOwner,
  read: typeof keptReport = keptReport,
): Promise<ExecutionReport | undefined> {
  return usable(location, async () => (await read(location, own))?.report);
}

/** As `usableReport`, of a place that a listing has just named: it is not looked for again, which S3 bills as a write. */
export async function listedReport(location: ObjectLocation, own: ReportOwner): Promise<ExecutionReport | undefined> {
  return usable(location, async () => ownReport(await readVersion(location), location, own).report);
}

async function usable<T>(location: ObjectLocation, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!UNUSABLE.includes(nameOf(error))) throw error;
    log('report not used', { report: s3Uri(location), reason: wordsOf(error) });
    return undefined;
  }
}
