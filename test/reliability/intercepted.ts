import { AsyncLocalStorage } from 'node:async_hooks';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { holdToModel, invocationOf } from '../jest/taken-requests';

/** A call of a handler that waits for its answer. */
export interface Call {
  readonly command: string;
  readonly input: Record<string, unknown>;
  readonly resolve: (answer: object) => void;
  readonly reject: (error: Error) => void;
}

/** Somebody whose calls wait. */
export interface Caller {
  readonly calls: Call[];
}

const callers = new AsyncLocalStorage<Caller>();
const CLIENTS = [S3Client, CloudWatchClient, EventBridgeClient, SageMakerClient, SFNClient, SNSClient, DynamoDBClient];

/** What handlers wait for beside their calls. */
const REAL = ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask'] as const;

/** The calls of handlers, which wait until a stage answers them, and the clock that handlers see. */
export interface Intercepted {
  readonly setClock: (time: Date) => void;
  readonly forget: () => void;
  readonly restore: () => void;
}

/** Calls a function so that what it calls waits with its caller. */
export function callingAs(caller: Caller, act: () => Promise<unknown>): Promise<unknown> {
  return callers.run(caller, act);
}

/** Lets every call of a handler wait until a stage answers it, and its clock stand still. What no service would take fails the test. */
export function interceptCalls(): Intercepted {
  jest.useFakeTimers({ doNotFake: [...REAL] });
  const clients = CLIENTS.map((client) =>
    jest.spyOn(client.prototype, 'send').mockImplementation(((command: { input: Call['input'] }) => {
      holdToModel(client.name, command);
      return waiting(command.constructor.name, command.input);
    }) as never),
  );
  const fetched = jest.spyOn(globalThis, 'fetch').mockImplementation(answered as typeof fetch);
  const spies = [...clients, fetched];
  return {
    setClock: (time) => void jest.setSystemTime(time),
    forget: () => {
      for (const spy of spies) spy.mockClear();
    },
    restore: () => {
      for (const spy of spies) spy.mockRestore();
      jest.useRealTimers();
    },
  };
}

/** A request to a model's endpoint, or an answer to CloudFormation. */
async function answered(url: string | URL, init: RequestInit = {}): Promise<Response> {
  const invocation = invocationOf(url, init);
  if (!invocation) return (await waiting('PutCommand', { url, ...JSON.parse(String(init.body ?? '')) })) as Response;
  const asked = waiting('InvokeEndpointCommand', invocation) as Promise<{ Body: string; ContentType: string }>;
  return asked.then(
    ({ Body, ContentType }) => new Response(Body, { headers: { 'content-type': ContentType } }),
    (error: Error) => refusalOf(error),
  );
}

/** As the service says it; where no answer came, nothing is said. */
function refusalOf(error: Error): Response {
  const { name, message } = error;
  const status = { ThrottlingException: 429, InternalError: 500, ValidationError: 400 }[name];
  if (status === undefined) throw error;
  return new Response(JSON.stringify({ Message: message }), { status, headers: { 'x-amzn-errortype': name } });
}

function waiting(command: string, input: Call['input']): Promise<object> {
  const caller = callers.getStore();
  if (!caller) throw new Error('a call of nobody');
  return new Promise((resolve, reject) => {
    caller.calls.push({ command, input, resolve, reject });
  });
}
