import { App, CfnOutput, Fn } from 'aws-cdk-lib';
import type { Cloud } from '../../../lib/cloud/deployment/cloud';
import { isReplaced, KNOWN_TYPES } from '../../../lib/cloud/deployment/resource-types';
import { assembly, openCloud, removeFolders, TestStack } from './stack';

let cloud: Cloud;

beforeEach(async () => {
  cloud = await openCloud();
});

afterEach(() => cloud.close());
afterAll(removeFolders);

const deploy = (build: (stack: TestStack) => void) => cloud.deploy(assembly(build));
const topic = (id: string, properties: object) => (stack: TestStack) =>
  void stack.add(id, 'AWS::SNS::Topic', properties);

test('what replaces a resource is known of every type', () => {
  expect(KNOWN_TYPES.length).toBeGreaterThan(40);
  for (const type of KNOWN_TYPES) expect(isReplaced(type, { Tags: [] }, { Tags: [] })).toBe(false);
  expect(() => isReplaced('AWS::Unheard::Of', {}, {})).toThrow(/^NotRehearsed: .*AWS::Unheard::Of/);
});

describe('a property that cannot be updated', () => {
  test('replaces the resource: the new one is made first, the old one deleted at the end', async () => {
    await deploy(topic('T', { TopicName: 'one' }));
    const before = cloud.resource({ name: 'T', type: 'AWS::SNS::Topic' }).ref;
    const outcome = await deploy(topic('T', { TopicName: 'two' }));
    const after = cloud.resource({ name: 'T', type: 'AWS::SNS::Topic' }).ref;
    expect(after).not.toBe(before);
    expect(outcome.events).toMatchObject([
      { logicalId: 'T', status: 'UPDATE_COMPLETE', physicalId: after },
      { logicalId: 'T', status: 'DELETE_COMPLETE', physicalId: before },
      { status: 'UPDATE_COMPLETE' },
    ]);
  });

  test('is refused under a name that the template gives', async () => {
    const role = (Path: string) => (stack: TestStack) =>
      void stack.add('R', 'AWS::IAM::Role', { RoleName: 'mine', Path, AssumeRolePolicyDocument: { Statement: [] } });
    await deploy(role('/a/'));
    const outcome = await deploy(role('/b/'));
    expect(outcome).toMatchObject({
      status: 'UPDATE_ROLLBACK_COMPLETE',
      reason: 'R: AlreadyExists: mine already exists in stack Test',
    });
    expect(cloud.resources({ type: 'AWS::IAM::Role' }).find(({ ref }) => ref === 'mine')?.properties.Path).toBe('/a/');
  });

  test('is none of a custom resource, whose function decides', () => {
    expect(isReplaced('Custom::Test', { A: 1 }, { A: 2 })).toBe(false);
  });
});

describe('a name that is taken', () => {
  test('is refused to another logical id, also where the template has the old one no more', async () => {
    await deploy(topic('Old', { TopicName: 'mine' }));
    expect((await deploy(topic('New', { TopicName: 'mine' }))).reason).toMatch(/^New: AlreadyExists: .*:mine already/);
    expect((await deploy(topic('New', { TopicName: 'other' }))).status).toBe('UPDATE_COMPLETE');
    expect((await deploy(topic('Old', { TopicName: 'mine' }))).status).toBe('UPDATE_COMPLETE');
  });

  test('is not free before the end of the update that gives it up', async () => {
    await deploy(topic('A', { TopicName: 'one' }));
    const outcome = await deploy((stack) => {
      topic('A', { TopicName: 'two' })(stack);
      topic('B', { TopicName: 'one' })(stack);
    });
    expect(outcome.reason).toMatch(/^B: AlreadyExists: .*:one already exists/);
  });

  test('is free for what lies somewhere else', async () => {
    const outcome = await deploy((stack) => {
      const bus = stack.add('Bus', 'AWS::Events::EventBus', { Name: 'bus' });
      stack.add('One', 'AWS::Events::Rule', { Name: 'mine', EventPattern: { source: ['a'] } });
      stack.add('Two', 'AWS::Events::Rule', { Name: 'mine', EventPattern: { source: ['a'] }, EventBusName: bus.ref });
    });
    expect(outcome.status).toBe('CREATE_COMPLETE');
  });
});

const x = (count: number) => 'x'.repeat(count);
const ROLE = 'arn:aws:iam::111122223333:role/role';
const machine = (spaces: number) => {
  const definition = JSON.stringify({ StartAt: 'S', States: { S: { Type: 'Succeed' } } });
  return { RoleArn: ROLE, DefinitionString: definition.padEnd(spaces) };
};
const scheduled = (more: object) => ({
  ScheduleExpression: 'rate(1 hour)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: 'arn:aws:lambda:eu-west-1:111122223333:function:f', RoleArn: ROLE, Input: '{}' },
  ...more,
});
const alarm = (more: object) => ({
  EvaluationPeriods: 1,
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 1,
  ...more,
});
const metric = { Namespace: 'N', MetricName: 'M', Period: 60, Statistic: 'Sum' };
/** A rule with a pattern of so many characters of JSON. */
const rule = (characters: number) => ({ EventPattern: { source: [x(characters - '{"source":[""]}'.length)] } });
const target = (count: number) => ({
  ...rule(50),
  Targets: [{ Id: 't', Arn: 'arn:aws:sqs:eu-west-1:111122223333:q', Input: x(count) }],
});

describe('a property that the service does not take', () => {
  test.each<[type: string, taken: object, refused: object, reason: RegExp]>([
    ['AWS::Scheduler::Schedule', scheduled({ Name: x(64) }), scheduled({ Name: x(65) }), /CreateSchedule: .*'Name'/],
    ['AWS::Scheduler::Schedule', scheduled({}), scheduled({ Description: x(513) }), /'Description'/],
    [
      'AWS::Scheduler::Schedule',
      scheduled({}),
      scheduled({ FlexibleTimeWindow: { Mode: 'Off' } }),
      /enum value set: \[OFF, FLEXIBLE\]/,
    ],
    ['AWS::Events::Rule', rule(2048), rule(2049), /PutRule: .*'EventPattern'/],
    ['AWS::Events::Rule', { ...rule(50), Description: x(512) }, { ...rule(50), Description: x(513) }, /'Description'/],
    ['AWS::Events::Rule', target(8192), target(8193), /PutTargets: .*'Targets\[0\].Input'/],
    ['AWS::StepFunctions::StateMachine', machine(1_048_576), machine(1_048_577), /CreateStateMachine: .*'definition'/],
    ['AWS::SNS::Topic', { TopicName: x(256) }, { TopicName: 'a b' }, /CreateTopic: .*'Name'/],
    ['AWS::Logs::LogGroup', { LogGroupName: '/aws/a#b' }, { LogGroupName: 'a b' }, /CreateLogGroup: .*'logGroupName'/],
    [
      'AWS::CloudWatch::Alarm',
      alarm(metric),
      alarm({ ...metric, AlarmDescription: x(1025) }),
      /PutMetricAlarm: .*'AlarmDescription'/,
    ],
  ])('of %s fails its deployment', async (type, taken, refused, reason) => {
    expect(await deploy((stack) => void stack.add('A', type, taken))).toMatchObject({ status: 'CREATE_COMPLETE' });
    const outcome = await deploy((stack) => void stack.add('A', type, refused));
    expect(outcome.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(outcome.reason).toMatch(reason);
  });

  test('of a function is its environment above 4 KB', async () => {
    const withBytes = (bytes: number) => (stack: TestStack) =>
      void stack.add('A', 'AWS::Lambda::Function', {
        Role: ROLE,
        Runtime: 'python3.13',
        Handler: 'index.handler',
        Code: { S3Key: 'elsewhere' },
        Environment: { Variables: { AB: x(bytes - '{"AB":""}'.length) } },
      });
    expect((await deploy(withBytes(4096))).status).toBe('CREATE_COMPLETE');
    expect((await deploy(withBytes(4097))).reason).toMatch(/CreateFunction: .*'4097 bytes' at 'Environment.Variables'/);
  });
});

describe('an export that another stack imports', () => {
  /** A stack with an export, and one that may use it. */
  function app({ value, uses }: { readonly value?: string; readonly uses: boolean }): string {
    const tree = new App({ outdir: `${assembly(() => undefined)}-${value}-${uses}` });
    const first = new TestStack(tree, 'First');
    if (value !== undefined) new CfnOutput(first, 'Out', { value, exportName: 'Name' });
    const second = new TestStack(tree, 'Second');
    second.addStackDependency(first);
    new CfnOutput(second, 'Got', { value: uses ? Fn.importValue('Name') : 'nothing' });
    return tree.synth().directory;
  }

  test('keeps its value', async () => {
    expect((await cloud.deploy(app({ value: 'a', uses: true }))).status).toBe('CREATE_COMPLETE');
    expect(await cloud.deploy(app({ value: 'b', uses: true }))).toMatchObject({
      stackName: 'First',
      status: 'UPDATE_ROLLBACK_COMPLETE',
      reason: 'Export Name cannot be updated as it is in use by Second',
    });
    expect((await cloud.deploy(app({ value: 'a', uses: true }))).status).toBe('UPDATE_COMPLETE');
  });

  test('is not deleted before its use is, in the same deployment neither', async () => {
    await cloud.deploy(app({ value: 'a', uses: true }));
    const reason = 'Export Name cannot be deleted as it is in use by Second';
    expect((await cloud.deploy(app({ uses: false }))).reason).toBe(reason);
    expect(await cloud.destroy('First')).toMatchObject({ status: 'DELETE_FAILED', reason });
    expect((await cloud.deploy(app({ value: 'a', uses: false }))).status).toBe('UPDATE_COMPLETE');
    expect((await cloud.deploy(app({ uses: false }))).status).toBe('UPDATE_COMPLETE');
    expect((await cloud.destroy('First')).status).toBe('DELETE_COMPLETE');
  });
});
