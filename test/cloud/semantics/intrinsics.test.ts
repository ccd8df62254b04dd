import fc from 'fast-check';
import { TemplateError, TemplateResolver } from '../../../lib/cloud/semantics/intrinsics/intrinsics';

/** A placeholder as templates and policies write it, `${name}`. */
const hole = (name: string) => `$\{${name}}`;

const PSEUDO = { region: 'eu-west-1', accountId: '111122223333', stackName: 'Monitoring' };
const resolverOf = (template: Record<string, unknown>, more: object = {}) =>
  new TemplateResolver({
    template,
    pseudo: PSEUDO,
    lookup: { ref: (id) => `ref:${id}`, getAtt: (id, name) => `att:${id}.${name}` },
    ...more,
  });
const TEMPLATE = {
  Parameters: {
    Stage: { Type: 'String', Default: 'prod' },
    Names: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/image/latest' },
    Open: { Type: 'String' },
  },
  Mappings: { Zone: { 'eu-west-1': { letter: 'a', all: ['a', 'b'] } } },
  Conditions: {
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    IsTest: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    Both: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'IsTest' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsTest' }] },
    Round: { 'Fn::Not': [{ Condition: 'Trip' }] },
    Trip: { 'Fn::Not': [{ Condition: 'Round' }] },
  },
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket' },
    Gone: { Type: 'AWS::S3::Bucket', Condition: 'IsTest' },
  },
};

describe('resolve', () => {
  test.each([
    ['a parameter', { Ref: 'Stage' }, 'prod'],
    ['a list parameter', { Ref: 'Names' }, ['a', 'b']],
    ['a resource', { Ref: 'Bucket' }, 'ref:Bucket'],
    ['the region', { Ref: 'AWS::Region' }, 'eu-west-1'],
    ['the account', { Ref: 'AWS::AccountId' }, '111122223333'],
    ['the partition', { Ref: 'AWS::Partition' }, 'aws'],
    ['the URL suffix', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    ['the stack name', { Ref: 'AWS::StackName' }, 'Monitoring'],
    ['an attribute', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'att:Bucket.Arn'],
    ['an attribute as text', { 'Fn::GetAtt': 'Bucket.Deep.Name' }, 'att:Bucket.Deep.Name'],
    [
      'a join',
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { Ref: 'Bucket' }]] },
      'arn:aws:s3:::ref:Bucket',
    ],
    ['a join of a split', { 'Fn::Join': ['-', { 'Fn::Split': ['.', 'a.b.c'] }] }, 'a-b-c'],
    ['the zones of the region', { 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
    ['a zone of a region', { 'Fn::Select': [1, { 'Fn::GetAZs': { Ref: 'AWS::Region' } }] }, 'eu-west-1b'],
    ['a selection', { 'Fn::Select': ['1', { Ref: 'Names' }] }, 'b'],
    [
      'a substitution',
      {
        'Fn::Sub': `x-${hole('Stage')}-${hole('Bucket')}-${hole('Bucket.Arn')}-${hole('AWS::Region')}-${hole('!Kept')}`,
      },
      `x-prod-ref:Bucket-att:Bucket.Arn-eu-west-1-${hole('Kept')}`,
    ],
    [
      'a substitution with variables',
      { 'Fn::Sub': [`${hole('Own')}/${hole('Stage')}`, { Own: { Ref: 'Bucket' } }] },
      'ref:Bucket/prod',
    ],
    ['a mapping', { 'Fn::FindInMap': ['Zone', { Ref: 'AWS::Region' }, 'letter'] }, 'a'],
    ['a choice', { 'Fn::If': ['IsProd', { Ref: 'Bucket' }, { Ref: 'Gone' }] }, 'ref:Bucket'],
    ['an import', { 'Fn::ImportValue': { 'Fn::Sub': `${hole('Stage')}-topic` } }, 'topic-arn'],
    [
      'no value',
      { a: { 'Fn::If': ['IsTest', 1, { Ref: 'AWS::NoValue' }] }, b: [{ Ref: 'AWS::NoValue' }, 2] },
      { b: [2] },
    ],
    [
      'plain data',
      { a: [1, true, null, 'x'], Condition: { StringEquals: {} } },
      { a: [1, true, null, 'x'], Condition: { StringEquals: {} } },
    ],
    ['a key Ref beside others', { Ref: 'Stage', other: 1 }, { Ref: 'Stage', other: 1 }],
    ['a given parameter', { Ref: 'Open' }, 'given'],
  ])('%s', (_, value, expected) => {
    const resolver = resolverOf(TEMPLATE, { parameters: { Open: 'given' }, exports: { 'prod-topic': 'topic-arn' } });
    expect(resolver.resolve(value)).toEqual(expected);
  });

  test.each([
    ['UnknownFunction', { 'Fn::Base64': 'x' }],
    ['UnknownReference', { Ref: 'Nobody' }],
    ['UnknownReference', { 'Fn::Sub': `${hole('Nobody')}` }],
    ['UnknownReference', { 'Fn::GetAtt': ['Nobody', 'Arn'] }],
    ['UnknownReference', { Ref: 'AWS::Unknown' }],
    ['AbsentResource', { Ref: 'Gone' }],
    ['MissingParameter', { Ref: 'Open' }],
    ['MissingParameter', { Ref: 'Image' }],
    ['UnknownMapping', { 'Fn::FindInMap': ['Zone', 'us-east-1', 'letter'] }],
    ['UnknownExport', { 'Fn::ImportValue': 'x' }],
    ['UnknownCondition', { 'Fn::If': ['Nothing', 1, 2] }],
    ['ConditionCycle', { 'Fn::If': ['Round', 1, 2] }],
    ['WrongIndex', { 'Fn::Select': [2, ['a', 'b']] }],
    ['WrongForm', { 'Fn::Sub': 'x', other: 1 }],
    ['WrongArgument', { 'Fn::Join': ['-'] }],
    ['WrongType', { 'Fn::Join': ['-', [{ a: 1 }]] }],
  ])('fails with %s for %j', (code, value) => {
    expect(() => resolverOf(TEMPLATE).resolve(value)).toThrow(TemplateError);
    expect(() => resolverOf(TEMPLATE).resolve(value)).toThrow(code);
  });

  test('conditions combine', () => {
    const resolver = resolverOf(TEMPLATE);
    const values = ['IsProd', 'IsTest', 'Both', 'Either'].map((name) => resolver.condition(name));
    expect(values).toEqual([true, false, false, true]);
  });

  test('data without intrinsics stays as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('"Fn::') && !JSON.stringify(value).includes('"Ref"'));
        expect(JSON.stringify(resolverOf(TEMPLATE).resolve(value))).toBe(JSON.stringify(value));
      }),
      { seed: 20_260_105 },
    );
  });
});

describe('order', () => {
  const resources = {
    Rule: {
      Type: 'R',
      DependsOn: ['Policy', 'Never'],
      Properties: { Targets: [{ Arn: { 'Fn::GetAtt': ['Function', 'Arn'] } }] },
    },
    Function: {
      Type: 'F',
      DependsOn: 'Policy',
      Properties: {
        Role: { 'Fn::GetAtt': 'Role.Arn' },
        Env: { 'Fn::Sub': [`${hole('Bucket')}${hole('X')}`, { X: { Ref: 'Topic' } }] },
      },
    },
    Policy: {
      Type: 'P',
      Properties: { Roles: [{ Ref: 'Role' }], Maybe: { 'Fn::If': ['No', { Ref: 'Never' }, { Ref: 'AWS::NoValue' }] } },
    },
    Never: { Type: 'N', Condition: 'No' },
    Role: { Type: 'Role' },
    Bucket: { Type: 'B' },
    Topic: { Type: 'T' },
  };
  const template = { Conditions: { No: { 'Fn::Equals': ['a', 'b'] } }, Resources: resources };

  test('dependencies are all references and DependsOn of what exists', () => {
    const resolver = resolverOf(template);
    expect(resolver.dependencies('Rule')).toEqual(['Function', 'Policy']);
    expect(resolver.dependencies('Function')).toEqual(['Bucket', 'Policy', 'Role', 'Topic']);
    expect(resolver.dependencies('Policy')).toEqual(['Role']);
  });

  test('the order puts dependencies first and leaves out what does not exist', () => {
    expect(resolverOf(template).order()).toEqual(['Bucket', 'Role', 'Policy', 'Topic', 'Function', 'Rule']);
  });

  test('properties of a resource are resolved', () => {
    expect(resolverOf(template).properties('Policy')).toEqual({ Roles: ['ref:Role'] });
    expect(resolverOf(template).properties('Role')).toEqual({});
  });

  test('fails with the cycle', () => {
    const cycle = {
      A: { Properties: { x: { Ref: 'B' } } },
      B: { DependsOn: 'C' },
      C: { Properties: { x: { 'Fn::Sub': `${hole('A')}` } } },
    };
    expect(() => resolverOf({ Resources: cycle }).order()).toThrow('DependencyCycle: A -> B -> C -> A');
  });

  test('fails for an unknown or absent reference', () => {
    expect(() => resolverOf({ Resources: { A: { DependsOn: 'B' } } }).order()).toThrow('UnknownReference');
    const absent = { ...template, Resources: { ...resources, Role: { Properties: { x: { Ref: 'Never' } } } } };
    expect(() => resolverOf(absent).order()).toThrow('AbsentResource');
    expect(() => resolverOf(template).properties('Nobody')).toThrow('UnknownResource');
  });

  test('every resource comes after all it depends on', () => {
    const graph = fc
      .integer({ min: 1, max: 8 })
      .chain((size) =>
        fc.tuple(
          ...Array.from({ length: size }, (_, index) => fc.subarray(Array.from({ length: index }, (_x, i) => `R${i}`))),
        ),
      );
    fc.assert(
      fc.property(graph, (edges) => {
        const entries = edges.map((names, index) => [`R${index}`, { DependsOn: names }] as const).reverse();
        const order = resolverOf({ Resources: Object.fromEntries(entries) }).order();
        expect(order).toHaveLength(edges.length);
        for (const [index, names] of edges.entries()) {
          for (const name of names) {
            expect(order.indexOf(name)).toBeLessThan(order.indexOf(`R${index}`));
          }
        }
      }),
      { seed: 20_260_106 },
    );
  });
});
