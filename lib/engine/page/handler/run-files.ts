import type { ObjectLocation, PrefixLocation } from '../../../core/contract';
import { KINDS } from '../../../kind/kinds';
import { type ExecutionReport, FILES, type ReportOwner } from '../../../outcome/contract';
import { listedReport } from '../../../outcome/handler/kept-report';
import type { ComparedBaseline } from '../../../outcome/origin/contract';
import { filesOfRun, type JsonOf, type ReportedRun } from '../../../report';
import { mapConcurrently } from '../../../runtime/concurrency';
import { readJson } from '../../../runtime/s3';
import { runFolders } from './run-folders';

/** Reports that are read at the same time. */
const READERS = 8;

/** All that the page of a run is made of: what there is of the files beside its report and of its baseline's, and the reports of the runs before it. */
export async function reportedRun(
  report: ExecutionReport,
  folder: PrefixLocation,
  owner: ReportOwner,
): Promise<ReportedRun> {
  const { own, earlier } = await runFolders(report, folder);
  const files = await filesOfRun(report, {
    own: jsonAt((name) => own.get(name)),
    baseline: jsonAt(baselineOf(report)),
  });
  return { report, ...files, earlier: await reportsAt(earlier, owner) };
}

/** What a file says that is known to be there; undefined where there is none. */
function jsonAt(placeOf: (name: string) => ObjectLocation | undefined): JsonOf {
  return async <T>(name: string) => {
    const place = placeOf(name);
    return place && readJson<T>(place);
  };
}

/** What the run was compared with, by the names of its kind: users' own files may be called otherwise. */
function baselineOf({ baseline, outcome }: ExecutionReport): (name: string) => ObjectLocation | undefined {
  const { statistics, constraints }: Partial<ComparedBaseline> = baseline ?? {};
  const { constraintsFile } = KINDS[outcome.monitorKind].baseline;
  const places: { readonly [name: string]: ObjectLocation | undefined } = {
    [FILES.statistics]: statistics,
    [constraintsFile]: constraints,
  };
  return (name) => places[name];
}

/** The oldest first; what is none of the monitor's own says nothing. */
async function reportsAt(places: readonly ObjectLocation[], owner: ReportOwner): Promise<ExecutionReport[]> {
  const found = await mapConcurrently(places, READERS, (place) => listedReport(place, owner));
  return found.filter((report) => report !== undefined);
}
