import sinon from 'sinon';
import type { ModelledService } from '../../lib/cloud/service-model/figures';

/** What aws-sdk-client-mock puts in place of a client's `send`, as far as it is asked here. */
interface Send {
  readonly propName?: string;
  getCalls(): { readonly args: readonly unknown[]; readonly thisValue: object }[];
}

/** The services that clients call, by the name that requests are signed for. */
const SERVICES: Readonly<Record<string, ModelledService>> = {
  CloudWatchClient: 'monitoring',
  DynamoDBClient: 'dynamodb',
  EventBridgeClient: 'events',
  S3Client: 's3',
  SageMakerClient: 'sagemaker',
  SFNClient: 'states',
  SNSClient: 'sns',
};

const seen = new WeakSet<object>();

/** What the services would not have taken of the commands that mocked clients were sent since this was last asked, a sentence each. */
export function refusedRequests(): string[] {
  const { getFakes } = sinon as unknown as { getFakes(): Send[] };
  const calls = getFakes()
    .filter(({ propName }) => propName === 'send')
    .flatMap((send) => send.getCalls());
  return calls.flatMap(({ args: [command], thisValue }) => {
    if (seen.has(command as object)) return [];
    seen.add(command as object);
    return faultsOf(command as { readonly input: object }, thisValue.constructor.name);
  });
}

function faultsOf(command: { readonly input: object }, client: string): string[] {
  // most suites mock no client, and need no figures
  const { violations } =
    require('../../lib/cloud/service-model/service-model') as typeof import('../../lib/cloud/service-model/service-model');
  const operation = command.constructor.name.replace(/Command$/, '');
  const service = SERVICES[client];
  if (service === undefined) return [`${client} ${operation}: it is not said here which service that is`];
  return violations(service, operation, command.input).map(
    ({ path, got, allowed }) => `${service} ${operation}: '${path}' is ${got}, and has to ${allowed}`,
  );
}
