import type { ExecutionReport, ExecutionStatus, PublicationStep } from '../../lib/outcome/contract';
import { executionReport } from '../../lib/outcome/execution-report';
import { reportDisposition } from '../../lib/outcome/report-disposition';
import { RUN } from './run';

const WHOLE: PublicationStep[] = ['metrics', 'event', 'featureMetrics'];

/** The report that the execution `e1` left. */
function left(status: ExecutionStatus, published: PublicationStep[] = WHOLE): ExecutionReport {
  const report = executionReport({ ...RUN, executionId: 'e1' }, { status: 'Analysed' }, new Date(0));
  return { ...report, outcome: { ...report.outcome, status }, published };
}

test.each([true, false])('a run without a report is concluded, failed (%p) or not', (hasFailed) => {
  expect(reportDisposition(undefined, { executionId: 'e1', hasFailed })).toBe('conclude');
});

test.each<[ExecutionStatus, string, boolean]>([
  ['Completed', 'e1', false],
  ['Completed', 'e2', false],
  ['Completed', 'e2', true],
  ['CompletedWithViolations', 'e2', false],
  ['Watch', 'e2', false],
  ['NoData', 'e2', false],
  ['Failed', 'e1', true],
  ['Failed', 'e1', false],
  ['Failed', 'e2', true],
])('a report of e1 that is %s stands before %s, failed: %p', (status, executionId, hasFailed) => {
  const now = { executionId, hasFailed };
  expect(reportDisposition(left(status), now)).toBe('skip');
  expect(reportDisposition(left(status, ['metrics']), now)).toBe('finish');
  expect(reportDisposition(left(status, []), now)).toBe('finish');
});

test('a failed execution gives way to another that did not fail, however much of it was published', () => {
  const now = { executionId: 'e2', hasFailed: false };
  for (const published of [WHOLE, [WHOLE[0]], []]) {
    expect(reportDisposition(left('Failed', published), now)).toBe('conclude');
  }
});

test('a report whose event was published without its metrics is not whole', () => {
  expect(reportDisposition(left('Completed', ['event']), { executionId: 'e1', hasFailed: false })).toBe('finish');
});
