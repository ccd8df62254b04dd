import type { ObjectLocation, PrefixLocation } from '../../../core/contract';
import { type ExecutionReport, FILES, type ReportOwner, variantFile } from '../../../outcome/contract';
import { listedReport } from '../../../outcome/handler/kept-report';
import type { ComparedBaseline } from '../../../outcome/origin/contract';
import type { ComparedFiles, ReportedRun } from '../../../report';
import { mapConcurrently } from '../../../runtime/concurrency';
import { readJson } from '../../../runtime/s3';
import { type RunFolders, runFolders } from './run-folders';

/** What bias and attributions come to, and what they are compared with. */
const ANALYSIS = 'analysis.json';

/** Reports that are read at the same time. */
const READERS = 8;

/** All that the page of a run is made of: what there is of the files beside its report and of its baseline's, and the reports of the runs before it. */
export async function reportedRun(
  report: ExecutionReport,
  folder: PrefixLocation,
  owner: ReportOwner,
): Promise<ReportedRun> {
  const { own, earlier } = await runFolders(report, folder);
  const violations = await jsonAt<Pick<ReportedRun, 'violations'>>(own.get(FILES.violations));
  return {
    report,
    run: await filesOf(own, (name) => name),
    variants: await variantsOf(own, report),
    baseline: await baselineOf(report.baseline),
    violations: violations?.violations,
    earlier: await reportsAt(earlier, owner),
  };
}

/** The files of each variant, where each was judged apart. */
async function variantsOf(
  own: RunFolders['own'],
  { outcome: { variants = [] } }: ExecutionReport,
): Promise<ReportedRun['variants']> {
  const files: { [variant: string]: ComparedFiles } = {};
  for (const { variant } of variants) files[variant] = await filesOf(own, (name) => variantFile(variant, name));
  return variants.length === 0 ? undefined : files;
}

async function filesOf(own: RunFolders['own'], path: (name: string) => string): Promise<ComparedFiles> {
  return {
    statistics: await jsonAt(own.get(path(FILES.statistics))),
    constraints: await jsonAt(own.get(path(FILES.constraints))),
    analysis: await jsonAt(own.get(path(ANALYSIS))),
  };
}

async function baselineOf(baseline: ComparedBaseline | undefined): Promise<ComparedFiles> {
  const { statistics, constraints } = baseline ?? {};
  const suggested = await jsonAt<ComparedFiles['constraints'] & ComparedFiles['analysis']>(constraints);
  const isAnalysis = constraints?.key.endsWith(ANALYSIS) ?? false;
  return { statistics: await jsonAt(statistics), [isAnalysis ? 'analysis' : 'constraints']: suggested };
}

/** The oldest first; what is none of the monitor's own says nothing. */
async function reportsAt(places: readonly ObjectLocation[], owner: ReportOwner): Promise<ExecutionReport[]> {
  const found = await mapConcurrently(places, READERS, (place) => listedReport(place, owner));
  return found.filter((report) => report !== undefined);
}

/** What a file says that is known to be there; undefined where there is none. */
async function jsonAt<T>(place: ObjectLocation | undefined): Promise<T | undefined> {
  return place && readJson<T>(place);
}
