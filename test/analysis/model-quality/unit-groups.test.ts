import { identifierKey } from '../../../lib/analysis/batch/identifier-hash';
import { groupOf, withGroup } from '../../../lib/analysis/model-quality/row-groups';
import { SAMPLE_COUNT } from '../../../lib/analysis/model-quality/subsamples';
import { unitGroups } from '../../../lib/analysis/model-quality/unit-groups';
import { GROUPS } from '../../../lib/analysis/sequential';

const ALL_SAMPLES = 2 ** SAMPLE_COUNT - 1;

test.each([0, 1, GROUPS - 1])('group %i stands beside samples, neither of which changes the other', (group) => {
  for (const samples of [1, ALL_SAMPLES]) {
    expect(groupOf(withGroup(samples, group))).toBe(group);
    expect(withGroup(samples, group) & ALL_SAMPLES).toBe(samples);
    expect(withGroup(samples, group)).toBeLessThan(2 ** 31);
  }
});

test('samples alone have no group', () => {
  for (const samples of [0, 1, ALL_SAMPLES]) expect(groupOf(samples)).toBeLessThan(0);
});

const key = identifierKey('00112233445566778899aabbccddeeff');
const groups = unitGroups({ customAttribute: 'user' }, key);
const groupOfUser = (user: number) => groups({ id: 'i', customAttributes: [`user=${user}`] });

test('a unit is in one group, whatever else its requests say; another key puts it elsewhere', () => {
  expect(groups({ id: 'other', eventId: 'e', customAttributes: ['test=1; user=7'] })).toBe(groupOfUser(7));
  const others = unitGroups({ customAttribute: 'user' }, identifierKey());
  const users = Array.from({ length: 50 }, (_, user) => user);
  expect(
    users.filter((user) => others({ id: 'i', customAttributes: [`user=${user}`] }) !== groupOfUser(user)).length,
  ).toBeGreaterThan(40);
});

test('units are spread over all groups alike', () => {
  const counts = new Array<number>(GROUPS).fill(0);
  for (let user = 0; user < 100 * GROUPS; user += 1) counts[groupOfUser(user)] += 1;
  const distance = counts.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
  expect(Math.abs(distance - (GROUPS - 1))).toBeLessThan(4 * Math.sqrt(2 * (GROUPS - 1))); // chi-squared of 127 degrees of freedom
});
