import {
  DescribeEndpointCommand,
  type DescribeEndpointCommandOutput,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../lib/endpoint/handler/rollout.lambda';
import type { RolloutEvent } from '../../lib/endpoint/handler/rollout-fulfilment';

// The custom resource that looks whether an endpoint runs with the configuration of its deployment.

const sageMaker = mockClient(SageMakerClient);
const fetched = jest.spyOn(globalThis, 'fetch');
const logged = jest.spyOn(console, 'log').mockImplementation();

beforeEach(() => {
  sageMaker.reset();
  fetched.mockReset().mockImplementation(async () => new Response(null, { status: 200 }));
});
afterAll(() => {
  logged.mockRestore();
  fetched.mockRestore();
});

function found(EndpointStatus: string, EndpointConfigName: string, FailureReason?: string): void {
  const output = { EndpointName: 'churn', EndpointStatus, EndpointConfigName, FailureReason };
  sageMaker.on(DescribeEndpointCommand).resolves(output as DescribeEndpointCommandOutput);
}

async function answered(
  RequestType: string,
  properties: object = { EndpointName: 'churn', EndpointConfigName: 'new' },
) {
  const event = {
    RequestType,
    RequestId: 'c0ffee',
    StackId: 'stack',
    LogicalResourceId: 'RolloutGuard',
    ResponseURL: 'https://cloudformation.example/answer',
    ResourceProperties: { ServiceToken: 't', ...properties },
  };
  await handler(event as unknown as RolloutEvent);
  return JSON.parse(String(fetched.mock.calls.at(-1)?.[1]?.body)) as { Status: string; Reason?: string };
}

test.each(['Create', 'Update'])(
  '%s succeeds where the endpoint runs with the configuration that is wanted',
  async (type) => {
    found('InService', 'new');
    expect(await answered(type)).toMatchObject({ Status: 'SUCCESS' });
    expect(sageMaker.commandCalls(DescribeEndpointCommand)[0].args[0].input).toEqual({ EndpointName: 'churn' });
  },
);

test('an update that was taken back fails the deployment, and says what runs, what should, and what to do', async () => {
  found('InService', 'old');
  const { Status, Reason } = await answered('Update');
  expect(Status).toBe('FAILED');
  expect(Reason).toMatch(
    /^RolledBack: endpoint churn runs with old and not with new: SageMaker took the update back, .*deploy again \(https:.*errors\.md#rolledback\)$/,
  );
});

test.each([
  [
    'UpdateRollbackFailed',
    'no capacity',
    'EndpointNotInService: endpoint churn is UpdateRollbackFailed: no capacity (',
  ],
  ['Updating', undefined, 'EndpointNotInService: endpoint churn is Updating ('],
])('an endpoint that is %s fails it', async (status, reason, words) => {
  found(status, 'new', reason);
  const { Status, Reason } = await answered('Update');
  expect([Status, Reason?.slice(0, words.length)]).toEqual(['FAILED', words]);
});

test.each([{ EndpointName: 'churn' }, { EndpointConfigName: 'new' }])(
  'a request that names one of the two alone is none: %p',
  async (properties) => {
    const { Status, Reason } = await answered('Update', properties);
    expect([Status, Reason]).toEqual([
      'FAILED',
      expect.stringContaining('the request names no endpoint and its configuration'),
    ]);
    expect(sageMaker.calls()).toEqual([]);
  },
);

test('a deletion asks nothing', async () => {
  expect(await answered('Delete')).toMatchObject({ Status: 'SUCCESS' });
  expect(sageMaker.calls()).toEqual([]);
});

test('a request that the constructs never write is refused', async () => {
  expect((await answered('Update', {})).Reason).toContain('MalformedRequest');
});
