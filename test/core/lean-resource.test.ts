import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, Aws, type CfnResource, Fn, Stack, Tags, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { isVerbatim, lean, spellingOf } from '../../lib/core/lean-resource';
import { sourceFiles } from '../project/source-files';

@lean
class LeanAlarm extends cloudwatch.CfnAlarm {}
@lean
class LeanModel extends sagemaker.CfnModel {}
@lean
class LeanRole extends iam.CfnRole {}

const LIB = sourceFiles('lib');
const LEAN_CLASS = /@lean\n(?:export )?class \w+ extends (\w+)\.Cfn(\w+) /g;

/** The resource types that are lean in the library, by the module of the CDK that has them. */
const LEAN_TYPES = LIB.flatMap(({ text }) => [...text.matchAll(LEAN_CLASS)]).map(
  ([, module, type]) => [module, type] as const,
);

/** How the CDK renders a property: `Name:mapper(properties.name)`. */
const CONVERSION = /([A-Za-z0-9]+):((?:[^,(]|\([^()]*\)|\((?:[^()]|\([^()]*\))*\))*?)\(properties\.([a-zA-Z0-9]+)\)/g;

/** The types inside a resource type; those of another whose name begins alike are not of them. */
function nestedIn(generated: string, type: string): string {
  const types = [...generated.matchAll(/class (Cfn[A-Za-z]+) extends/g)].map(([, name]) => name);
  const longer = types.filter((name) => name.startsWith(`Cfn${type}`) && name !== `Cfn${type}`);
  const names = [...generated.matchAll(new RegExp(`function convertCfn${type}([A-Za-z]+)ToCloudFormation`, 'g'))];
  return names
    .map(([, name]) => name)
    .filter((name) => !longer.some((other) => `Cfn${type}${name}`.startsWith(other)))
    .join('|');
}

/** Every property of a resource type and of what is inside it, as the CDK's own class converts it. */
function conversionsOf(module: string, type: string): { name: string; spelling: string; mapper: string }[] {
  const file = join(dirname(require.resolve(`aws-cdk-lib/aws-${module}`)), `lib/${module}.generated.js`);
  const generated = readFileSync(file, 'utf8');
  const functions = new RegExp(`function convertCfn${type}(${nestedIn(generated, type)})ToCloudFormation\\(`, 'g');
  return [...generated.matchAll(functions)].flatMap(({ index }) => {
    const body = generated.slice(index, generated.indexOf('}function', index));
    return [...body.matchAll(CONVERSION)].map(([, spelling, mapper, name]) => ({ name, spelling, mapper }));
  });
}

test('every class that is lean is looked at', () => {
  const decorated = LIB.flatMap(({ text }) => text.match(/^@lean$/gm) ?? []);
  expect(LEAN_TYPES).toHaveLength(decorated.length);
  expect(decorated.length).toBeGreaterThan(0);
});

describe.each(LEAN_TYPES)('%s %s', (...type) => {
  const conversions = conversionsOf(...type);

  test('spells all properties as the CDK does', () => {
    expect(conversions.length).toBeGreaterThan(1);
    const spelled = conversions.map(({ name }) => [name, spellingOf(name)]);
    expect(spelled).toEqual(conversions.map(({ name, spelling }) => [name, spelling]));
  });

  test('leaves alone what is a map or a document, and nothing else', () => {
    const free = conversions.filter(({ mapper }) => /hashMapper|objectToCloudFormation/.test(mapper));
    const others = conversions.filter((conversion) => !free.includes(conversion));
    expect(free.filter(({ name }) => !isVerbatim(name))).toEqual([]);
    expect(others.filter(({ name }) => isVerbatim(name))).toEqual([]);
  });
});

const ALARM: cloudwatch.CfnAlarmProps = {
  comparisonOperator: 'GreaterThanThreshold',
  evaluationPeriods: 1,
  dimensions: [{ name: 'MonitorId', value: 'a' }],
  okActions: ['arn:aws:sns:eu-west-1:123456789012:topic'],
  metrics: [{ id: 'm', metricStat: { metric: { namespace: 'N' }, period: 60, stat: 'Sum' } }],
  tags: [{ key: 'team', value: 'churn' }],
};

describe('a lean resource', () => {
  const newStack = () => new Stack(new App(), 'Stack');
  test("renders what the CDK's own class renders, with the stack's tags", () => {
    const templates = [cloudwatch.CfnAlarm, LeanAlarm].map((Alarm) => {
      const stack = newStack();
      Tags.of(stack).add('owner', 'b');
      new Alarm(stack, 'Alarm', ALARM);
      return Template.fromStack(stack).toJSON();
    });
    expect(templates[1]).toEqual(templates[0]);
  });

  test('is what the class is, for aspects that ask, and takes changes of its properties', () => {
    const stack = newStack();
    const resource = new LeanAlarm(stack, 'Alarm', ALARM);
    expect(resource).toBeInstanceOf(cloudwatch.CfnAlarm);
    expect(cloudwatch.CfnAlarm.isCfnAlarm(resource)).toBe(true);
    resource.threshold = 5;
    resource.addPropertyOverride('Unit', 'Count');
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: 5, Unit: 'Count' });
  });

  test.each([
    ['an environment', [sagemaker.CfnModel, LeanModel], { primaryContainer: { environment: { my_name: 'a' } } }],
    [
      'a text with variables',
      [cloudwatch.CfnAlarm, LeanAlarm],
      { ...ALARM, alarmDescription: Fn.sub(`\${name} in \${region}`, { name: 'a', region: Aws.REGION }) },
    ],
    [
      'what a condition chooses',
      [cloudwatch.CfnAlarm, LeanAlarm],
      { ...ALARM, dimensions: Token.asAny({ 'Fn::If': ['C', [{ Name: 'a', Value: 'b' }], { Ref: 'AWS::NoValue' }] }) },
    ],
    [
      'a policy',
      [iam.CfnRole, LeanRole],
      { assumeRolePolicyDocument: { Statement: [{ Condition: { a: { 'b:c': 'd' } } }] } },
    ],
  ] as const)("leaves names alone in %s, as the CDK's class does", (_, classes, props) => {
    const templates = (classes as unknown as (new (...args: unknown[]) => CfnResource)[]).map((Class) => {
      const stack = newStack();
      new Class(stack, 'Resource', props);
      return Template.fromStack(stack).toJSON();
    });
    expect(templates[1]).toEqual(templates[0]);
  });

  test('tells the tree of constructs its type and its logical id', () => {
    const attributes: { [name: string]: unknown } = {};
    const stack = newStack();
    const resource = new LeanAlarm(stack, 'Alarm', ALARM);
    resource.inspect({ attributes, addAttribute: (name, value) => Object.assign(attributes, { [name]: value }) });
    expect(stack.resolve(attributes)).toEqual({
      'aws:cdk:cloudformation:type': 'AWS::CloudWatch::Alarm',
      'aws:cdk:cloudformation:logicalId': 'Alarm',
    });
  });
});
