import type { MonitorException } from '../../lib/outcome/exception/contract';
import { changed, chosenFindings, endOf } from '../../lib/triage/exception-change';
import { leftBy } from '../outcome/run';

const NOW = new Date('2026-03-04T09:10:00.000Z');
const AT = NOW.toISOString();

const exception = (id: string, feature: string, more: Partial<MonitorException> = {}): MonitorException => ({
  ...{ id, kind: 'Accepted', finding: { feature, check: 'baseline_drift_check' }, reason: 'r', by: 'ann' },
  ...{ at: '2026-03-04T08:00:00.000Z', until: '2026-03-11T00:00:00.000Z' },
  ...more,
});
const snooze = (id: string) => exception(id, '', { kind: 'Snoozed', finding: undefined });
const file = (...exceptions: unknown[]) => ({ version: '1', exceptions });
const idsAfter = (content: unknown, ...made: MonitorException[]) =>
  changed(content, { deed: 'Accepted', exceptions: made, at: AT })?.exceptions.map(({ id }) => id);

test('what is made comes to what is there, and to nothing', () => {
  expect(changed(undefined, { deed: 'Accepted', exceptions: [exception('a', 'age')], at: AT })).toEqual(
    file(exception('a', 'age')),
  );
  expect(idsAfter(file(exception('a', 'age')), exception('b', 'income'), exception('c', 'x'))).toEqual(['a', 'b', 'c']);
});

test('what is said of the same finding takes the place of what was said before', () => {
  const others = [
    exception('b', 'income'),
    exception('c', 'age', { finding: { feature: 'age', check: 'completeness_check' } }),
    exception('d', 'age', { finding: { feature: 'age', check: 'baseline_drift_check', variant: 'green' } }),
    snooze('s'),
  ];
  expect(idsAfter(file(exception('a', 'age'), ...others), exception('new', 'age'))).toEqual([
    'b',
    'c',
    'd',
    's',
    'new',
  ]);
  expect(idsAfter(file(snooze('s'), others[0]), snooze('t'))).toEqual(['b', 't']);
});

test('what was over for a week is left out, and what is no exception stays', () => {
  const over = (id: string, until: string) => exception(id, id, { at: '2026-02-01T00:00:00.000Z', until });
  const listed = [over('a', '2026-02-25T09:09:59.999Z'), over('b', '2026-02-25T09:10:00.000Z'), null, 'x', { id: 'c' }];
  expect(changed(file(...listed), { deed: 'Snoozed', exceptions: [snooze('s')], at: AT })).toEqual(
    file(...listed.slice(1), snooze('s')),
  );
});

test('what is taken back is not there, and all else is as it was', () => {
  const listed = [
    exception('a', 'age'),
    null,
    snooze('s'),
    exception('old', 'x', { until: '2026-03-04T08:00:00.001Z' }),
  ];
  const withdrawn = (...exceptions: MonitorException[]) =>
    changed(file(...listed), { deed: 'Withdrawn', exceptions, at: AT });
  expect(withdrawn(exception('a', 'age'))).toEqual(file(...listed.slice(1)));
  expect(withdrawn(exception('gone', 'age'))).toBeUndefined();
});

test('a deed that is done already changes nothing', () => {
  expect(idsAfter(file(exception('a', 'age')), exception('a', 'age'))).toBeUndefined();
});

test.each([[null], ['x'], [[]], [{ version: '2', exceptions: [] }], [{ version: '1' }]])(
  'nothing is added to %j, which is no file of exceptions',
  (content) => {
    expect(() => idsAfter(content, exception('a', 'age'))).toThrow(/^MalformedExceptions.*no list of exceptions/);
  },
);

test('accepted is what a window confirmed, or what is named', () => {
  const violated = [
    { feature: 'age', check: 'baseline_drift_check', pValue: 0 },
    { feature: 'age', check: 'completeness_check', variant: 'green' },
    { feature: 'income', check: 'baseline_drift_check' },
  ];
  const report = leftBy({}, { violationCount: 2 }, { violated });
  const chosen = (feature?: string, check?: string) =>
    chosenFindings(report, { feature, check }).map(({ feature, check, variant }) =>
      [feature, check, variant].join(' ').trim(),
    );
  expect(chosen()).toEqual(['age baseline_drift_check', 'age completeness_check green']);
  expect(chosen('income')).toEqual(['income baseline_drift_check']);
  expect(chosen(undefined, 'baseline_drift_check')).toEqual([
    'age baseline_drift_check',
    'income baseline_drift_check',
  ]);
  expect(chosen('age', 'completeness_check')).toEqual(['age completeness_check green']);
  expect(chosen('none')).toEqual([]);
  expect(chosenFindings(report, { feature: 'age' })[0]).not.toHaveProperty('pValue');
});

test.each([
  ['2026-03-11', '2026-03-11T00:00:00.000Z'],
  ['2026-03-04T09:11', '2026-03-04T09:11:00.000Z'],
  ['2026-03-04T09:11:30Z', '2026-03-04T09:11:30.000Z'],
  ['1h', '2026-03-04T10:10:00.000Z'],
  ['2d', '2026-03-06T09:10:00.000Z'],
  ['90d', '2026-06-02T09:10:00.000Z'],
  ['2026-03-04T09:11:30.125', '2026-03-04T09:11:30.125Z'],
])('the end "%s" is %s', (words, expected) => {
  expect(endOf(words, 'Accepted', NOW)).toEqual(new Date(expected));
});

test.each([
  ['soon', 'Accepted', 'is needed'],
  ['', 'Accepted', 'is needed'],
  ['7 d', 'Accepted', 'is needed'],
  ['x7d', 'Accepted', 'is needed'],
  ['7dx', 'Accepted', 'is needed'],
  ['x2026-03-11', 'Accepted', 'is needed'],
  ['2026-03-11x', 'Accepted', 'is needed'],
  ['2026-03-11T09:11:30.1', 'Accepted', 'is needed'],
  ['2026-03-11T09', 'Accepted', 'is needed'],
  ['2026-02-30', 'Accepted', 'is needed'],
  ['2026-03-04T25:00', 'Accepted', 'is needed'],
  ['2026-03-04T09:10', 'Accepted', 'that is over'],
  ['0h', 'Accepted', 'that is over'],
  ['91d', 'Accepted', '90 days are the most'],
  ['2026-06-03', 'Accepted', '90 days are the most'],
  ['8d', 'Snoozed', '7 days are the most'],
  ['8d', 'Paused', '7 days are the most'],
] as const)('the end "%s" of what is %s is refused: %s', (words, kind, why) => {
  expect(endOf(words, kind, NOW)).toContain(why);
});
