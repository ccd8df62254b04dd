import { type RequestUnit, type UnitSource, unitOf } from '../../../lib/analysis/labels/request-unit';

const USER: RequestUnit = { customAttribute: 'user' };
const BEFORE: RequestUnit = { inferenceIdBefore: '/' };
const said = (...customAttributes: unknown[]): UnitSource => ({ id: 'i', eventId: 'e', customAttributes });

test.each<[string, UnitSource, string]>([
  ['a list of one', said('user=17'), '17'],
  ['parts between commas', said('test=1, user=17 ,x'), '17'],
  ['parts between semicolons', said('user=17; test=user=3'), '17'],
  ['several texts', said('test=1', 'user=a=b'), 'a=b'],
  ['the first of two', said('user=1', 'user=2'), '1'],
])('a custom attribute is found in %s', (_, source, unit) => {
  expect(unitOf(USER, source)).toBe(unit);
});

test.each<[string, UnitSource]>([
  ['none was said', { id: 'i' }],
  ['it has another name', said('superuser=1', 'users=1', 'User=1')],
  ['it has no value', said('user')],
  ['what was captured is no list', { id: 'i', customAttributes: 'user=1' }],
  ['what is in the list is no text', said(7, null, ['user=1'])],
])('where %s, the unit is that of all that say none', (_, source) => {
  expect(unitOf(USER, source)).toBe('');
});

test.each<[string, UnitSource, string]>([
  ['before the text', { id: '17/8f2c/3', eventId: 'e' }, '17'],
  ['of a record without an identifier of the service', { id: '17/8f2c' }, '17'],
  ['not of one without the text', { id: '17-8f2c', eventId: 'e' }, ''],
  ['not of one that begins with it', { id: '/8f2c', eventId: 'e' }, ''],
  ["not of the service's own identifier", { id: 'a/b', eventId: 'a/b' }, ''],
])('an identifier says the unit %s', (_, source, unit) => {
  expect(unitOf(BEFORE, source)).toBe(unit);
});
