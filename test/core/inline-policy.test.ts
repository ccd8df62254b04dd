import { App, CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Permission } from '../../lib/core/allow';
import { InlinePolicy } from '../../lib/core/inline-policy';

const arn = (key: string) => `arn:aws:s3:::bucket/${key}`;
const read = (...keys: string[]): Permission => ({ actions: ['s3:GetObject'], resources: keys.map(arn) });

function policyOf(...permissions: Permission[]): InlinePolicy {
  const policy = new InlinePolicy();
  for (const permission of permissions) policy.addStatements(new iam.PolicyStatement(permission));
  return policy;
}

type Add = (policy: InlinePolicy, permission: Permission) => void;

const LISTING: Permission = {
  actions: ['s3:ListBucket'],
  resources: ['arn:aws:s3:::bucket'],
  conditions: { StringLike: { 's3:prefix': ['a/*'] } },
};

/** Known at deployment only. */
function opaque(): Permission['conditions'] {
  return { StringLike: { 's3:prefix': Lazy.any({ produce: () => 'a/*' }) } };
}

describe('an inline policy', () => {
  test('has single items outside of lists, and no members that say nothing', () => {
    const conditions = { StringLike: { 's3:prefix': 'a/*' } };
    const listing = {
      actions: ['s3:ListBucket', 's3:GetBucketLocation'],
      resources: ['arn:aws:s3:::bucket'],
      conditions,
    };
    expect(policyOf(read('a'), listing).toJSON()).toEqual({
      Statement: [
        { Action: 's3:GetObject', Effect: 'Allow', Resource: arn('a') },
        {
          Action: ['s3:ListBucket', 's3:GetBucketLocation'],
          Condition: conditions,
          Effect: 'Allow',
          Resource: 'arn:aws:s3:::bucket',
        },
      ],
      Version: '2012-10-17',
    });
  });

  test('makes one statement of those that differ in their resources alone, in their order', () => {
    const { Statement } = policyOf(read('b'), read('a', 'c'), read('a')).toJSON();
    expect(Statement).toEqual([{ Action: 's3:GetObject', Effect: 'Allow', Resource: [arn('b'), arn('a'), arn('c')] }]);
  });

  test.each<[string, Partial<Permission>]>([
    ['actions', { actions: ['s3:PutObject'] }],
    ['conditions', { conditions: { Bool: { 'aws:SecureTransport': 'true' } } }],
  ])('keeps statements apart that differ in their %s', (_, difference) => {
    expect(policyOf(read('a'), { ...read('a'), ...difference }).toJSON().Statement).toHaveLength(2);
  });

  test('takes statements of the CDK, with all that these may hold', () => {
    const policy = policyOf(read('a'));
    policy.addStatements(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [arn('b')] }));
    policy.addStatements(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [arn('c')], sid: 'Other' }));
    policy.addStatements(
      new iam.PolicyStatement({ effect: iam.Effect.DENY, notActions: ['s3:*'], notResources: [arn('d')] }),
    );
    policy.addStatements(
      new iam.PolicyStatement({ effect: iam.Effect.DENY, notActions: ['s3:*'], notResources: [arn('d')] }),
    );
    policy.addStatements(
      new iam.PolicyStatement({ effect: iam.Effect.DENY, notActions: ['s3:*'], notResources: [arn('e')] }),
    );
    expect(policy.toJSON().Statement).toEqual([
      { Action: 's3:GetObject', Effect: 'Allow', Resource: [arn('a'), arn('b')] },
      { Action: 's3:GetObject', Effect: 'Allow', Resource: arn('c'), Sid: 'Other' },
      { NotAction: 's3:*', Effect: 'Deny', NotResource: arn('d') },
      { NotAction: 's3:*', Effect: 'Deny', NotResource: arn('e') },
    ]);
  });

  test('keeps principals, which no role may have, for the validation to tell of', () => {
    const policy = policyOf(read('a'));
    const principals = [new iam.AccountPrincipal('123456789012')];
    policy.addStatements(new iam.PolicyStatement({ ...read('b'), principals }));
    expect(policy.statementCount).toBe(2);
    expect(policy.validateForIdentityPolicy()).toEqual([expect.stringContaining('cannot specify any IAM principals')]);
  });

  test('leaves the statements of its callers alone', () => {
    const statement = new iam.PolicyStatement(read('a'));
    const policy = new InlinePolicy();
    policy.addStatements(statement, new iam.PolicyStatement(read('b')));
    expect(statement.resources).toEqual([arn('a')]);
    statement.addResources(arn('c'));
    expect(policy.toJSON().Statement).toMatchObject([{ Resource: [arn('a'), arn('b')] }]);
  });

  test('takes statements after it was resolved, too', () => {
    const stack = new Stack(new App(), 'Stack');
    const policy = policyOf(read('a'));
    stack.resolve(policy);
    policy.addStatements(new iam.PolicyStatement(read('b')));
    expect(stack.resolve(policy).Statement).toMatchObject([{ Resource: arn('a') }, { Resource: arn('b') }]);
  });

  test('never takes two conditions for one that are known at deployment only', () => {
    const only = (prefix: string) => ({ StringLike: Lazy.any({ produce: () => ({ 's3:prefix': prefix }) }) });
    const policy = new InlinePolicy();
    for (const key of ['a', 'b'])
      policy.addStatements(new iam.PolicyStatement({ ...read(key), conditions: only(key) }));
    const stack = new Stack(new App(), 'Stack');
    expect(stack.resolve(policy).Statement).toMatchObject([
      { Condition: { StringLike: { 's3:prefix': 'a' } }, Resource: arn('a') },
      { Condition: { StringLike: { 's3:prefix': 'b' } }, Resource: arn('b') },
    ]);
  });

  test('adds nothing to a list of resources that is known at deployment only', () => {
    const stack = new Stack(new App(), 'Stack');
    const resources = new CfnParameter(stack, 'Arns', { type: 'CommaDelimitedList' }).valueAsList;
    const policy = policyOf(read('a'), { actions: ['s3:GetObject'], resources }, read('b'));
    expect(stack.resolve(policy).Statement.map(({ Resource }: { Resource: unknown }) => Resource)).toEqual([
      [arn('a'), arn('b')],
      { Ref: 'Arns' },
    ]);
  });

  test.each<[string, Permission, Permission, number]>([
    ['resources', read('a'), read('b'), 1],
    ['actions', read('a'), { ...read('a'), actions: ['s3:PutObject'] }, 2],
    ['conditions', read('a'), { ...read('a'), conditions: { Bool: { 'aws:SecureTransport': 'true' } } }, 2],
    ['nothing, and list prefixes', LISTING, LISTING, 2],
    [
      'conditions that may look the same',
      { ...read('a'), conditions: opaque() },
      { ...read('a'), conditions: opaque() },
      2,
    ],
    ['the list that one is', read('a'), { ...read('a'), resources: Lazy.list({ produce: () => ['b'] }) }, 2],
  ])(
    'merges what is allowed with what is added, as if both were statements: those that differ in %s',
    (_, first, then, count) => {
      const stack = new Stack(new App(), 'Stack');
      const added = policyOf(first, then);
      expect(added.statementCount).toBe(count);
      const ways: Add[] = [
        (policy, one) => policy.allow(one),
        (policy, one) => policy.addStatements(new iam.PolicyStatement(one)),
      ];
      for (const one of ways) {
        for (const other of ways) {
          const policy = new InlinePolicy();
          one(policy, first);
          other(policy, then);
          expect(stack.resolve(policy)).toEqual(stack.resolve(added));
        }
      }
    },
  );

  test('leaves the lists alone that it was given', () => {
    const { resources, ...allowed } = read('a');
    const policy = new InlinePolicy();
    policy.allow({ ...allowed, resources });
    policy.allow(read('b'));
    expect(resources).toEqual([arn('a')]);
  });
});
