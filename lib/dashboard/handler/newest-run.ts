import { folderIn, type ObjectLocation, type PrefixLocation } from '../../core/contract';
import { type ExecutionReport, FILES, hourPath, type ReportOwner } from '../../outcome/contract';
import { listedReport } from '../../outcome/handler/kept-report';
import { type KeptDecision, NOTE_SUFFIX } from '../../outcome/retraining/contract';
import { HOUR_MILLISECONDS } from '../../outcome/run-times';
import { nameOf } from '../../runtime/failure';
import { type ListedObject, listObjects, readJson } from '../../runtime/s3';

/** What of a monitor's runs lies in its place. */
export interface NewestRun {
  readonly report: ExecutionReport;
  readonly folder: PrefixLocation;
  /** notes of trainings that were started or declined, the oldest first */
  readonly notes: readonly ListedObject[];
}

/** Hours that are looked at, one after the other, until a run is found: nearly every monitor runs once a day or more, and each within five weeks. */
const HOURS_BACK = [26, 35 * 24] as const;

/** Behind all keys of runs. */
const LAST = '9999';

const REPORT = new RegExp(`^\\d{4}/\\d\\d/\\d\\d/\\d\\d(/\\d\\d)?/${FILES.report}$`);
const NOTE = new RegExp(`/retraining-[^/]+\\${NOTE_SUFFIX}$`);

/** The newest run of a monitor; undefined where none is found. */
export async function newestRun(place: PrefixLocation, owner: ReportOwner, now: Date): Promise<NewestRun | undefined> {
  const root = `${place.prefix}/`;
  for (const hours of HOURS_BACK) {
    const after = root + hourPath(new Date(now.getTime() - hours * HOUR_MILLISECONDS));
    const found = await listObjects(place, root, { after, until: root + LAST });
    const reports = found.filter(({ key }) => REPORT.test(key.slice(root.length))).reverse();
    for (const location of reports) {
      const report = await listedReport(location, owner);
      const path = location.key.slice(root.length, -FILES.report.length - 1);
      if (report) return { report, folder: folderIn(place, path), notes: found.filter(({ key }) => NOTE.test(key)) };
    }
  }
  return undefined;
}

/** What was decided, as its note says; undefined for what is none. */
export async function decisionAt(note: ObjectLocation): Promise<KeptDecision | undefined> {
  try {
    const decision = await readJson<Partial<KeptDecision>>(note);
    return isDecision(decision) ? decision : undefined;
  } catch (error) {
    if (nameOf(error) !== 'MalformedJson') throw error;
    return undefined;
  }
}

function isDecision(value: Partial<KeptDecision> | undefined): value is KeptDecision {
  return typeof value?.pipelineName === 'string' && ['Started', 'Declined'].includes(String(value.decision));
}
