import { type Change, changesOf } from '../../../tools/templates/comparison';
import type { NamedTemplate, Template, TemplateResource } from '../../../tools/templates/template';

const HASH = 'a'.repeat(64);
const OTHER_HASH = 'b'.repeat(64);

type Resources = Readonly<Record<string, TemplateResource>>;

function named(Resources: Resources, rest: Template = {}, paths: NamedTemplate['paths'] = {}): NamedTemplate {
  return { template: { Resources, ...rest }, paths };
}

function changes(before: Resources, after: Resources): Change[] {
  return changesOf(named(before), named(after));
}

/** `fate path` of each change. */
function fates(before: Resources, after: Resources): string[] {
  return changes(before, after).map(({ fate, path }) => `${fate} ${path}`);
}

function role(Properties: Record<string, unknown> = {}): TemplateResource {
  return { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, ...Properties } };
}

function policy(...statements: object[]): TemplateResource {
  return { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', PolicyDocument: { Statement: statements } } };
}

function topic(Properties: Record<string, unknown> = {}): TemplateResource {
  return { Type: 'AWS::SNS::Topic', Properties };
}

function definition(RoleArn: unknown, Properties: Record<string, unknown> = {}): TemplateResource {
  return { Type: 'AWS::SageMaker::DataQualityJobDefinition', Properties: { RoleArn, ...Properties } };
}

function custom(ServiceToken: unknown, Properties: Record<string, unknown> = {}): TemplateResource {
  return { Type: 'Custom::Baseline', Properties: { ServiceToken, ...Properties } };
}

function lambda(hash: string, Properties: Record<string, unknown> = {}): TemplateResource {
  return { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Key: `${hash}.zip` }, ...Properties } };
}

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

describe('nothing has changed', () => {
  test('when keys, statements, actions, tags and dependencies come in another order', () => {
    const before: Resources = {
      Topic: topic({
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
        DisplayName: 'd',
      }),
      Policy: {
        ...policy({ Action: ['x', 'y'], Resource: ['1', '2'] }, { Action: 'z' }),
        DependsOn: ['Topic', 'Role'],
      },
      Role: role(),
    };
    const after: Resources = {
      Role: role(),
      Policy: {
        ...policy({ Action: ['z'] }, { Resource: ['2', '1'], Action: ['y', 'x'] }),
        DependsOn: ['Role', 'Topic'],
      },
      Topic: topic({
        DisplayName: 'd',
        Tags: [
          { Key: 'b', Value: '2' },
          { Key: 'a', Value: '1' },
        ],
      }),
    };
    expect(changes(before, after)).toEqual([]);
  });

  test('but the order of a list counts', () => {
    const before = { Function: lambda(HASH, { Layers: ['1', '2'] }) };
    expect(fates(before, { Function: lambda(HASH, { Layers: ['2', '1'] }) })).toEqual(['changed Function']);
  });
});

describe('a resource', () => {
  test('is added', () => {
    expect(fates({}, { Topic: topic() })).toEqual(['added Topic']);
  });

  test('is removed', () => {
    expect(fates({ Topic: topic() }, {})).toEqual(['removed Topic']);
  });

  test('is changed property by property', () => {
    const before = { Topic: topic({ DisplayName: 'a', TracingConfig: 'Active' }) };
    expect(changes(before, { Topic: topic({ DisplayName: 'b' }) })).toEqual([
      {
        fate: 'changed',
        path: 'Topic',
        type: 'AWS::SNS::Topic',
        reasons: [],
        differences: [
          { at: 'Properties.DisplayName', before: '"a"', after: '"b"' },
          { at: 'Properties.TracingConfig', before: '"Active"', after: 'nothing' },
        ],
      },
    ]);
  });

  test('is changed in one statement of a policy, and the others are not told', () => {
    const others = [{ Action: 'a' }, { Action: 'c' }];
    const [{ differences }] = changes(
      { Policy: policy(...others, { Action: 'b', Resource: '1' }) },
      { Policy: policy(...others, { Action: 'b', Resource: '2' }) },
    );
    expect(differences).toEqual([
      { at: 'Properties.PolicyDocument.Statement[1].Resource[0]', before: '"1"', after: '"2"' },
    ]);
  });

  test('is changed when what keeps it at deletion is', () => {
    expect(fates({ Topic: { ...topic(), DeletionPolicy: 'Retain' } }, { Topic: topic() })).toEqual(['changed Topic']);
  });

  test('has only another asset', () => {
    expect(fates({ Function: lambda(HASH) }, { Function: lambda(OTHER_HASH) })).toEqual(['assets Function']);
    const more = lambda(OTHER_HASH, { MemorySize: 256 });
    expect(fates({ Function: lambda(HASH) }, { Function: more })).toEqual(['changed Function']);
  });

  test('is replaced when a property changes that cannot be updated', () => {
    const [change] = changes({ D: definition('r') }, { D: definition('r', { Tags: [] }) });
    expect(change).toMatchObject({ fate: 'replaced', reasons: ['Tags'] });
  });

  test('is replaced when it refers in such a property to what is replaced, however long the way', () => {
    const before = {
      E: definition({ Ref: 'D' }),
      D: definition(arnOf('Role')),
      Role: role({ Path: '/a/' }),
      Topic: topic(),
    };
    const after = { ...before, Role: role({ Path: '/b/' }) };
    expect(changes(before, after).map(({ path, fate, reasons }) => [path, fate, ...reasons])).toEqual([
      ['D', 'replaced', 'RoleArn refers to Role'],
      ['E', 'replaced', 'RoleArn refers to D'],
      ['Role', 'replaced', 'Path'],
    ]);
  });

  test('is not replaced by a reference in a property that can be updated', () => {
    const before = { Role: role({ Path: '/a/' }), Function: lambda(HASH, { Role: arnOf('Role') }) };
    expect(fates(before, { ...before, Role: role({ Path: '/b/' }) })).toEqual(['replaced Role']);
  });

  test('is replaced under another logical id; what refers to it has not changed', () => {
    const before = { Old: topic({ DisplayName: 'd' }), Policy: policy({ Resource: { Ref: 'Old' } }) };
    const after = { New: topic({ DisplayName: 'd' }), Policy: policy({ Resource: { Ref: 'New' } }) };
    expect(changes(before, after)).toEqual([
      { fate: 'replaced', path: 'New', type: 'AWS::SNS::Topic', reasons: ['logical id Old -> New'], differences: [] },
    ]);
  });

  test('is replaced and changed at once when most of it is the same', () => {
    const before = { Old: topic({ DisplayName: 'd', TracingConfig: 'Active', SignatureVersion: '1' }) };
    const after = { New: topic({ DisplayName: 'e', TracingConfig: 'Active', SignatureVersion: '1' }) };
    const [change] = changes(before, after);
    expect(change).toMatchObject({ fate: 'replaced', differences: [{ at: 'Properties.DisplayName' }] });
    const another = { New: topic({ FifoTopic: true, ContentBasedDeduplication: true }) };
    expect(fates(before, another)).toEqual(['added New', 'removed Old']);
  });

  test('is found by its construct path', () => {
    const before = named(
      { Old: topic({ DisplayName: 'a' }), Twin: topic({ DisplayName: 'b' }) },
      {},
      { Old: 'P/Topic' },
    );
    const after = named(
      { New: topic({ DisplayName: 'b' }), Twin: topic({ DisplayName: 'b' }) },
      {},
      { New: 'P/Topic' },
    );
    expect(changesOf(before, after)).toMatchObject([{ fate: 'replaced', path: 'P/Topic' }]);
  });

  test('is seen to have moved through others that moved with it', () => {
    const app = (prefix: string, roles: readonly string[]): Resources => ({
      ...Object.fromEntries(roles.map((id) => [`${prefix}${id}`, role()])),
      [`${prefix}First`]: lambda(HASH, { Role: arnOf(`${prefix}Role1`), Description: 'first' }),
      [`${prefix}Second`]: lambda(HASH, { Role: arnOf(`${prefix}Role2`), Description: 'second' }),
      User: policy({ Resource: { 'Fn::Sub': `\${${prefix}First.Arn}:*` } }),
    });
    const found = changes(app('A', ['Role1', 'Role2']), app('B', ['Role2', 'Role1']));
    expect(found.map(({ fate, reasons }) => [fate, ...reasons])).toEqual(
      ['First', 'Role1', 'Role2', 'Second'].map((id) => ['replaced', `logical id A${id} -> B${id}`]),
    );
  });
});

describe('an update is refused', () => {
  test('that changes the type under one logical id', () => {
    const [change] = changes({ X: topic() }, { X: role() });
    expect(change).toMatchObject({
      fate: 'refused',
      reasons: ['type AWS::SNS::Topic -> AWS::IAM::Role under one logical id'],
    });
  });

  test('that changes the function of a custom resource', () => {
    const functions = { A: lambda(HASH, { Description: 'a' }), B: lambda(HASH, { Description: 'b' }) };
    const found = changes({ ...functions, C: custom(arnOf('A')) }, { ...functions, C: custom(arnOf('B')) });
    expect(found).toMatchObject([{ fate: 'refused', path: 'C', reasons: ['ServiceToken changes'] }]);
  });

  test('that replaces the function of a custom resource', () => {
    const before = { Old: lambda(HASH, { Description: 'a' }), C: custom(arnOf('Old')) };
    const after = { New: lambda(HASH, { Description: 'a' }), C: custom(arnOf('New')) };
    expect(fates(before, after)).toEqual(['refused C', 'replaced New']);
  });

  test('but not when the custom resource gets a new id, too', () => {
    const before = { Old: lambda(HASH), C1: custom(arnOf('Old'), { Spec: 'a' }) };
    const after = { New: lambda(HASH), C2: custom(arnOf('New'), { Spec: 'a' }) };
    expect(fates(before, after)).toEqual(['replaced C2', 'replaced New']);
  });

  test('that replaces a resource under a name of its own, by a property or by its id', () => {
    const fixed = { JobDefinitionName: 'mine' };
    const reason = 'replaced under its fixed JobDefinitionName, which is taken';
    const byProperty = changes({ D: definition('a', fixed) }, { D: definition('b', fixed) });
    expect(byProperty).toMatchObject([{ fate: 'refused', reasons: [reason, 'RoleArn'] }]);
    const byId = changes({ D: definition('a', fixed) }, { E: definition('a', fixed) });
    expect(byId).toMatchObject([{ fate: 'refused', reasons: [reason, 'logical id D -> E'] }]);
    const renamed = { JobDefinitionName: 'other' };
    expect(fates({ D: definition('a', fixed) }, { D: definition('b', renamed) })).toEqual(['replaced D']);
  });

  test('a resource with a fixed name is the same for what refers to it', () => {
    const before = { Role: role({ RoleName: 'r', Path: '/a/' }), D: definition(arnOf('Role')) };
    expect(fates(before, { ...before, Role: role({ RoleName: 'r', Path: '/b/' }) })).toEqual(['refused Role']);
  });
});

describe('beside resources', () => {
  const exported = (Name: string, Value: unknown) => ({ Outputs: { O: { Value, Export: { Name } } } });

  test('exports are added, removed and changed', () => {
    const before = named({ Topic: topic() }, exported('a', { Ref: 'Topic' }));
    expect(changesOf(before, named({ Topic: topic() }, exported('b', { Ref: 'Topic' })))).toMatchObject([
      { fate: 'removed', path: '"a"', type: 'Export' },
      { fate: 'added', path: '"b"', type: 'Export' },
    ]);
    expect(changesOf(before, named({ Topic: topic() }, exported('a', 'x')))).toMatchObject([
      { fate: 'changed', path: '"a"', type: 'Export' },
    ]);
    expect(changesOf(before, before)).toEqual([]);
  });

  test('sections are added, removed and changed', () => {
    expect(changesOf(named({}, { Mappings: { a: 1 } }), named({}, { Mappings: { a: 2 }, Rules: {} }))).toMatchObject([
      { fate: 'changed', path: 'Mappings', type: 'Section' },
      { fate: 'added', path: 'Rules', type: 'Section' },
    ]);
    expect(changesOf(named({}, { Rules: {} }), named({}))).toMatchObject([{ fate: 'removed', path: 'Rules' }]);
  });
});

test('a type whose figures are not kept is an error that says what to do', () => {
  const unknown = { X: { Type: 'AWS::Unheard::Of' } };
  expect(() => changes(unknown, unknown)).toThrow(/AWS::Unheard::Of.*tools\/service-model\/replacement.ts/);
});
