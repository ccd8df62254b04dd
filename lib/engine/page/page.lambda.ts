import { type ObjectLocation, objectIn, type PrefixLocation } from '../../core/contract';
import { type ExecutionReport, FILES, type ReportOwner } from '../../outcome/contract';
import { expectedReport } from '../../outcome/handler/kept-report';
import { isSameDecision, mayGiveWay } from '../../outcome/report-disposition';
import { renderRunReport } from '../../report';
import { Failure } from '../../runtime/failure';
import { log } from '../../runtime/log';
import { s3Uri, writeContent } from '../../runtime/s3';
import type { PageRequest } from './contract';
import { reportedRun } from './handler/run-files';

/**
 * Draws a run that was told: `report.html` beside its report, of the files that lie there. A run that is told again is drawn again, to the same page.
 *
 * The event is the sign that there is something to draw, and says where; all that is drawn is read from S3, and only a report of the stack's own monitor is. What another outcome took the place
 * of while it was drawn is drawn again: that one's page may have been there before, and was written over.
 */
export const handler = async (request: PageRequest): Promise<void> => {
  const { account: accountId, region, monitorId } = request;
  const owner: ReportOwner = { accountId, region, monitorId };
  const folder = folderOf(request);
  const place = objectIn(folder, FILES.report);
  const kept = await expectedReport(place, owner);
  if (!kept) throw notReported(owner, place);
  const page = renderRunReport(await reportedRun(kept.report, folder, owner));
  await writeContent(objectIn(folder, FILES.page), page, { contentType: 'text/html; charset=utf-8' });
  log('page written', { monitorId, report: s3Uri(place), characters: page.length });
  if (await hasGivenWay(kept.report, place, owner)) await handler(request);
};

/** Asks only of what may give way, which few runs do. */
async function hasGivenWay(drawn: ExecutionReport, place: ObjectLocation, owner: ReportOwner): Promise<boolean> {
  if (!mayGiveWay(drawn)) return false;
  const standing = await expectedReport(place, owner);
  return standing !== undefined && !isSameDecision(standing.report, drawn);
}

const FOLDER = /^s3:\/\/([^/]+)\/(.+)\/$/;

/** Where the run's files are: in a bucket of the stack's reports. */
function folderOf({ reportUri, buckets }: PageRequest): PrefixLocation {
  const [, name, prefix] = FOLDER.exec(String(reportUri)) ?? [];
  const bucket = buckets?.find((known) => known.bucket === name);
  if (bucket && prefix !== undefined) return { ...bucket, prefix };
  throw new Failure(
    'MalformedEvent',
    "the request's 'reportUri' is no folder in a bucket of the stack's reports; the rule of the stack's pages sends such requests, or whoever may put events on its bus has written it. Nothing was drawn",
  );
}

function notReported({ monitorId }: ReportOwner, place: ObjectLocation): Failure {
  return new Failure(
    'OutcomeNotReported',
    `an event tells of a run of monitor ${monitorId}, and there is no report ${s3Uri(place)}: the report was moved or deleted, or nobody ran and somebody else put the event; nothing was drawn`,
  );
}
