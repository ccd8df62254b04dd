import type { EventViolation, ExecutionReport, ExecutionStatus } from '../../outcome/contract';
import { eventViolations } from '../../outcome/publication.lambda-shared';
import { type MonitorRequest, reportPrefix } from './contract';
import { analysisWindow } from './plan-items';

/** What a run came to; whatever is absent, the run did not get to. */
export interface Conclusion
  extends Partial<Pick<ExecutionReport, 'objectCount' | 'lateObjects' | 'unreadable' | 'distances' | 'notEvaluated'>> {
  readonly status: ExecutionStatus;
  readonly recordCount?: number;
  readonly violations?: EventViolation[];
  readonly failureReason?: string;
}

/** One run of a monitor, and the time of its conclusion. */
export interface ConcludedRun {
  readonly request: MonitorRequest;
  readonly execution: string;
  readonly now: Date;
}

/** The report of a run, nothing of it published yet. */
export function executionReport({ request, execution, now }: ConcludedRun, conclusion: Conclusion): ExecutionReport {
  const { monitor, output } = request;
  const { status, failureReason, violations = [] } = conclusion;
  const window = analysisWindow(request.scheduledTime, request.windowHours);
  return {
    version: '1',
    outcome: {
      version: '1',
      executionId: execution,
      monitorId: monitor.id,
      monitorKind: monitor.kind,
      endpointName: monitor.endpointName,
      engine: 'serverless',
      status,
      windowStart: window.start.toISOString(),
      windowEnd: window.end.toISOString(),
      recordCount: conclusion.recordCount ?? 0,
      violationCount: violations.length,
      violations: eventViolations(violations),
      reportUri: `s3://${output.bucket}/${reportPrefix(output.prefix, request.scheduledTime)}/`,
      failureReason,
    },
    concludedAt: now.toISOString(),
    published: [],
    objectCount: conclusion.objectCount,
    lateObjects: conclusion.lateObjects,
    unreadable: conclusion.unreadable,
    distances: conclusion.distances ?? [],
    notEvaluated: conclusion.notEvaluated ?? [],
  };
}
