import fc from 'fast-check';
import {
  authorize,
  PolicyError,
  type Principal,
  type Statement,
  statementsOf,
} from '../../../lib/cloud/semantics/policy/policy';

/** A placeholder as templates and policies write it, `${name}`. */
const hole = (name: string) => `$\{${name}}`;

const ROLE: Principal = { type: 'role', arn: 'arn:aws:iam::111122223333:role/profile' };
const ALARMS: Principal = { type: 'service', service: 'cloudwatch.amazonaws.com' };
const GET = { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/data/a.jsonl' };
const allow = (more: object): Statement => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more });
const byRole = (identity: Statement[], request: object = {}) =>
  authorize({ ...GET, ...request }, { identity, principal: ROLE }).allowed;
const holds = (Condition: object, context: Record<string, string | string[]> = {}) =>
  byRole([allow({ Condition })], { context });

describe('actions and resources', () => {
  test.each([
    ['s3:GetObject', true],
    ['S3:getobject', true],
    ['s3:Get*', true],
    ['s3:*', true],
    ['*', true],
    ['s3:GetObjec?', true],
    ['s3:GetObject?', false],
    ['s3:PutObject', false],
    ['dynamodb:*', false],
  ])('Action %s for s3:GetObject: %s', (Action, expected) => {
    expect(byRole([allow({ Action })])).toBe(expected);
    const { Action: _, ...rest } = allow({ NotAction: Action });
    expect(byRole([rest])).toBe(!expected);
  });

  test.each([
    ['*', true],
    ['arn:aws:s3:::bucket/*', true],
    ['arn:aws:s3:::bucket/data/?.jsonl', true],
    ['arn:aws:s3:::*', true],
    ['arn:*', true],
    ['arn:aws:s3:::bucket', false],
    ['arn:aws:s3:::BUCKET/*', false],
    ['arn:aws:s3:::bucket/data/a+jsonl', false],
  ])('Resource %s: %s', (Resource, expected) => {
    expect(byRole([allow({ Resource })])).toBe(expected);
    const { Resource: _, ...rest } = allow({ NotResource: Resource });
    expect(byRole([rest])).toBe(!expected);
  });

  test('a star inside a part of an ARN stays in the part', () => {
    const request = { resource: 'arn:aws:lambda:eu-west-1:111122223333:function:plan:1' };
    expect(byRole([allow({ Resource: 'arn:aws:lambda:eu*1:111122223333:function:plan:1' })], request)).toBe(true);
    expect(byRole([allow({ Resource: 'arn:aws:lambda:eu*3:function:plan:1' })], request)).toBe(false);
  });
});

describe('who decides', () => {
  const resource = (more: object) => allow({ Principal: { AWS: ROLE.type === 'role' ? ROLE.arn : '' }, ...more });
  const deny = (more: object = {}) => allow({ Effect: 'Deny', ...more });

  test('nothing allows, nothing is allowed', () => {
    expect(authorize(GET, { identity: [], principal: ROLE })).toEqual({
      allowed: false,
      reason: `no statement allows s3:GetObject on ${GET.resource} by arn:aws:iam::111122223333:role/profile`,
    });
  });

  test.each([
    ['the role', [allow({})], [], true],
    ['the resource', [], [resource({})], true],
    ['a deny of the role wins', [allow({}), deny({ Sid: 'No' })], [resource({})], false],
    ['a deny of the resource wins', [allow({})], [deny({ Principal: '*' })], false],
    ['a deny for another action does not', [allow({}), deny({ Action: 's3:PutObject' })], [], true],
    ['everybody', [], [resource({ Principal: '*' })], true],
    ['every AWS principal', [], [resource({ Principal: { AWS: ['*'] } })], true],
    ['another role', [], [resource({ Principal: { AWS: 'arn:aws:iam::111122223333:role/other' } })], false],
    ['the account alone hands it on', [], [resource({ Principal: { AWS: '111122223333' } })], false],
    ['a deny for the account', [allow({})], [deny({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } })], false],
    ['a service is not the role', [], [resource({ Principal: { Service: 'cloudwatch.amazonaws.com' } })], false],
  ])('%s', (_, identity, resourcePolicy, allowed) => {
    expect(authorize(GET, { identity, resourcePolicy, principal: ROLE }).allowed).toBe(allowed);
  });

  test('a service has the resource policy only', () => {
    const publish = { action: 'sns:Publish', resource: 'arn:aws:sns:eu-west-1:111122223333:drift' };
    const topic = allow({ Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish' });
    expect(authorize(publish, { identity: [], resourcePolicy: [topic], principal: ALARMS }).allowed).toBe(true);
    expect(authorize(publish, { identity: [allow({})], principal: ALARMS }).allowed).toBe(false);
    const events = { ...topic, Principal: { Service: 'events.amazonaws.com' } };
    expect(authorize(publish, { identity: [], resourcePolicy: [events], principal: ALARMS }).allowed).toBe(false);
  });

  test('a key needs its own policy: for the role, or for the account together with the role', () => {
    const decrypt = { action: 'kms:Decrypt', resource: 'arn:aws:kms:eu-west-1:111122223333:key/k' };
    const account = resource({ Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*' });
    const decide = (identity: Statement[], resourcePolicy: Statement[]) =>
      authorize(decrypt, { identity, resourcePolicy, principal: ROLE }).allowed;
    expect(decide([allow({})], [])).toBe(false);
    expect(decide([], [account])).toBe(false);
    expect(decide([allow({})], [account])).toBe(true);
    expect(decide([], [resource({})])).toBe(true);
  });

  test('the reason names the statement that denies', () => {
    expect(authorize(GET, { identity: [deny({ Sid: 'NoReads' })], principal: ROLE }).reason).toContain('"NoReads"');
  });
});

describe('conditions', () => {
  const arn = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:drift:one';
  test.each([
    [{ StringEquals: { 'aws:SourceAccount': '111122223333' } }, { 'AWS:sourceaccount': '111122223333' }, true],
    [{ StringEquals: { k: ['a', 'b'] } }, { k: 'b' }, true],
    [{ StringEquals: { k: 'a' } }, { k: 'A' }, false],
    [{ StringEquals: { k: 'a', l: 'b' } }, { k: 'a', l: 'x' }, false],
    [{ StringEquals: { k: 'a' }, Bool: { l: true } }, { k: 'a', l: 'false' }, false],
    [{ StringEquals: { k: 'a' } }, {}, false],
    [{ StringEqualsIfExists: { k: 'a' } }, {}, true],
    [{ StringEqualsIfExists: { k: 'a' } }, { k: 'b' }, false],
    [{ StringNotEquals: { k: ['a', 'b'] } }, { k: 'b' }, false],
    [{ StringNotEquals: { k: ['a', 'b'] } }, {}, true],
    [{ StringEqualsIgnoreCase: { k: 'a' } }, { k: 'A' }, true],
    [{ StringLike: { k: 'data/*' } }, { k: 'data/x/y' }, true],
    [{ StringLike: { k: 'data/?' } }, { k: 'data/xy' }, false],
    [{ StringNotLike: { k: 'data/*' } }, { k: 'data/x' }, false],
    [{ ArnLike: { k: 'arn:aws:cloudwatch:*:111122223333:alarm:*' } }, { k: arn }, true],
    [{ ArnEquals: { k: 'arn:*:cloudwatch:*:*:alarm:drift:?ne' } }, { k: arn }, true],
    [{ ArnLike: { k: 'arn:aws:cloudwatch:*' } }, { k: arn }, false],
    [{ ArnNotLike: { k: 'arn:aws:cloudwatch:*:111122223333:alarm:*' } }, { k: arn }, false],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, { 'aws:SecureTransport': 'true' }, true],
    [{ Null: { k: 'true' } }, {}, true],
    [{ Null: { k: false } }, {}, false],
    [{ Null: { k: 'false' } }, { k: 'a' }, true],
    [{ NumericLessThan: { k: '10' } }, { k: '9' }, true],
    [{ NumericLessThanEquals: { k: 10 } }, { k: '10' }, true],
    [{ NumericGreaterThan: { k: '10' } }, { k: '10' }, false],
    [{ NumericEquals: { k: '10' } }, { k: '10.0' }, true],
    [{ 'ForAnyValue:StringEquals': { k: ['a', 'b'] } }, { k: ['b', 'c'] }, true],
    [{ 'ForAnyValue:StringEquals': { k: ['a', 'b'] } }, { k: ['c'] }, false],
    [{ 'ForAnyValue:StringEquals': { k: 'a' } }, {}, false],
    [{ 'ForAllValues:StringLike': { k: ['a*', 'b'] } }, { k: ['ax', 'b'] }, true],
    [{ 'ForAllValues:StringEquals': { k: ['a', 'b'] } }, { k: ['a', 'c'] }, false],
    [{ 'ForAllValues:StringEquals': { k: 'a' } }, {}, true],
  ] as [object, Record<string, string | string[]>, boolean][])('%j for %j: %s', (condition, context, expected) => {
    expect(holds(condition, context)).toBe(expected);
  });

  test('the published example of ArnLike and StringLike differs between colons', () => {
    const found = { k: 'arn:aws:iot:us-east-2:999999999999:store/abc:111122223333:store/abc' };
    expect(holds({ StringLike: { k: 'arn:aws:iot:*:111122223333:store/*' } }, found)).toBe(true);
    expect(holds({ ArnLike: { k: 'arn:aws:iot:*:111122223333:store/*' } }, found)).toBe(false);
  });
});

describe('policies that are refused', () => {
  test.each([
    ['UnknownOperator', allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
    ['UnknownOperator', allow({ Condition: { DateLessThan: {}, DateEquals: { k: '2026-01-01' } } })],
    ['UnknownOperator', allow({ Condition: { 'ForSome:StringEquals': { k: 'a' } } })],
    ['UnknownOperator', allow({ Action: 'other:Thing', Condition: { stringequals: { k: 'a' } } })],
    ['UnknownKey', allow({ Actions: 's3:*' })],
    ['WrongEffect', allow({ Effect: 'allow' })],
    ['WrongKeys', allow({ NotAction: 's3:*' })],
    ['WrongKeys', allow({ NotResource: '*' })],
    ['MissingKey', { Effect: 'Allow', Action: '*' }],
    ['PrincipalInIdentityPolicy', allow({ Principal: '*' })],
    ['WrongValue', allow({ Resource: `arn:aws:s3:::${hole('aws:PrincipalTag/team')}` })],
    ['WrongValue', allow({ Condition: { NumericEquals: { k: 'ten' } } })],
    ['WrongCondition', allow({ Condition: [] })],
  ] as [string, Statement][])('fails with %s for %j', (code, statement) => {
    const decide = () => byRole([statement], { context: { k: '1' } });
    expect(decide).toThrow(PolicyError);
    expect(decide).toThrow(code);
  });

  test.each([
    ['MissingKey', allow({})],
    ['MissingKey', allow({ NotPrincipal: { AWS: '*' } })],
    ['UnknownPrincipal', allow({ Principal: { Federated: 'x' } })],
    ['UnknownPrincipal', allow({ Principal: 'someone' })],
  ] as [string, Statement][])('fails with %s in a resource policy', (code, statement) => {
    expect(() => authorize(GET, { identity: [], resourcePolicy: [statement], principal: ROLE })).toThrow(code);
  });

  test('several values of a key need a set operator', () => {
    expect(() => holds({ StringEquals: { k: 'a' } }, { k: ['a', 'b'] })).toThrow('MissingSetOperator');
  });

  test('a document is read with one statement or a list', () => {
    expect(statementsOf({ Version: '2012-10-17', Statement: allow({}) })).toHaveLength(1);
    expect(statementsOf({ Statement: [allow({}), allow({})] })).toHaveLength(2);
    expect(() => statementsOf({ Statements: [] })).toThrow('UnknownKey');
    expect(() => statementsOf({ Statement: ['x'] })).toThrow('NotAStatement');
  });
});

test('adding a deny never allows more, adding an allow never less', () => {
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.constantFrom('*', 's3:*', 's3:GetObject', 's3:Put*', 'sns:*'),
    Resource: fc.constantFrom('*', 'arn:aws:s3:::bucket/*', 'arn:aws:s3:::other/*'),
  });
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 4 }), statement, (statements, extra) => {
      const before = byRole(statements);
      const after = byRole([...statements, extra]);
      expect(extra.Effect === 'Deny' ? !after || before : after || !before).toBe(true);
    }),
    { seed: 20_260_104 },
  );
});

describe('a permissions boundary', () => {
  const [reading, writing] = [allow({ Action: 's3:Get*' }), allow({ Action: 's3:Put*' })];
  const within = (boundary: Statement[], identity: Statement[] = [allow({})], resourcePolicy: Statement[] = []) =>
    authorize(GET, { identity, resourcePolicy, boundary, principal: ROLE });

  test('allows what both it and the policies of the role allow', () => {
    expect(within([reading]).allowed).toBe(true);
    expect(within([writing, reading]).allowed).toBe(true);
  });

  test('allows nothing by itself', () => {
    expect(within([reading], []).allowed).toBe(false);
  });

  test('forbids what it does not allow, also where the policy of the resource does', () => {
    const open = allow({ Principal: { AWS: 'arn:aws:iam::111122223333:role/profile' } });
    const { allowed, reason } = within([writing], [allow({})], [open]);
    expect(allowed).toBe(false);
    expect(reason).toContain(
      'the permissions boundary does not allow s3:GetObject on arn:aws:s3:::bucket/data/a.jsonl',
    );
  });

  test('forbids everything when it is empty, and what it denies', () => {
    expect(within([]).allowed).toBe(false);
    expect(within([allow({}), allow({ Effect: 'Deny', Action: 's3:GetObject' })]).reason).toContain('explicit deny');
  });

  test('looks at conditions', () => {
    const Condition = { StringEquals: { 'aws:SourceAccount': '111122223333' } };
    expect(within([allow({ Condition })]).allowed).toBe(false);
  });
});
