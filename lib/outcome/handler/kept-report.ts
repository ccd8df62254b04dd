import type { ObjectLocation } from '../../core/contract';
import { Failure, nameOf, wordsOf } from '../../runtime/failure';
import { log } from '../../runtime/log';
import { parseJson, readVersionIfExists, s3Uri } from '../../runtime/s3';
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
  if (!object) return undefined;
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

/** As `keptReport`, for whoever only wants to know what a report says: what is none of one's own says nothing, and the log says why. */
export async function usableReport(location: ObjectLocation, own: ReportOwner): Promise<ExecutionReport | undefined> {
  try {
    return (await keptReport(location, own))?.report;
  } catch (error) {
    if (!UNUSABLE.includes(nameOf(error))) throw error;
    log('report not used', { report: s3Uri(location), reason: wordsOf(error) });
    return undefined;
  }
}
