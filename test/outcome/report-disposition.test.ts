import type { ExecutionReport, ExecutionStatus, PublicationStep } from '../../lib/outcome/contract';
import { executionReport } from '../../lib/outcome/execution-report';
import { outcomeIdOf } from '../../lib/outcome/outcome-id';
import { decided, isSameDecision, reportDisposition, withPublished } from '../../lib/outcome/report-disposition';
import { leftBy, RUN } from './run';

const WHOLE: PublicationStep[] = ['metrics', 'event', 'featureMetrics'];

/** The report that a run left. */
function left(status: ExecutionStatus, published: PublicationStep[] = WHOLE): ExecutionReport {
  const report = executionReport({ ...RUN, executionId: 'e1' }, { status: 'Analysed' }, new Date(0));
  return { ...report, outcome: { ...report.outcome, status }, published };
}

test.each([true, false])('a run without a report is concluded, failed (%p) or not', (hasFailed) => {
  expect(reportDisposition(undefined, hasFailed)).toBe('conclude');
});

test.each<[ExecutionStatus, boolean]>([
  ['Completed', false],
  ['Completed', true],
  ['CompletedWithViolations', false],
  ['Watch', false],
  ['NoData', false],
  ['Failed', true],
])('a report that is %s stands before a run that comes after it, failed: %p', (status, hasFailed) => {
  expect(reportDisposition(left(status), hasFailed)).toBe('skip');
  expect(reportDisposition(left(status, ['metrics']), hasFailed)).toBe('finish');
  expect(reportDisposition(left(status, []), hasFailed)).toBe('finish');
});

test('a failed run gives way to one that did not fail, however much of it was published', () => {
  for (const published of [WHOLE, [WHOLE[0]], []]) {
    expect(reportDisposition(left('Failed', published), false)).toBe('conclude');
  }
});

test('a report whose event was published without its metrics is not whole', () => {
  expect(reportDisposition(left('Completed', ['event']), false)).toBe('finish');
});

describe('a decision', () => {
  const { outcome, ...report } = leftBy({});

  test('has the id of its revision: the first one, or the next after the one that it replaces', () => {
    const first = decided({ ...report, outcome }, undefined, 'a');
    expect(first).toMatchObject({
      token: 'a',
      outcome: { ...outcome, revision: 1, outcomeId: outcomeIdOf(outcome, 1) },
    });
    const second = decided({ ...report, outcome }, first, 'b');
    expect(second.outcome).toMatchObject({ revision: 2, outcomeId: outcomeIdOf(outcome, 2) });
    expect(decided({ ...report, outcome }, second, 'c').outcome.revision).toBe(3);
    expect(decided({ ...report, outcome }, { ...report, outcome }, 'd').outcome.revision).toBe(2); // of an earlier version
  });

  test('has an id of its own for each account, region, monitor, window and revision, and whatever it comes to', () => {
    const others = [
      { accountId: '1' },
      { region: 'us-east-1' },
      { monitorId: 'Stack/Other' },
      { windowStart: '2026-03-04T07:00:00.000Z' },
      { windowEnd: '2026-03-04T09:30:00.000Z' },
    ];
    const ids = [outcomeIdOf(outcome, 1), outcomeIdOf(outcome, 2)];
    ids.push(...others.map((other) => outcomeIdOf({ ...outcome, ...other }, 1)));
    expect(new Set(ids).size).toBe(7);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
    const found = { status: 'Failed', executionId: 'e2', recordCount: 7 } as const;
    expect(outcomeIdOf({ ...outcome, ...found }, 1)).toBe(ids[0]);
  });

  test('is known by its token, and by its time where an earlier version made it', () => {
    const one = { ...report, outcome, token: 'a' };
    expect(isSameDecision(one, { ...one, published: [] })).toBe(true);
    expect(isSameDecision(one, { ...one, token: 'b' })).toBe(false);
    const former = { ...report, outcome };
    expect(isSameDecision(former, { ...former, published: ['event'] })).toBe(true);
    expect(isSameDecision(former, { ...former, concludedAt: 'later' })).toBe(false);
  });

  test('says of each step once that it is told', () => {
    const part = { ...report, outcome, published: ['event' as const] };
    expect(withPublished(part, ['metrics', 'event']).published).toEqual(['event', 'metrics']);
  });
});
