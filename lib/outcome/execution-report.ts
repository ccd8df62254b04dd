import type { PrefixLocation } from '../core/contract';
import type { EventViolation, ExecutionCompletedDetail, ExecutionReport, ExecutionStatus, RunWindow } from './contract';

/** One run of a monitor, whatever engine made it. */
export interface MonitorRun
  extends Pick<ExecutionCompletedDetail, 'executionId' | 'monitorId' | 'monitorKind' | 'endpointName' | 'engine'> {
  readonly window: RunWindow;
  /** where its report goes */
  readonly folder: PrefixLocation;
}

/** What a run came to; whatever is absent, the run did not get to, or the engine does not say. */
export interface Conclusion
  extends Partial<Omit<ExecutionReport, 'version' | 'outcome' | 'concludedAt' | 'published'>> {
  readonly status: ExecutionStatus;
  readonly recordCount?: number;
  readonly violations?: readonly EventViolation[];
  readonly failureReason?: string;
}

/**
 * Violations in one event; with texts cut as below they stay far under the 256 KB of an entry.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 */
const EVENT_VIOLATIONS = 20;
const NAME_CHARACTERS = 256;
const TEXT_CHARACTERS = 512;

/** The report of a run, nothing of it published yet. */
export function executionReport(run: MonitorRun, conclusion: Conclusion, now: Date): ExecutionReport {
  const { status, recordCount, violations, failureReason, ...found } = conclusion;
  const { window, folder, ...identity } = run;
  return {
    version: '1',
    outcome: {
      version: '1',
      ...identity,
      status,
      windowStart: window.start.toISOString(),
      windowEnd: window.end.toISOString(),
      recordCount: recordCount ?? 0,
      violationCount: violations?.length ?? 0,
      violations: eventViolations(violations ?? []),
      reportUri: `s3://${folder.bucket}/${folder.prefix}/`,
      failureReason,
    },
    concludedAt: now.toISOString(),
    published: [],
    ...found,
    distances: found.distances ?? [],
    notEvaluated: found.notEvaluated ?? [],
  };
}

/** The violations that an event carries: the first 20, long texts cut. */
function eventViolations(violations: readonly EventViolation[]): EventViolation[] {
  return violations.slice(0, EVENT_VIOLATIONS).map(({ feature, check, description, ...figures }) => ({
    ...figures,
    feature: feature.slice(0, NAME_CHARACTERS),
    check: check.slice(0, NAME_CHARACTERS),
    description: description.slice(0, TEXT_CHARACTERS),
    expectedType: figures.expectedType?.slice(0, NAME_CHARACTERS),
  }));
}
