import sinon from 'sinon';
import type { ModelledService } from '../../lib/cloud/service-model/figures';

/** What aws-sdk-client-mock puts in place of a client's `send`, as far as it is asked here. */
interface Send {
  readonly propName?: string;
  getCalls(): { readonly args: readonly unknown[]; readonly thisValue: object }[];
}

/** What jest puts in place of `fetch`. */
interface Fetched {
  readonly mock?: { readonly calls: readonly (readonly unknown[])[] };
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
const noted: string[] = [];

/** What the services would not have taken of the commands that mocked clients were sent, and of what models were asked, since this was last asked, a sentence each. */
export function refusedRequests(): string[] {
  const { getFakes } = sinon as unknown as { getFakes(): Send[] };
  const calls = getFakes()
    .filter(({ propName }) => propName === 'send')
    .flatMap((send) => send.getCalls());
  for (const { args, thisValue } of calls) holdToModel(thisValue.constructor.name, args[0] as object);
  for (const call of (globalThis.fetch as Fetched).mock?.calls ?? []) holdInvocation(call);
  return noted.splice(0);
}

/** Notes what a service would not take of a command, once. */
export function holdToModel(client: string, command: object): void {
  if (seen.has(command)) return;
  seen.add(command);
  const operation = command.constructor.name.replace(/Command$/, '');
  const service = SERVICES[client];
  if (service === undefined) noted.push(`${client} ${operation}: it is not said here which service that is`);
  else note(service, operation, (command as { readonly input: object }).input);
}

/** The input of InvokeEndpoint that a request over HTTP is; undefined for any other request. @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
export function invocationOf(url: unknown, init: RequestInit = {}): Record<string, unknown> | undefined {
  const [, EndpointName] = /\/endpoints\/([^/]*)\/invocations$/.exec(String(url)) ?? [];
  if (EndpointName === undefined) return undefined;
  const headers = new Headers(init.headers);
  const input = { EndpointName: decodeURIComponent(EndpointName), Body: init.body ?? undefined };
  return { ...input, ...Object.fromEntries(headersOf(headers)) };
}

/** By the member of the input that a header is. */
const MEMBERS: Readonly<Record<string, string>> = {
  'content-type': 'ContentType',
  accept: 'Accept',
  'x-amzn-sagemaker-custom-attributes': 'CustomAttributes',
  'x-amzn-sagemaker-target-variant': 'TargetVariant',
  'x-amzn-sagemaker-inference-id': 'InferenceId',
};

const headersOf = (headers: Headers) =>
  Object.entries(MEMBERS).flatMap(([header, member]) => {
    const value = headers.get(header);
    return value === null ? [] : [[member, value] as const];
  });

function holdInvocation(call: readonly unknown[]): void {
  if (seen.has(call)) return;
  seen.add(call);
  const [url, init] = call;
  const input = invocationOf(url, init as RequestInit);
  if (input) note('sagemaker-runtime', 'InvokeEndpoint', input);
}

function note(service: ModelledService, operation: string, input: object): void {
  // most suites mock no client, and need no figures
  const { violations } =
    require('../../lib/cloud/service-model/service-model') as typeof import('../../lib/cloud/service-model/service-model');
  for (const { path, got, allowed } of violations(service, operation, input)) {
    noted.push(`${service} ${operation}: '${path}' is ${got}, and has to ${allowed}`);
  }
}
