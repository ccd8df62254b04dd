import { log } from '../../runtime/log';
import { confirmed, DEFAULT_ALERT, isConfirmedAlone } from '../confirmation';
import type { AlertSettings, ExecutionReport, ExecutionStatus, Publishing } from '../contract';
import { pauseOf, type ReadExceptions, withExceptions } from '../exception/exceptions';
import {
  type Conclusion,
  executionReport,
  type JudgedConclusion,
  type MonitorRun,
  wholenessOf,
} from '../execution-report';
import { incidentsAfter } from '../incident/incidents';
import type { RunOrigin } from '../origin/contract';
import { decide } from './decision';
import { type EarlierRuns, earlierViolations } from './earlier-runs';
import { keptExceptions } from './kept-exceptions';
import { tell } from './outbox';
import { reportsAround } from './reports-around';
import { hoursWithoutData } from './runs-without-data';

/** How a run ended, as far as its engine knows. */
export interface RunEnd extends Publishing, Pick<RunOrigin, 'baseline' | 'dataAt'> {
  /** Whether it is known to have failed before its data are looked at. */
  readonly hasFailed: boolean;
  /** Whether it is another engine's to tell; asked for only where nothing is decided yet. It is not where absent. */
  readonly isLeft?: () => Promise<boolean>;
  /** Looks at its data; asked for only where nothing that was decided stands. */
  readonly conclusion: (around: KnownAround) => Promise<Conclusion>;
  /** When its violations are confirmed; 2 of the last 3 windows where absent. */
  readonly alert?: AlertSettings;
  /** Where the runs before it have left their reports. */
  readonly earlier: EarlierRuns;
}

/** The reports by which a run knows those around it, as `reportsAround` has them: read once, by whoever asks first. */
export type KnownAround = () => ReturnType<typeof reportsAround>;

/** What a conclusion says it did. */
export interface ConcludedRun {
  /** absent where it is another engine's to tell */
  readonly status?: ExecutionStatus;
  /** false when the run had been concluded and published before, or is another engine's */
  readonly published: boolean;
}

/**
 * Concludes one run of a monitor: files, the decision, metrics, event, in this order. It is decided once, whoever else concludes the window at the same
 * time, and what is decided is told at least once, also after retries.
 */
export async function concludeRun(run: MonitorRun, end: RunEnd): Promise<ConcludedRun> {
  const { executionId } = run;
  const report = async (replaced?: ExecutionReport) =>
    !replaced && (await end.isLeft?.()) ? undefined : newReport(run, end, replaced);
  const decision = await decide(run, { hasFailed: end.hasFailed, report });
  if (!decision) return { published: false };
  const { status, monitorId, executionId: reportedBy, violationCount, failureReason } = decision.report.outcome;
  if (decision.disposition === 'skip') return { status, published: false };
  await tell(decision, end);
  log(decision.disposition, { execution: executionId, reportedBy, monitorId, status, violationCount, failureReason });
  return { status, published: true };
}

async function newReport(run: MonitorRun, end: RunEnd, replaced?: ExecutionReport): Promise<ExecutionReport> {
  const { monitoringId, runMetrics, featureMetrics, eventBus } = end;
  const publishing: Publishing = { monitoringId, runMetrics, featureMetrics, eventBus };
  return { ...executionReport(run, await judged(run, end, replaced), new Date()), publishing, ...origin(end) };
}

/** Which run of its monitor it is, and what it was compared with. */
function origin({ earlier, baseline, dataAt }: RunEnd): RunOrigin {
  const { everyHours, startHour, clock } = earlier.times;
  return { due: earlier.due.toISOString(), times: { everyHours, startHour, clock }, baseline, dataAt };
}

/** What a run came to, with the windows before it in mind: they are read only where that makes a difference. */
async function judged(run: MonitorRun, end: RunEnd, replaced?: ExecutionReport): Promise<JudgedConclusion> {
  const { monitorKind: kind } = run;
  const { alert = DEFAULT_ALERT, earlier } = end;
  let known: ReturnType<typeof reportsAround> | undefined;
  const around = () => (known ??= reportsAround(earlier, run, replaced));
  const conclusion = await withTime(await end.conclusion(around), run, end);
  const { violations: found = [], status } = conclusion;
  const isOpen = found.some((violation) => !isConfirmedAlone(kind, violation, alert));
  const windows = isOpen ? await earlierViolations(earlier, run, alert.lastWindows - 1) : [];
  const { everyHours } = earlier.times;
  const before = windows.map(({ violated }) => violated);
  const alone = confirmed({ kind, violations: found, alert, earlier: before, everyHours });
  const { exceptions, problems } = hasToTell(run, conclusion) ? await keptExceptions(earlier.output) : NO_EXCEPTIONS;
  const paused = pauseOf(exceptions, run.window.end);
  const violations = withExceptions(alone, exceptions, run.window.end);
  const incidents = incidentsAfter({
    ...{ kind, status, violations, earlier: windows, windowsToEnd: alert.windows },
    isPaused: paused !== undefined,
    start: run.window.start.toISOString(),
    end: run.window.end.toISOString(),
    ...(await around()),
  });
  const exceptionProblems = problems.length > 0 ? problems : undefined;
  return { ...conclusion, violations, incidents, exceptionProblems, paused };
}

/** Whether there is something that people may have wanted quiet. */
function hasToTell(run: MonitorRun, conclusion: Conclusion): boolean {
  if (conclusion.violations && conclusion.violations.length > 0) return true;
  return wholenessOf(run, { ...conclusion, violations: [] }).health.level > 0;
}

/** Of a run that has nothing that they could keep quiet: they are not read. */
const NO_EXCEPTIONS: ReadExceptions = { exceptions: [], problems: [] };

/** Of a run without data, how long that has been so. */
async function withTime(conclusion: Conclusion, run: MonitorRun, { earlier, dataAt }: RunEnd): Promise<Conclusion> {
  if (conclusion.status !== 'NoData') return conclusion;
  const place = { dataAt, endpointName: run.endpointName };
  return { ...conclusion, withoutData: await hoursWithoutData(earlier, { ...run, place }) };
}
