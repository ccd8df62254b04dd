import { AsyncLocalStorage } from 'node:async_hooks';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';

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

/** Lets every call of a handler wait until a stage answers it, and its clock stand still. */
export function interceptCalls(): Intercepted {
  jest.useFakeTimers({ doNotFake: [...REAL] });
  const clients = CLIENTS.map((client) =>
    jest
      .spyOn(client.prototype, 'send')
      .mockImplementation(((command: { input: Call['input'] }) =>
        waiting(command.constructor.name, command.input)) as never),
  );
  const fetched = jest
    .spyOn(globalThis, 'fetch')
    .mockImplementation(((url: string, { body = '' }: { body?: string }) =>
      waiting('PutCommand', { url, ...JSON.parse(body) })) as never);
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

function waiting(command: string, input: Call['input']): Promise<object> {
  const caller = callers.getStore();
  if (!caller) throw new Error('a call of nobody');
  return new Promise((resolve, reject) => {
    caller.calls.push({ command, input, resolve, reject });
  });
}
