import { CfnDeletionPolicy } from 'aws-cdk-lib';
import type { Cloud } from '../../../lib/cloud/deployment/cloud';
import { assembly, customResources, openCloud, removeFolders, type TestStack } from './stack';

let cloud: Cloud;

beforeEach(async () => {
  cloud = await openCloud();
});

afterEach(() => cloud.close());
afterAll(removeFolders);

const deploy = (build: (stack: TestStack) => void) => cloud.deploy(assembly(build));
const seen = () =>
  customResources(cloud).map(({ RequestType, LogicalResourceId, ResourceProperties }) =>
    `${RequestType} ${LogicalResourceId} ${ResourceProperties.Value ?? ''}`.trim(),
  );

/** Three resources, each needs the one before; what is given replaces properties. */
function chain(properties: Readonly<Record<string, object>>, without: readonly string[] = []) {
  return (stack: TestStack): void => {
    let before: ReturnType<TestStack['custom']> | undefined;
    for (const id of ['A', 'B', 'C'].filter((name) => !without.includes(name))) {
      const resource = stack.custom(id, { Value: 1, ...properties[id] });
      if (before !== undefined) resource.addResourceDependency(before);
      before = resource;
    }
  };
}

test('a creation that fails is deleted in reverse order, the failed resource first', async () => {
  const outcome = await deploy(chain({ C: { Do: 'fail' } }));
  expect(outcome).toMatchObject({
    status: 'ROLLBACK_COMPLETE',
    reason: 'CustomResourceFailed: C: FAILED: it was told to',
  });
  expect(seen()).toEqual(['Create A 1', 'Create B 1', 'Create C 1', 'Delete C 1', 'Delete B 1', 'Delete A 1']);
  expect(cloud.resources()).toEqual([]);
  expect((await deploy(chain({}))).status).toBe('CREATE_COMPLETE');
  const [first, last] = [customResources(cloud)[0], customResources(cloud).at(-1)];
  expect(last?.StackId).not.toBe(first.StackId);
});

test('what is no longer in the template is deleted last, in reverse order', async () => {
  await deploy(chain({}));
  const outcome = await deploy((stack) => void stack.custom('D', { Value: 1 }));
  expect(outcome.status).toBe('UPDATE_COMPLETE');
  expect(seen().slice(3)).toEqual(['Create D 1', 'Delete C 1', 'Delete B 1', 'Delete A 1']);
});

test('an update that fails updates back what it had updated, and deletes what it had made', async () => {
  await deploy(chain({}, ['A']));
  const outcome = await deploy(chain({ B: { Value: 2 }, C: { Value: 2, Do: 'fail' } }));
  expect(outcome.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(seen().slice(2)).toEqual(['Create A 1', 'Update B 2', 'Update C 2', 'Update B 1', 'Update C 1', 'Delete A 1']);
  expect(customResources(cloud)[5]).toMatchObject({ OldResourceProperties: { Value: '2' } });
  expect(cloud.resources().map(({ logicalId }) => logicalId)).toEqual(expect.not.arrayContaining(['A']));
  expect(await deploy(chain({}, ['A']))).toMatchObject({ status: 'UPDATE_COMPLETE', events: [{ logicalId: 'Test' }] });
});

test('a replacement that is rolled back ends with the old id, and the new one is deleted', async () => {
  await deploy(chain({ A: { Id: 'old' } }));
  await deploy(chain({ A: { Id: 'new', Value: 2 }, C: { Value: 2, Do: 'fail' } }));
  expect(seen().slice(3)).toEqual(['Update A 2', 'Update C 2', 'Update A 1', 'Update C 1', 'Delete A 2']);
  expect(customResources(cloud)[5]).toMatchObject({ RequestType: 'Update', PhysicalResourceId: 'new' });
  expect(customResources(cloud)[7]).toMatchObject({ RequestType: 'Delete', PhysicalResourceId: 'new' });
  expect(cloud.resource({ name: 'A', type: 'Custom::Test' }).ref).toBe('old');
});

test('a rollback that fails is told', async () => {
  await deploy(chain({ B: { Do: 'answer' } }));
  cloud.faults.next('Lambda', 'Invoke', {
    error: { code: 'Lambda.ServiceException' },
    times: 3,
    when: (event) => {
      const { RequestType, OldResourceProperties } = event as {
        RequestType: string;
        OldResourceProperties?: { Value: string };
      };
      return RequestType === 'Update' && OldResourceProperties?.Value === '2';
    },
  });
  const outcome = await deploy(chain({ A: { Value: 2 }, B: { Do: 'fail' } }));
  expect(outcome.status).toBe('UPDATE_ROLLBACK_FAILED');
});

test('a deletion goes in reverse order, and stops at what cannot be deleted', async () => {
  await deploy(chain({ B: { OnDelete: 'fail' } }));
  const outcome = await cloud.destroy('Test');
  expect(outcome).toMatchObject({
    status: 'DELETE_FAILED',
    reason: expect.stringContaining('B: FAILED: it was told to'),
  });
  expect(seen().slice(3)).toEqual(['Delete C 1', 'Delete B 1']);
  const left = cloud.resources().map(({ logicalId }) => logicalId);
  expect(left).toEqual(expect.arrayContaining(['A', 'B']));
  expect(left).not.toContain('C');
});

test('a deletion takes everything out of the account', async () => {
  await deploy((stack) => {
    stack.custom('One', { Do: 'machine', Machine: stack.machine(1) });
    stack.add('Topic', 'AWS::SNS::Topic');
  });
  const { account } = cloud;
  expect(
    [account.functions.all(), account.machines.all(), [...account.authorizer.roles]].map(({ length }) => length),
  ).toEqual([1, 1, 2]);
  expect((await cloud.destroy('Test')).status).toBe('DELETE_COMPLETE');
  expect(
    [account.functions.all(), account.machines.all(), [...account.authorizer.roles]].map(({ length }) => length),
  ).toEqual([0, 0, 0]);
  expect(cloud.resources()).toEqual([]);
});

test('what is to be retained stays, and is told', async () => {
  const build = (stack: TestStack) => {
    stack.custom('One').cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
  };
  await deploy(build);
  const { events } = await cloud.destroy('Test');
  expect(events).toContainEqual(expect.objectContaining({ logicalId: 'One', status: 'DELETE_SKIPPED' }));
  expect(seen()).toEqual(['Create One']);
});

test('permissions follow their policies through updates', async () => {
  const role = (stack: TestStack, actions: string[]) => {
    const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
    const trust = {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
    };
    stack.add('Role', 'AWS::IAM::Role', {
      RoleName: 'role',
      AssumeRolePolicyDocument: trust,
      Description: actions.join(),
    });
    const policy = stack.add('Policy', 'AWS::IAM::Policy', {
      PolicyName: 'p',
      Roles: ['role'],
      PolicyDocument: { Statement: [statement] },
    });
    policy.addResourceDependency(stack.node.findChild('Role') as never);
  };
  const actions = () =>
    cloud.account.authorizer.roles.get('arn:aws:iam::123456789012:role/role')?.statements.map(({ Action }) => Action);
  await deploy((stack) => role(stack, ['s3:GetObject']));
  expect(actions()).toEqual([['s3:GetObject']]);
  await deploy((stack) => role(stack, ['s3:PutObject']));
  expect(actions()).toEqual([['s3:PutObject']]);
});

test('a type that changes under a logical id is refused', async () => {
  await deploy((stack) => void stack.add('Thing', 'AWS::SNS::Topic'));
  const outcome = await deploy((stack) => void stack.add('Thing', 'AWS::SQS::Queue'));
  expect(outcome).toMatchObject({
    status: 'UPDATE_ROLLBACK_COMPLETE',
    reason: expect.stringContaining('Update of resource type is not permitted'),
  });
});

test('schedules and alarms run while time passes', async () => {
  await deploy((stack) => {
    const trust = {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'scheduler.amazonaws.com' } }],
    };
    const invoke = { Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' }] };
    const role = stack.add('Role', 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: trust,
      Policies: [{ PolicyName: 'p', PolicyDocument: invoke }],
    });
    const input = JSON.stringify({ RequestType: 'Tick', ResourceProperties: { Do: 'silence' } });
    stack.add('Hourly', 'AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(20 * * * ? *)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: stack.handler.functionArn, RoleArn: role.getAtt('Arn'), Input: input },
    });
  });
  await cloud.pass({ hours: 2 });
  await cloud.pass({ minutes: 30 });
  expect(cloud.account.recorder.invocations.map(({ time }) => time.slice(11, 16))).toEqual(['00:20', '01:20', '02:20']);
});

test('one resource is found by its type and a part of its name, or it is said how many there are', async () => {
  await deploy(chain({}));
  expect(cloud.resource({ type: 'Custom::Test', name: 'B' }).ref).toBe('B');
  expect(() => cloud.resource({ type: 'Custom::Test' })).toThrow(/^MissingResource: .*there are 3: A, B, C/);
  expect(() => cloud.resource({ type: 'AWS::SNS::Topic' })).toThrow(/there are 0$/);
});
