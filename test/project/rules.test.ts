import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { findingsOf, isOurs } from '../../tools/rules/findings';
import { rulesPage } from '../../tools/rules/page';
import { REMEDIES } from '../../tools/rules/remedies';
import { currentFindings } from '../../tools/rules/synthesis';
import { houseApp } from './house-app';
import { readText } from './source-files';
import { temporaryFolder } from './synthesis';

test('docs/rules.md says what the packs find today (npm run rules -- --write)', () => {
  const findings = currentFindings();
  expect(readText('docs/rules.md')).toBe(rulesPage(findings));
  const found = new Set(findings.map(({ rule }) => rule));
  expect(Object.keys(REMEDIES).filter((rule) => !found.has(rule))).toEqual([]);
});

test('fails for a rule that nothing is said about', () => {
  const finding = { pack: 'HIPAA', rule: 'Unheard', path: 'Stack/Thing', type: 'AWS::New::Thing' };
  expect(() => rulesPage([finding])).toThrow('Unheard');
});

test('by the house rules of the page, nothing is found but what stands', () => {
  const { app } = houseApp({ outdir: temporaryFolder() });
  const found = findingsOf(app).filter(isOurs);
  expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual(['DynamoDBInBackupPlan', 'IAMNoInlinePolicy']);
});

test('where the app makes no roles, no policy is found inside one', () => {
  const roles = houseApp({ outdir: temporaryFolder() })
    .app.node.findAll()
    .filter((construct) => construct instanceof iam.Role);
  const usePrecreatedRoles = Object.fromEntries(roles.map(({ node }, index) => [node.path, `given-${index}`]));
  const { app } = houseApp({
    outdir: temporaryFolder(),
    prepare: (scope) => iam.Role.customizeRoles(scope, { usePrecreatedRoles }),
  });
  const found = findingsOf(app).filter(isOurs);
  expect([...new Set(found.map(({ rule }) => rule))]).toEqual(['DynamoDBInBackupPlan']);
});

test('a function that the house puts into its VPC may attach itself, and one outside of it may not', () => {
  const attaching = (document: unknown) => JSON.stringify(document).includes('ec2:CreateNetworkInterface');
  const outdir = temporaryFolder();
  const [inside, outside] = [houseApp({ outdir }), houseApp({ outdir, rules: () => undefined })].map(({ stack }) => {
    const functions = stack.node.findAll().filter((construct) => construct instanceof lambda.Function);
    expect(functions.length).toBeGreaterThan(5);
    return functions.map(({ role }) => attaching(stack.resolve(policiesOf(role))));
  });
  expect(new Set(inside)).toEqual(new Set([true]));
  expect(new Set(outside)).toEqual(new Set([false]));
});

function policiesOf(role?: iam.IRole): unknown {
  const resource = role?.node.defaultChild;
  return iam.CfnRole.isCfnRole(resource) ? resource.policies : undefined;
}
