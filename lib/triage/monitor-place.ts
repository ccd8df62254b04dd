import { type BucketLocation, type ObjectLocation, objectIn, type PrefixLocation } from '../core/contract';
import { s3AddressOf } from '../core/s3-address';
import { type ExecutionReport, FILES, hourPath } from '../outcome/contract';
import { isReport } from '../outcome/report-owner';
import { HOUR_MILLISECONDS } from '../outcome/run-times';
import { Failure } from '../runtime/failure';
import { listObjects, parseJson, readText, s3Uri } from '../runtime/s3';

/** Where a monitor's reports are looked for. */
export interface MonitorAddress {
  /** `s3://bucket/.../2026/03/04/09/`, as messages have it; or else the two below */
  readonly report?: string;
  /** `s3://bucket/prefix` of the reports of all monitors */
  readonly reports?: string;
  readonly monitorId?: string;
  /** when a window began, as 2026-03-04T08:00; the last one where absent */
  readonly window?: string;
}

/** A report, and the place of its monitor. */
export interface FoundRun {
  readonly report: ExecutionReport;
  readonly place: PrefixLocation;
}

/** How long after its window began a report may lie: windows of a day whose labels take a week. */
const HOURS_LATER = 9 * 24;

/** Keys of reports end so, below their monitor's. */
const REPORT = new RegExp(`^\\d{4}/\\d\\d/\\d\\d/\\d\\d(/\\d\\d)?/${FILES.report}$`);

/** The run that is meant. Throws `NoSuchRun` where none is found. @param bucketOwner the account that the bucket belongs to */
export async function findRun(address: MonitorAddress, bucketOwner: string): Promise<FoundRun> {
  return address.report === undefined ? listedRun(address, bucketOwner) : namedRun(address.report, bucketOwner);
}

async function namedRun(uri: string, bucketOwner: string): Promise<FoundRun> {
  const { prefix, ...bucket } = placeOf(uri.replace(new RegExp(`/?${FILES.report}$`), ''), bucketOwner);
  const location = objectIn({ ...bucket, prefix }, FILES.report);
  const report = await reportAt(location);
  const { monitorId } = report.outcome;
  const end = `/${prefix}/`.lastIndexOf(`/${monitorId}/`) + monitorId.length;
  if (end < monitorId.length) throw noRun(`${s3Uri(location)} is of ${monitorId}, and does not lie below it`);
  return { report, place: { ...bucket, prefix: prefix.slice(0, end) } };
}

async function listedRun({ reports = '', monitorId = '', window }: MonitorAddress, owner: string): Promise<FoundRun> {
  const { prefix: root, ...bucket } = placeOf(reports, owner);
  const place = { ...bucket, prefix: root === '' ? monitorId : `${root}/${monitorId}` };
  const found = await reportsBetween(place, window === undefined ? lastHours() : hoursOf(window));
  for (const location of window === undefined ? found.reverse() : found) {
    const report = await reportAt(location);
    if (report.outcome.monitorId !== monitorId) continue;
    if (window === undefined || Date.parse(report.outcome.windowStart) === timeOf(window)) return { report, place };
  }
  const which = window === undefined ? `of the last ${HOURS_LATER / 24} days` : `whose window began at ${window}`;
  throw noRun(`there is no report ${which} below s3://${place.bucket}/${place.prefix}/`);
}

const lastHours = () => [Date.now() - HOURS_LATER * HOUR_MILLISECONDS, Date.now()] as const;

const hoursOf = (window: string) => [timeOf(window), timeOf(window) + HOURS_LATER * HOUR_MILLISECONDS] as const;

const timeOf = (window: string) => Date.parse(/Z$/.test(window) ? window : `${window}Z`);

async function reportsBetween(place: PrefixLocation, times: readonly [number, number]): Promise<ObjectLocation[]> {
  const root = `${place.prefix}/`;
  const [after, until] = times.map((time) => root + hourPath(new Date(time)));
  const objects = await listObjects(place, root, { after, until: `${until}~` });
  return objects.filter(({ key }) => REPORT.test(key.slice(root.length)));
}

async function reportAt(location: ObjectLocation): Promise<ExecutionReport> {
  const report = parseJson<unknown>(await readText(location), location);
  if (isReport(report)) return report;
  throw noRun(`${s3Uri(location)} is no report of a run`);
}

/** A bucket and a prefix without slash at its end. */
function placeOf(uri: string, bucketOwner: string): BucketLocation & { readonly prefix: string } {
  const address = s3AddressOf(uri);
  if (!address) throw noRun(`"${uri}" is no address as s3://bucket/prefix`);
  return { ...address, bucketOwner };
}

const noRun = (what: string) =>
  new Failure('NoSuchRun', `${what}; a message of the monitor, and report.json as 'reportUri', have the address`);
