import { GATE_SECONDS } from '../../lib/retraining/contract';
import { decide, type GateSituation, lacksReason, withDecided } from '../../lib/retraining/gate-decision';
import { findings } from '../outcome/claims';

const NOW = Date.UTC(2026, 2, 4, 10);

/** The decision about event `e1` under lease `l1`, an hour of cool-down, and whether the pipeline was asked about. */
async function decided(
  changed: Partial<GateSituation>,
  running = false,
  listedAt?: number,
): Promise<{ decision: unknown; asked: number }> {
  const history = jest.fn(async () => ({ isRunning: running, startedAt: listedAt }));
  const situation = { row: {}, eventId: 'e1', leaseId: 'l1', now: NOW, cooldownSeconds: 3600, history };
  return { decision: await decide({ ...situation, ...changed }), asked: history.mock.calls.length };
}

test('an event that nothing was started for is a start, unless the pipeline is running', async () => {
  expect(await decided({})).toEqual({ decision: undefined, asked: 1 });
  expect(await decided({}, true)).toEqual({ decision: 'PipelineRunning', asked: 1 });
});

test('the event that led to the last start is handled, whatever else holds', async () => {
  const row = { startedEventId: 'e1', startedAt: NOW - 1, decidedLeaseId: 'l1' };
  expect(await decided({ row }, true)).toEqual({ decision: 'EventHandled', asked: 0 });
});

test('an outcome that was decided is handled, whoever tells it, and others are not', async () => {
  const row = { startedEventId: 'e0', decidedOutcomes: ['o0', 'o1'] };
  expect(await decided({ row, outcomeId: 'o1' })).toEqual({ decision: 'OutcomeHandled', asked: 0 });
  expect(await decided({ row, outcomeId: 'o2' })).toEqual({ decision: undefined, asked: 1 });
  expect(await decided({ row: {}, outcomeId: 'o1' })).toEqual({ decision: undefined, asked: 1 });
  expect(await decided({ row })).toEqual({ decision: undefined, asked: 1 });
});

test('the last 200 outcomes are known again, each once, and none without an id', () => {
  expect(withDecided({}, 'o1')).toEqual(['o1']);
  expect(withDecided({ decidedOutcomes: ['o1', 'o2'] }, 'o1')).toEqual(['o2', 'o1']);
  expect(withDecided({ decidedOutcomes: ['o1'] }, undefined)).toBeUndefined();
  const many = Array.from({ length: 200 }, (_, index) => `o${index}`);
  expect(withDecided({ decidedOutcomes: many }, 'new')).toEqual([...many.slice(1), 'new']);
});

test('who decided to start goes on with it: what runs now, or cools down, may be its own', async () => {
  const row = { startedEventId: 'e0', startedAt: NOW - 1, decidedLeaseId: 'l1' };
  expect(await decided({ row }, true)).toEqual({ decision: undefined, asked: 0 });
});

test('a decision under the lease of another is none of this event', async () => {
  expect(await decided({ row: { decidedLeaseId: 'l0' } }, true)).toEqual({ decision: 'PipelineRunning', asked: 1 });
});

test.each([
  [0, 'CoolDown'],
  [3_599_999, 'CoolDown'],
  [3_600_000, undefined],
  [3_600_001, undefined],
])('%d ms after the last start of an hour of cool-down: %p', async (elapsed, decision) => {
  const row = { startedEventId: 'e0', startedAt: NOW - elapsed };
  expect((await decided({ row })).decision).toBe(decision);
});

test.each([
  [3_599_999, 'CoolDown'],
  [3_600_000, undefined],
])(
  '%d ms after the last start that the service lists, of which the table knows nothing: %p',
  async (elapsed, decision) => {
    expect(await decided({}, false, NOW - elapsed)).toEqual({ decision, asked: 1 });
  },
);

test('what the service lists does not shorten the cool-down that the table knows', async () => {
  expect((await decided({ row: { startedEventId: 'e0', startedAt: NOW - 1 } }, false, NOW - 3_600_000)).decision).toBe(
    'CoolDown',
  );
});

test('a lease outlasts the function that holds it, and ends before others are tried for the last time', () => {
  const { limit, lease, retries } = GATE_SECONDS;
  const last = retries.reduce((sum: number, wait) => sum + wait, 0);
  expect(lease).toBeGreaterThanOrEqual(limit + 60);
  expect(last).toBeGreaterThanOrEqual(lease + 60);
});

test.each([
  [-1, undefined],
  [0, 'TrainedSince'],
  [1, 'TrainedSince'],
])('what was found, and %d ms later a training began, cool-down over: %p', async (later, decision) => {
  const begun = NOW - 7_200_000;
  const concludedAt = begun - later;
  expect(await decided({ row: { startedAt: begun }, concludedAt })).toEqual({ decision, asked: decision ? 0 : 1 });
  expect(await decided({ concludedAt }, false, begun)).toEqual({ decision, asked: 1 });
});

test('of what was found at a time that is not known, no training is the answer', async () => {
  expect((await decided({ row: { startedAt: 0 } })).decision).toBeUndefined();
});

describe('an outcome is a reason for a training', () => {
  const { outcome } = findings({ concerns: ['Form', 'Drift'] });

  test.each([
    ['where one of its concerns is meant', ['Quality', 'Drift'], undefined],
    ['where its rule has seen to it', undefined, undefined],
    ['unless none is meant', ['Quality'], 'NoSuchViolations'],
  ] as const)('%s', (_, concerns, reason) => {
    expect(lacksReason(outcome, { concerns })).toBe(reason);
  });

  test.each([['Failed'], ['Watch'], [['CompletedWithViolations']]])('unless its status is %j', (status) => {
    expect(lacksReason({ ...outcome, status: status as 'Failed' }, { concerns: ['Drift'] })).toBe('NoSuchViolations');
  });

  test('unless its labels came late', () => {
    expect(lacksReason({ ...outcome, lateLabels: true }, { concerns: ['Drift'] })).toBe('LateLabels');
  });

  test('unless it says nothing of concerns, or the report has another one', () => {
    expect(lacksReason({ ...outcome, concerns: undefined as never }, { concerns: ['Drift'] })).toBe('NoSuchViolations');
    expect(lacksReason(undefined, { concerns: ['Drift'] })).toBe('AnotherOutcome');
  });
});

test('a start at the epoch cools down as any other, and without a cool-down nothing does', async () => {
  expect((await decided({ row: { startedAt: 0 }, now: 1 })).decision).toBe('CoolDown');
  expect((await decided({ row: { startedAt: NOW }, cooldownSeconds: 0 })).decision).toBeUndefined();
});
