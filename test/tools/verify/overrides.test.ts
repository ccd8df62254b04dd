import { type Assembly, changedOverrides } from '../../../tools/verify/overrides';

const ALARM = { fqn: 'cdk.Alarm' };
const bind = (...types: object[]) => ({ name: 'bind', parameters: types.map((type) => ({ type })) });

/** A version of the CDK that has one interface with one method or property. */
function cdk(member?: Assembly['types'][string]['methods']): Assembly {
  return { types: { 'cdk.IAction': { name: 'IAction', methods: member ?? [] } } };
}

function library(overrides = 'cdk.IAction'): Assembly {
  return { types: { 'a.Action': { name: 'Action', methods: [{ ...bind(ALARM), overrides }] } } };
}

describe('what a library implements of the CDK', () => {
  test('is not mentioned when both versions have the same types', () => {
    expect(changedOverrides(library(), cdk([bind(ALARM)]), cdk([bind(ALARM)]))).toEqual([]);
  });

  test.each([
    ['has another type of a parameter', cdk([bind({ fqn: 'cdk.AlarmRef' })])],
    ['has another parameter', cdk([bind(ALARM, ALARM)])],
    ['returns something', cdk([{ ...bind(ALARM), returns: { type: ALARM } }])],
    ['has another type of a property', cdk([{ ...bind(ALARM), type: ALARM }])],
    ['does not have it', cdk()],
    ['does not have the interface', { types: {} }],
  ])('is named when the oldest %s', (_, oldest) => {
    expect(changedOverrides(library(), oldest, cdk([bind(ALARM)]))).toEqual(['Action.bind, of cdk.IAction']);
  });

  test('is not what it overrides of its own', () => {
    expect(changedOverrides(library('a.Base'), cdk(), cdk([bind(ALARM)]))).toEqual([]);
  });
});
