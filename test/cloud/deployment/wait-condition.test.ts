import type { Cloud } from '../../../lib/cloud/deployment/cloud';
import { assembly, openCloud, removeFolders, type TestStack } from './stack';

let cloud: Cloud;

beforeEach(async () => {
  cloud = await openCloud();
});

afterEach(() => cloud.close());
afterAll(removeFolders);

const signal = (UniqueId: string, Status = 'SUCCESS') => ({
  Status,
  UniqueId,
  Data: `data of ${UniqueId}`,
  Reason: 'because',
});

/** A custom resource that sends signals to a handle, and a condition that waits for them. */
function waiting(signals: object[], properties: object = {}) {
  return (stack: TestStack): void => {
    const handle = stack.add('Handle', 'AWS::CloudFormation::WaitConditionHandle');
    const sender = stack.custom('Sender', { Do: 'signal', Handle: handle.ref, Signals: JSON.stringify(signals) });
    const condition = stack.add('Condition', 'AWS::CloudFormation::WaitCondition', {
      Handle: handle.ref,
      Timeout: '7200',
      ...properties,
    });
    condition.addResourceDependency(sender);
    stack.custom('Reader', { Value: condition.getAtt('Data') });
  };
}

const deploy = (build: (stack: TestStack) => void) => cloud.deploy(assembly(build));
const hours = () => (cloud.now.getTime() - Date.parse('2026-01-05T00:00:00Z')) / 3_600_000;

test('a condition holds as soon as its handle was signalled, and hands the data on', async () => {
  expect((await deploy(waiting([signal('a')]))).status).toBe('CREATE_COMPLETE');
  expect(cloud.resource({ name: 'Reader' }).properties.Value).toBe('{"a":"data of a"}');
  expect(hours()).toBeLessThan(0.1);
});

test('a condition counts ids, not signals', async () => {
  const outcome = await deploy(waiting([signal('a'), signal('a')], { Count: 2 }));
  expect(outcome).toMatchObject({
    status: 'ROLLBACK_COMPLETE',
    reason: expect.stringContaining('Received 1 conditions when expecting 2'),
  });
  expect(hours()).toBeGreaterThan(2);
  expect((await deploy(waiting([signal('a'), signal('b')], { Count: 2 }))).status).toBe('CREATE_COMPLETE');
});

test('a signal of failure fails the stack with its reason', async () => {
  const outcome = await deploy(waiting([signal('a', 'FAILURE')]));
  expect(outcome).toMatchObject({
    status: 'ROLLBACK_COMPLETE',
    reason: expect.stringContaining("received failed message: 'because'"),
  });
  expect(hours()).toBeLessThan(0.1);
});

test.each([0, 43_201])('a timeout of %d seconds is refused', async (Timeout) => {
  expect(await deploy(waiting([], { Timeout }))).toMatchObject({ reason: expect.stringContaining('1 to 43200') });
});

test('a condition is not updated', async () => {
  await deploy(waiting([signal('a')]));
  const outcome = await deploy(waiting([signal('a')], { Timeout: '60' }));
  expect(outcome).toMatchObject({
    status: 'UPDATE_ROLLBACK_COMPLETE',
    reason: expect.stringContaining('updates of AWS::CloudFormation::WaitCondition are not supported'),
  });
});
