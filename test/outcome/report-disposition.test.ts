import type { ExecutionReport, ExecutionStatus, PublicationStep } from '../../lib/outcome/contract';
import { executionReport } from '../../lib/outcome/execution-report';
import { outcomeIdOf } from '../../lib/outcome/outcome-id';
import {
  decided,
  isSameDecision,
  mayGiveWay,
  reportDisposition,
  withPublished,
} from '../../lib/outcome/report-disposition';
import { leftBy, RUN } from './run';

const WHOLE: PublicationStep[] = ['metrics', 'event', 'featureMetrics'];

/** A run that comes after it. */
const by = (status?: ExecutionStatus) => ({ executionId: 'e2', comesTo: status && { status } });

/** The report that a run left. */
function left(status: ExecutionStatus, published: PublicationStep[] = WHOLE): ExecutionReport {
  const report = executionReport({ ...RUN, executionId: 'e1' }, { status: 'Analysed' }, new Date(0));
  return { ...report, outcome: { ...report.outcome, status }, published };
}

test.each(['Failed', 'Completed', undefined] as const)('a run without a report is concluded, as %p', (comesTo) => {
  expect(reportDisposition(undefined, by(comesTo))).toBe('conclude');
});

test.each<[ExecutionStatus, ExecutionStatus | undefined]>([
  ['Completed', undefined],
  ['Completed', 'Failed'],
  ['Completed', 'CompletedWithViolations'],
  ['CompletedWithViolations', undefined],
  ['Watch', undefined],
  ['NoData', undefined],
  ['Failed', 'Failed'],
  ['LabelsMissing', 'Failed'],
  ['LabelsMissing', 'LabelsMissing'],
  ['LabelsMissing', 'NoData'],
])('a report that is %s stands before a run that comes to %p after it', (status, comesTo) => {
  expect(reportDisposition(left(status), by(comesTo))).toBe('skip');
  expect(reportDisposition(left(status, ['metrics']), by(comesTo))).toBe('finish');
  expect(reportDisposition(left(status, []), by(comesTo))).toBe('finish');
});

test.each<[ExecutionStatus, boolean]>([
  ['Failed', true],
  ['LabelsMissing', true],
  ['NoData', false],
  ['Completed', false],
  ['CompletedWithViolations', false],
])('whether a report that is %s may give way at all is %p', (status, may) => {
  expect(mayGiveWay(left(status))).toBe(may);
});

test.each([undefined, 'Completed', 'Watch', 'CompletedWithViolations'] as const)(
  'a run that lacked labels gives way to one that judges, or may: %p',
  (comesTo) => {
    for (const published of [WHOLE, [WHOLE[0]], []]) {
      expect(reportDisposition(left('LabelsMissing', published), by(comesTo))).toBe('conclude');
    }
  },
);

const variant = (name: string, status: 'Analysed' | 'LabelsMissing' | 'Failed', failureReason?: string) => ({
  variant: name,
  status,
  recordCount: 1,
  violationCount: 0,
  watchedCount: 0,
  failureReason,
});
const [JUDGED, LACKING] = [variant('blue', 'Analysed'), variant('green', 'LabelsMissing')];
const UNMATCHED = variant('green', 'Failed', 'LabelsMissing: none of 3 predictions has a label');

test.each([
  ['judged as well', [JUDGED, LACKING], [JUDGED, JUDGED], 'conclude'],
  ['judged as well, which none was of', [JUDGED, UNMATCHED], [JUDGED, JUDGED], 'conclude'],
  ['lacks them still', [JUDGED, LACKING], [JUDGED, LACKING], 'skip'],
  ['is another that lacks them', [JUDGED, LACKING], [LACKING, JUDGED], 'skip'],
  ['is judged, of two', [LACKING, LACKING], [JUDGED, LACKING], 'conclude'],
  ['lacked none', [JUDGED, variant('green', 'Failed', 'AllUnreadable: why')], [JUDGED, JUDGED], 'skip'],
])(
  'a run of which one variant lacked labels gives way to one that judges more: it %s',
  (_, before, variants, expected) => {
    const report = left('Completed');
    const told = { ...report, outcome: { ...report.outcome, variants: before } };
    const comesTo = { status: 'CompletedWithViolations' as const, variants };
    expect(reportDisposition(told, { executionId: 'e2', comesTo })).toBe(expected);
    expect(reportDisposition(told, { executionId: 'e1', comesTo })).toBe('skip');
    expect(reportDisposition(told, { executionId: 'e2', comesTo: { ...comesTo, status: 'Failed' } })).toBe('skip');
  },
);

test('an execution that is concluded again does not revise what it lacked itself, but what it failed in', () => {
  const again = { executionId: 'e1', comesTo: undefined };
  expect(reportDisposition(left('LabelsMissing'), again)).toBe('skip');
  expect(reportDisposition(left('Failed'), again)).toBe('conclude');
});

test('a failed run gives way to one that did not fail, however much of it was published', () => {
  for (const published of [WHOLE, [WHOLE[0]], []]) {
    expect(reportDisposition(left('Failed', published), by(undefined))).toBe('conclude');
  }
});

test('a report whose event was published without its metrics is not whole', () => {
  expect(reportDisposition(left('Completed', ['event']), by(undefined))).toBe('finish');
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

  test('is marked where it judges what lacked labels before, and only there', () => {
    const formerly = (status: ExecutionStatus, failureReason?: string) => {
      const { outcome: former, ...rest } = left(status);
      return { ...rest, outcome: { ...former, failureReason } };
    };
    const marked = (status: ExecutionStatus, former: ReturnType<typeof formerly>) =>
      decided({ ...report, outcome: { ...outcome, status } }, former, 'b').outcome.lateLabels;
    expect(marked('CompletedWithViolations', formerly('LabelsMissing'))).toBe(true);
    expect(marked('Completed', formerly('Failed', 'LabelsMissing: none of 3 predictions has a label'))).toBe(true);
    expect(marked('Completed', formerly('Failed', 'AllUnreadable: LabelsMissing: no'))).toBeUndefined();
    expect(marked('LabelsMissing', formerly('Failed', 'LabelsMissing: none'))).toBeUndefined();
    expect(marked('NoData', formerly('Failed', 'LabelsMissing: none'))).toBeUndefined();
    expect(decided({ ...report, outcome }, undefined, 'a').outcome.lateLabels).toBeUndefined();
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
