import type { MonitorKindName } from '../../lib/kind/kind-sheet';
import { KINDS } from '../../lib/kind/kinds';
import { headline, isTold, newsOf, subject } from '../../lib/notification/headline';
import type { ExecutionCompletedDetail } from '../../lib/outcome/contract';
import type { Acceptance } from '../../lib/outcome/exception/contract';
import type { IncidentChange } from '../../lib/outcome/incident/contract';
import { leftBy } from '../outcome/run';

const SPELL = { since: '2026-03-04T07:00:00.000Z', until: '2026-03-04T08:00:00.000Z', windows: 1 };
const INCIDENT = { ...SPELL, id: SPELL.since, quietWindows: 0, findingCount: 123, newCount: 1, findings: [] };
const FAILURES = { ...SPELL, since: '2026-02-01T05:30:00.000Z' };

const of = (changes: IncidentChange[], others: Partial<ExecutionCompletedDetail> = {}) =>
  leftBy({}, { incidents: { changes, incident: INCIDENT, failures: FAILURES }, violationCount: 2, ...others }).outcome;

test.each<[IncidentChange[], string | undefined]>([
  [['Begun'], 'Begun'],
  [['Begun', 'FailuresEnded'], 'Begun'],
  [['Ended', 'FailuresEnded'], 'Ended'],
  [['FailuresEnded'], 'FailuresEnded'],
  [['Accepted', 'FailuresEnded'], 'Accepted'],
  [['Continues'], undefined],
])('of a run that says %j people are told %p', (changes, news) => {
  expect([newsOf(of(changes)), isTold(of(changes))]).toEqual([news, news !== undefined]);
});

test.each([
  ['CompletedWithViolations', true],
  ['Failed', true],
  ['Completed', false],
  ['Watch', false],
  ['NoData', false],
] as const)('a run that knows of no incidents, and ended %s, is told: %p', (status, expected) => {
  expect(isTold(leftBy({}, { status }).outcome)).toBe(expected);
});

const PAUSE = { kind: 'Paused', id: 'p', until: SPELL.until, by: 'ann', reason: 'r' } as const;

test('a run that fails while its monitor is paused is told to nobody', () => {
  expect(isTold(leftBy({}, { status: 'Failed', paused: PAUSE }).outcome)).toBe(false);
});

test('an incident that a pause ends says so', () => {
  const found = { feature: 'age', check: 'baseline_drift_check', description: 'd', confirmed: false };
  const by = (...accepted: Acceptance[]) =>
    headline(of(['Accepted'], { violations: accepted.map((one) => ({ ...found, accepted: one })) }));
  expect(by(PAUSE)).toMatch(/^Paused: 123 violations/);
  expect(by(PAUSE, { ...PAUSE, kind: 'Accepted' })).toMatch(/^Accepted: /);
});

test.each<[IncidentChange, Partial<ExecutionCompletedDetail>, string]>([
  ['Begun', { status: 'CompletedWithViolations' }, '2 violations in data quality of churn, since 2026-03-04 07:00 UTC'],
  ['Grown', {}, 'Grown: 123 violations in data quality of churn, since 2026-03-04 07:00 UTC'],
  ['FoundLate', {}, 'Late: 2 violations in data quality of churn, since 2026-03-04 07:00 UTC'],
  ['Ended', {}, 'Ended: 123 violations in data quality of churn, since 2026-03-04 07:00 UTC'],
  ['Accepted', {}, 'Accepted: 123 violations in data quality of churn, since 2026-03-04 07:00 UTC'],
  ['FailuresBegun', { status: 'Failed' }, 'Monitoring of data quality failed for churn, since 2026-02-01 05:30 UTC'],
  ['FailuresEnded', {}, 'Ended: monitoring of data quality failed for churn, since 2026-02-01 05:30 UTC'],
])('the subject of %s says what, how much and since when', (change, others, words) => {
  expect(subject(of([change], others))).toMatch(new RegExp(`^${words} \\(Stack.*\\)$`));
});

test.each(Object.keys(KINDS) as MonitorKindName[])(
  'names give way to numbers and times in a subject of %s',
  (monitorKind) => {
    const names = { endpointName: 'n'.repeat(63), monitorId: 'Stack/'.repeat(30), monitorKind };
    for (const change of ['Grown', 'Ended', 'FoundLate', 'FailuresEnded'] as const) {
      const detail = of([change], { ...names, violationCount: 123 });
      const text = subject(detail);
      expect(text.length).toBeLessThanOrEqual(99);
      expect(text).toContain(' UTC');
      expect(text).toContain('n...');
      expect(text.startsWith(headline(detail, '').slice(0, 11))).toBe(true);
      if (change !== 'FailuresEnded') expect(text).toContain('123 ');
    }
  },
);

test.each<[ExecutionCompletedDetail['status'], string]>([
  ['Failed', 'Monitoring of data quality failed for churn'],
  ['NoData', 'No data for monitoring of data quality of churn'],
  ['LabelsMissing', 'Too few labels to judge data quality of churn'],
  ['Watch', 'Nothing confirmed yet in data quality of churn'],
  ['Completed', 'No violation in data quality of churn'],
])('a run that ended %s, and knows of no incidents, has a headline and no time', (status, words) => {
  const detail = leftBy({}, { status }).outcome;
  expect(headline(detail)).toBe(words);
  expect(subject(detail)).toBe(`${words} (${detail.monitorId})`);
});

test('what is over by a snooze alone says so', () => {
  const found = (kind?: 'Accepted' | 'Snoozed') => ({
    ...{ feature: 'f', check: 'c', description: 'd', confirmed: false },
    accepted: kind && { kind, id: 'i', until: SPELL.until, by: 'b', reason: 'r' },
  });
  const first = (...kinds: ('Accepted' | 'Snoozed' | undefined)[]) =>
    headline(of(['Accepted'], { violations: kinds.map(found) })).split(':')[0];
  expect([first('Snoozed'), first(undefined, 'Snoozed'), first('Accepted', 'Snoozed'), first(undefined)]).toEqual([
    ...['Snoozed', 'Snoozed', 'Accepted', 'Accepted'],
  ]);
});

test('transform jobs without a name are called what they are', () => {
  expect(headline(leftBy({}, { status: 'Completed', endpointName: undefined }).outcome)).toBe(
    'No violation in data quality of batch transform',
  );
});

test('an incident that is open by failures alone says the number of the run', () => {
  const { outcome } = leftBy({}, { violationCount: 3, incidents: { changes: ['Grown'] } });
  expect(headline(outcome)).toBe('Grown: 3 violations in data quality of churn');
});

test('of what has no room for its time no part of it is told', () => {
  const line = (watched: string) => `${'w'.repeat(72)} ${watched}`; // 73, 5 of a name, and 28 of a time: 7 too many
  expect(subject(of(['Begun']), line)).toBe(`${'w'.repeat(72)} churn (Stack/DataQuality)`);
  expect(subject(of(['Begun']), (watched) => line(watched).slice(7))).toBe(
    `${'w'.repeat(65)} churn, since 2026-03-04 07:00 UTC`,
  );
});

test('a name is whole where there is room for it, and a line takes no more than the rest', () => {
  const detail = leftBy({}, { status: 'Completed', endpointName: 'n'.repeat(30), monitorId: 'Stack' }).outcome;
  expect(subject(detail)).toBe(`No violation in data quality of ${'n'.repeat(30)} (Stack)`);
  const line = (watched: string) => `${'w'.repeat(70)} ${watched}`; // 71, and 28 for a name
  expect(subject(detail, line)).toBe(`${'w'.repeat(70)} ${'n'.repeat(25)}...`);
});

test('the monitor is told with five characters of its name, or not at all', () => {
  const detail = leftBy({}, { status: 'Completed', monitorId: 'Stack' }).outcome;
  expect(subject(detail, () => 'w'.repeat(91))).toBe(`${'w'.repeat(91)} (Stack)`);
  expect(subject(detail, () => 'w'.repeat(92))).toBe('w'.repeat(92));
});

test('a subject begins with no space, as a name that is empty leaves', () => {
  const { outcome } = leftBy({}, { status: 'Completed', monitorId: 'Stack' });
  expect(subject(outcome, () => '  it')).toBe('it (Stack)');
});

test('what is no printable ASCII is a mark, and a line that has no room is cut', () => {
  const { outcome } = leftBy({}, { status: 'Completed', endpointName: 'chürn' });
  expect(subject(outcome)).toContain('of ch?rn (');
  expect(subject(outcome, () => 'x'.repeat(120))).toBe(`${'x'.repeat(96)}...`);
});

test.each(['call https://evil.example', 'before 2026-03-04T07:00'])('a time that is none is not told: %s', (since) => {
  const incident = { ...INCIDENT, since };
  expect(subject(of(['Ended'], { incidents: { changes: ['Ended'], incident } }))).toBe(
    'Ended: 123 violations in data quality of churn (Stack/DataQuality)',
  );
});
