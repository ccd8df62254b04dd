import { randomUUID } from 'node:crypto';
import { type ObjectLocation, objectIn } from '../../core/contract';
import { contended, WRITE_ROUNDS, writeJsonInPlaceOf } from '../../runtime/s3';
import { type ExecutionReport, FILES, type PublicationStep, type ReportOwner } from '../contract';
import type { MonitorRun } from '../execution-report';
import {
  type ConcludingRun,
  decided,
  isSameDecision,
  type ReportDisposition,
  reportDisposition,
  withPublished,
} from '../report-disposition';
import { formerDecision, toldThen } from './former-reports';
import { keptReport } from './kept-report';

/** What is decided about a window: the report at the window's key, the one truth of every engine. */
export interface Decision {
  readonly location: ObjectLocation;
  readonly report: ExecutionReport;
  /** of the object; absent where only an earlier version's report beside the files says what was decided */
  readonly version?: string;
  /** whose decisions count here */
  readonly owner: ReportOwner;
}

/** A decision that was made now (`conclude`), or stood before and is not told whole (`finish`), or is (`skip`). */
export interface Decided extends Decision {
  readonly disposition: ReportDisposition;
}

/** What an execution knows of its run when it comes to decide. */
export interface Proposal {
  /** Whether it is known to have failed before its data are looked at. */
  readonly hasFailed: boolean;
  /** What the run comes to; asked for once at most, and only where nothing stands but what is `replaced`. Undefined where another engine is to decide. */
  readonly report: (replaced: ExecutionReport | undefined) => Promise<ExecutionReport | undefined>;
}

/** What is decided about a window; undefined where nothing is. */
export async function decisionAt(location: ObjectLocation, owner: ReportOwner): Promise<Decision | undefined> {
  const kept = await keptReport(location, owner);
  return kept && { ...kept, report: await toldThen(kept.report, location, owner), location, owner };
}

/**
 * Decides what the window of a run comes to, once: whoever writes the report at the window's key first, in place of nothing or of one that gives way.
 * Everyone else gets what was decided. Undefined where another engine is to decide.
 */
export async function decide(run: MonitorRun, proposal: Proposal): Promise<Decided | undefined> {
  const location = objectIn(run.windowFolder, FILES.report);
  const token = randomUUID();
  let comesTo: ConcludingRun['comesTo'] = proposal.hasFailed ? { status: 'Failed' } : undefined;
  let report: ExecutionReport | undefined;
  for (let round = 0; round < WRITE_ROUNDS; round++) {
    const found = (await decisionAt(location, run)) ?? (await formerDecision(run, location));
    if (found?.report.token === token) return { ...found, disposition: 'conclude' }; // it was won, and the answer lost
    const disposition = reportDisposition(found?.report, { executionId: run.executionId, comesTo });
    if (found && disposition !== 'conclude') return { ...found, disposition };
    if (!report) {
      report = await proposal.report(found?.report);
      if (!report) return undefined;
      comesTo = report.outcome;
      if (found) continue; // a run that comes to no more does not replace it
    }
    const own = decided(report, found?.report, token);
    const version = await writeJsonInPlaceOf(location, found?.version, own);
    if (version) return { location, report: own, version, owner: run, disposition: 'conclude' };
  }
  throw contended(location);
}

/** Remembers what of a decision is told; returns it as it stands then. Undefined where another decision has come in its place: it is that one's to tell. */
export async function noteTold(decision: Decision, steps: readonly PublicationStep[]): Promise<Decision | undefined> {
  const { location, owner } = decision;
  let current: Decision | undefined = decision;
  for (let round = 0; round < WRITE_ROUNDS; round++) {
    const report = withPublished(current.report, steps);
    const version = await writeJsonInPlaceOf(location, current.version, report);
    if (version) return { ...current, report, version };
    current = await decisionAt(location, owner);
    if (!current || !isSameDecision(current.report, decision.report)) return undefined;
    if (steps.every((step) => current?.report.published.includes(step))) return current;
  }
  throw contended(location);
}
