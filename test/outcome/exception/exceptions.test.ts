import type { EventViolation } from '../../../lib/outcome/contract';
import type { MonitorException } from '../../../lib/outcome/exception/contract';
import { exceptionsIn, isInForce, pauseOf, withExceptions } from '../../../lib/outcome/exception/exceptions';

const NOW = new Date('2026-03-04T09:10:00.000Z');
const END = new Date('2026-03-04T09:00:00.000Z');

const AGE: MonitorException = {
  ...{ id: 'a', kind: 'Accepted', finding: { feature: 'age', check: 'baseline_drift_check' } },
  ...{ reason: 'a new campaign', by: 'arn:aws:iam::111122223333:user/ann' },
  ...{ at: '2026-03-04T08:00:00.000Z', until: '2026-03-11T00:00:00.000Z' },
};
const SNOOZED: MonitorException = { ...AGE, id: 's', kind: 'Snoozed', finding: undefined };
const PAUSED: MonitorException = { ...SNOOZED, id: 'p', kind: 'Paused' };
const file = (...exceptions: unknown[]) => ({ version: '1', exceptions });

const found = (feature: string, more: Partial<EventViolation> = {}): EventViolation => ({
  ...{ feature, check: 'baseline_drift_check', description: 'd', confirmed: true },
  ...more,
});

test('exceptions are read, in force or not', () => {
  const over = { ...AGE, id: 'b', until: '2026-03-04T08:00:00.001Z' };
  const variant = { ...AGE, id: 'c', finding: { feature: '', check: 'x', variant: 'green' } };
  expect(exceptionsIn(file(AGE, SNOOZED, over, variant), NOW)).toEqual({
    exceptions: [AGE, SNOOZED, over, variant],
    problems: [],
  });
});

test.each([
  ['no JSON', undefined],
  ['null', null],
  ['a list', [AGE]],
  ['another version', { version: '2', exceptions: [AGE] }],
  ['no list', { version: '1', exceptions: { 0: AGE } }],
])('a file that is %s keeps nothing quiet, and is a problem', (_, content) => {
  const { exceptions, problems } = exceptionsIn(content, NOW);
  expect(exceptions).toEqual([]);
  expect(problems).toEqual(["it is no JSON with 'version' \"1\" and a list 'exceptions'"]);
});

test('a file of more exceptions than people look at keeps nothing quiet', () => {
  expect(exceptionsIn(file(...Array(1000).fill(AGE)), NOW).exceptions).toHaveLength(1000);
  expect(exceptionsIn(file(...Array(1001).fill(AGE)), NOW)).toEqual({
    exceptions: [],
    problems: ['it has 1001 exceptions, and 1000 are read at most'],
  });
});

test.each<[string, unknown]>([
  ["has a 'kind'", null],
  ["has a 'kind'", 'AGE'],
  ["has a 'kind' that is none of Accepted, Snoozed, Paused", { ...AGE, kind: 'Muted' }],
  ["lacks 'id', 'reason' or 'by'", { ...AGE, id: undefined }],
  ["lacks 'id', 'reason' or 'by'", { ...AGE, reason: ' ' }],
  ["lacks 'id', 'reason' or 'by'", { ...SNOOZED, by: 7 }],
  ["lacks the 'feature' and 'check' of its 'finding'", { ...AGE, finding: undefined }],
  ["lacks the 'feature' and 'check' of its 'finding'", { ...AGE, finding: { feature: 'age', check: '' } }],
  ["lacks the 'feature' and 'check' of its 'finding'", { ...AGE, finding: { check: 'x' } }],
  ["lacks the 'feature' and 'check' of its 'finding'", { ...AGE, finding: { feature: 'a', check: 'x', variant: 1 } }],
  ["has an 'at' or 'until' that is no time", { ...AGE, until: '2026-03-11' }],
  ["has an 'at' or 'until' that is no time", { ...AGE, until: undefined }],
  ["has an 'at' or 'until' that is no time", { ...AGE, at: '2026-02-30T08:00:00.000Z' }],
  ["has an 'at' or 'until' that is no time", { ...AGE, at: 'yesterday' }],
  ["has an 'at' that is yet to come", { ...AGE, at: '2026-03-04T09:15:00.001Z' }],
  ["has an 'until' more than 90 days after its 'at'", { ...AGE, until: '2026-06-02T08:00:00.001Z' }],
  ["has an 'until' more than 7 days after its 'at'", { ...SNOOZED, until: '2026-03-11T08:00:00.001Z' }],
])('an exception that %s is a problem, and the others hold', (words, wrong) => {
  const { exceptions, problems } = exceptionsIn(file(AGE, wrong, SNOOZED), NOW);
  expect(exceptions).toEqual([AGE, SNOOZED]);
  expect(problems).toEqual([expect.stringContaining(`exceptions[1] ${words}`)]);
});

test('an exception may last as long as is allowed, and its clock be five minutes ahead', () => {
  const longest = [
    { ...AGE, until: '2026-06-02T08:00:00.000Z' },
    { ...SNOOZED, until: '2026-03-11T08:00:00.000Z' },
    { ...AGE, at: '2026-03-04T09:15:00.000Z' },
  ];
  expect(exceptionsIn(file(...longest), NOW)).toEqual({ exceptions: longest, problems: [] });
});

test('of many problems three are named', () => {
  expect(exceptionsIn(file(1, 2, 3), NOW).problems).toHaveLength(3);
  const { problems } = exceptionsIn(file(1, 2, 3, 4, 5), NOW);
  expect(problems).toHaveLength(4);
  expect(problems[3]).toBe('2 more are none');
});

test('an exception holds for windows that end by its date', () => {
  expect(isInForce({ until: END.toISOString() }, END)).toBe(true);
  expect(isInForce({ until: END.toISOString() }, new Date(END.getTime() + 1))).toBe(false);
});

test('what is accepted does not count, says why, and comes last', () => {
  const judged = withExceptions([found('age'), found('income'), found('x', { confirmed: false })], [AGE], END);
  const { kind, id, until, by, reason } = AGE;
  expect(judged).toEqual([
    found('income'),
    found('x', { confirmed: false }),
    found('age', { confirmed: false, accepted: { kind, id, until, by, reason } }),
  ]);
});

test.each([
  ['another check', { check: 'completeness_check' }],
  ['another feature', { feature: 'ages' }],
  ['a variant', { variant: 'green' }],
])('what is accepted is known by feature, check and variant: not with %s', (_, more) => {
  expect(withExceptions([found('age', more)], [AGE], END)[0].accepted).toBeUndefined();
});

test('what is snoozed is everything, and what is accepted beside it keeps its own date', () => {
  const judged = withExceptions([found('income'), found('age')], [SNOOZED, AGE], END);
  expect(judged.map(({ feature, accepted }) => [feature, accepted?.id])).toEqual([
    ['income', 's'],
    ['age', 'a'],
  ]);
});

test('of several exceptions the one that lasts longest holds, and none that is over', () => {
  const [short, long, over] = ['10', '12', '03'].map((day) => ({
    ...AGE,
    id: day,
    until: `2026-03-${day}T00:00:00.000Z`,
  }));
  const idOf = (...exceptions: MonitorException[]) => withExceptions([found('age')], exceptions, END)[0].accepted?.id;
  expect([idOf(short, long, over), idOf(long, over, short), idOf(over)]).toEqual(['12', '12', undefined]);
  const snoozes = ['05', '06', '03'].map((day) => ({ ...SNOOZED, id: day, until: `2026-03-${day}T00:00:00.000Z` }));
  expect([idOf(...snoozes), idOf(...[...snoozes].reverse()), idOf(snoozes[2])]).toEqual(['06', '06', undefined]);
});

test('a snooze that somebody wrote a finding into keeps everything quiet all the same', () => {
  const odd = { ...SNOOZED, finding: AGE.finding };
  expect(withExceptions([found('income')], [odd], END)[0].accepted?.id).toBe('s');
});

test('a pause holds for windows that end by its date, the longest of several, and is none of what is accepted or snoozed', () => {
  const { kind, id, reason, by } = PAUSED;
  const shorter = { ...PAUSED, id: 'q', until: '2026-03-04T10:00:00.000Z' };
  expect(pauseOf([PAUSED, shorter, SNOOZED, AGE], END)).toEqual({ kind, id, reason, by, until: PAUSED.until });
  expect(pauseOf([shorter], new Date(shorter.until))?.id).toBe('q');
  expect(pauseOf([shorter], new Date('2026-03-04T10:00:00.001Z'))).toBeUndefined();
  expect(pauseOf([SNOOZED, AGE], END)).toBeUndefined();
});

test('a paused monitor is quiet about all findings, which says by what', () => {
  const [income, age] = withExceptions([found('income'), found('age')], [PAUSED, AGE], END);
  expect([income, age].map(({ accepted, confirmed }) => [accepted?.kind, confirmed])).toEqual([
    ['Paused', false],
    ['Accepted', false],
  ]);
});

test('a pause of more than 7 days is none', () => {
  const until = (time: string) => exceptionsIn(file({ ...PAUSED, until: time }), NOW).problems;
  expect(until('2026-03-11T08:00:00.000Z')).toEqual([]);
  expect(until('2026-03-11T08:00:00.001Z')).toEqual(["exceptions[0] has an 'until' more than 7 days after its 'at'"]);
});
