import type { Cloud } from '../../../lib/cloud/deployment/cloud';
import { assembly, customResources, openCloud, removeFolders, type TestStack } from './stack';

let cloud: Cloud;

beforeEach(async () => {
  cloud = await openCloud();
});

afterEach(() => cloud.close());
afterAll(removeFolders);

const deploy = (build: (stack: TestStack) => void) => cloud.deploy(assembly(build));
const one = (properties: object) => deploy((stack) => void stack.custom('One', properties));
const seen = () =>
  customResources(cloud).map(({ RequestType, LogicalResourceId }) => `${RequestType} ${LogicalResourceId}`);
const sinceStart = () => (cloud.now.getTime() - Date.parse('2026-01-05T00:00:00Z')) / 1000;

test('a creation hands over properties as texts, and its answer is what others refer to', async () => {
  const outcome = await deploy((stack) => {
    const first = stack.custom('First', { Id: 'id-1', Data: { Key: 7 }, Flag: true, Nested: [{ Number: 1.5 }] });
    stack.custom('Second', { Ref: first.ref, Att: first.getAtt('Key') });
  });
  expect(outcome).toMatchObject({ stackName: 'Test', status: 'CREATE_COMPLETE' });
  const [first, second] = customResources(cloud);
  expect(first).toMatchObject({
    RequestType: 'Create',
    ResourceProperties: { Flag: 'true', Nested: [{ Number: '1.5' }] },
  });
  expect(first).not.toHaveProperty('PhysicalResourceId');
  expect(second.ResourceProperties).toMatchObject({ Ref: 'id-1', Att: '7' });
  expect(first.RequestId).not.toBe(second.RequestId);
  expect(first.StackId).toMatch(
    /^arn:aws:cloudformation:us-east-1:123456789012:stack\/Test\/[0-9a-f]{8}-[0-9a-f-]{27}$/,
  );
});

test('an update hands over the old properties, and the same id is no replacement', async () => {
  await one({ Value: 'a' });
  expect((await one({ Value: 'b' })).status).toBe('UPDATE_COMPLETE');
  expect(customResources(cloud)[1]).toMatchObject({
    RequestType: 'Update',
    PhysicalResourceId: 'One',
    ResourceProperties: { Value: 'b' },
    OldResourceProperties: { Value: 'a' },
  });
  expect(seen()).toEqual(['Create One', 'Update One']);
});

test('a deployment without a change sends nothing', async () => {
  await one({ Value: 'a' });
  expect((await one({ Value: 'a' })).status).toBe('UPDATE_COMPLETE');
  expect(seen()).toEqual(['Create One']);
});

test('a new id is a replacement: the old one is deleted in the cleanup, with its own properties', async () => {
  const both = (id: string) =>
    deploy((stack) => {
      const first = stack.custom('One', { Id: id });
      stack.custom('User', { Value: first.ref });
    });
  await both('old');
  const outcome = await both('new');
  expect(seen().slice(2)).toEqual(['Update One', 'Update User', 'Delete One']);
  expect(customResources(cloud).at(-1)).toMatchObject({ PhysicalResourceId: 'old', ResourceProperties: { Id: 'old' } });
  expect(outcome.events.map(({ logicalId, status }) => `${logicalId} ${status}`)).toEqual([
    'One UPDATE_COMPLETE',
    'User UPDATE_COMPLETE',
    'One DELETE_COMPLETE',
    'Test UPDATE_COMPLETE',
  ]);
});

test('a state machine answers later, in virtual time', async () => {
  const outcome = await deploy(
    (stack) => void stack.custom('One', { Do: 'machine', Machine: stack.machine(1500), Id: 'late' }),
  );
  expect(outcome).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(cloud.resource({ name: 'One' }).ref).toBe('late');
  expect(sinceStart()).toBeGreaterThan(1500);
  expect(sinceStart()).toBeLessThan(1520);
});

test.each([
  [{}, 3600],
  [{ ServiceTimeout: 120 }, 120],
])(
  'an answer that does not come within the timeout (%j) fails the creation, whose rest is deleted',
  async (properties, seconds) => {
    const outcome = await one({ Do: 'silence', ...properties });
    expect(outcome).toMatchObject({
      status: 'ROLLBACK_COMPLETE',
      reason: expect.stringMatching(
        `^CustomResourceFailed: One: nobody answered at the ResponseURL within ${seconds} seconds`,
      ),
    });
    expect(seen()).toEqual(['Create One', 'Delete One']);
    expect(sinceStart()).toBeGreaterThan(seconds);
    expect(sinceStart()).toBeLessThan(seconds + 10);
  },
);

test('an answer that comes too late is not taken', async () => {
  const outcome = await deploy(
    (stack) => void stack.custom('One', { Do: 'machine', Machine: stack.machine(600), ServiceTimeout: 300 }),
  );
  expect(outcome.status).toBe('ROLLBACK_COMPLETE');
});

test('a function that throws is tried twice again', async () => {
  expect((await one({ Do: 'throw', Times: 2 })).status).toBe('CREATE_COMPLETE');
  expect(seen()).toEqual(['Create One', 'Create One', 'Create One']);
  const ids = customResources(cloud).map(({ RequestId }) => RequestId);
  expect(new Set(ids).size).toBe(1);
  expect(sinceStart()).toBeGreaterThan(180);
});

test('a function that always throws lets the deployment wait in vain, and the reason says so', async () => {
  const outcome = await one({ Do: 'throw', ServiceTimeout: 600 });
  expect(outcome).toMatchObject({
    status: 'ROLLBACK_COMPLETE',
    reason: expect.stringContaining('its function failed, CloudFormation would wait in vain: broken'),
  });
});

test('an answer with another request id is malformed', async () => {
  expect(await one({ Do: 'lie' })).toMatchObject({
    status: 'ROLLBACK_COMPLETE',
    reason: expect.stringContaining('wrong RequestId'),
  });
});

test('a function cannot be exchanged for another one', async () => {
  await one({});
  const outcome = await deploy(
    (stack) => void stack.custom('One', { ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:other' }),
  );
  expect(outcome).toMatchObject({
    status: 'UPDATE_ROLLBACK_COMPLETE',
    reason: expect.stringContaining('Modifying service token'),
  });
});

test('a request that arrives twice is answered by the first answer', async () => {
  cloud.faults.next('Lambda', 'Invoke', { twice: true });
  expect((await one({ Id: 'x' })).status).toBe('CREATE_COMPLETE');
  expect(cloud.faults.pending()).toEqual([]);
});
