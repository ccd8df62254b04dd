import { inspect } from 'node:util';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import {
  ListMonitoringExecutionsCommand,
  ListPipelineExecutionsCommand,
  SageMakerClient,
  StartPipelineExecutionCommand,
} from '@aws-sdk/client-sagemaker';
import { SFNClient } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { EVENT_DETAIL_TYPE, type ExecutionCompletedDetail, type ExecutionError } from '../../lib/outcome/contract';
import { S3Store } from '../handlers/s3-store';
import { TableRow } from '../handlers/table-row';
import { marksIn } from './marks';

const isOfEndpoint = ([url]: readonly unknown[]) => String(url).startsWith('https://runtime.sagemaker.');

const CONSOLE = ['log', 'info', 'warn', 'error', 'debug'] as const;

/** Where marked values turned up: `log: ...`, `s3://out/...: ...`, `PutEventsCommand: ...`. */
export type Sighting = string;

/** What a handler answered, or its error as a state machine has it. */
export interface Called<Result> {
  readonly answer?: Result;
  readonly error?: ExecutionError;
}

/** Hears everything that handlers say: to the log, to services, to CloudFormation, to the state machine and to whoever called them. */
export class Listener {
  public readonly s3 = new S3Store();
  private readonly cloudWatch = mockClient(CloudWatchClient);
  private readonly eventBridge = mockClient(EventBridgeClient);
  private readonly sns = mockClient(SNSClient);
  private readonly sageMaker = mockClient(SageMakerClient);
  private readonly dynamo = mockClient(DynamoDBClient);
  private readonly stepFunctions = mockClient(SFNClient);
  private readonly fetched = jest.spyOn(globalThis, 'fetch');
  private readonly consoles = CONSOLE.map((name) => jest.spyOn(console, name));
  private told: { readonly by: string; readonly words: string }[] = [];

  public reset(): void {
    this.told = [];
    this.s3.reset();
    this.fetched.mockReset().mockImplementation(async () => new Response(null, { status: 200 }));
    for (const spy of this.consoles) spy.mockReset().mockImplementation();
    const others = [this.cloudWatch, this.eventBridge, this.sns, this.sageMaker, this.dynamo, this.stepFunctions];
    for (const client of others) client.reset();
    this.eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
    this.sns.on(PublishCommand).resolves({ MessageId: 'm' });
    this.sageMaker.on(ListPipelineExecutionsCommand).resolves({ PipelineExecutionSummaries: [] });
    this.sageMaker.on(StartPipelineExecutionCommand).resolves({ PipelineExecutionArn: 'arn:pipeline/retrain' });
    const row = new TableRow();
    this.dynamo.on(UpdateItemCommand).callsFake((input) => row.update(input));
  }

  public restore(): void {
    for (const spy of [this.fetched, ...this.consoles]) spy.mockRestore();
  }

  /** Lets an endpoint answer to bodies of requests. */
  public model(answer: (body: string) => Response): void {
    this.fetched.mockImplementation(async (url, init) =>
      isOfEndpoint([url]) ? answer(String(init?.body)) : new Response(null, { status: 200 }),
    );
  }

  /** Lets the schedule of a monitor have ended executions. */
  public executions(MonitoringExecutionSummaries: readonly object[]): void {
    this.sageMaker.on(ListMonitoringExecutionsCommand).resolves({ MonitoringExecutionSummaries } as never);
  }

  /** Calls a handler, and hears its answer, or its error with its stack and its causes, whatever a runtime logs of them. */
  public async call<Result>(by: string, invoke: () => Promise<Result>): Promise<Called<Result>> {
    try {
      const answer = await invoke();
      this.told.push({ by: `answer of ${by}`, words: JSON.stringify(answer) ?? '' });
      return { answer };
    } catch (error) {
      this.told.push({ by: `error of ${by}`, words: inspect(error, { depth: 9, maxStringLength: null }) });
      const { name: errorType, message: errorMessage } = error as Error;
      return { error: { Error: errorType, Cause: JSON.stringify({ errorType, errorMessage }) } };
    }
  }

  /** `detail` of each event, in order. */
  public details(): ExecutionCompletedDetail[] {
    const entries = this.eventBridge.commandCalls(PutEventsCommand).flatMap(({ args }) => args[0].input.Entries ?? []);
    const ofRuns = entries.filter(({ DetailType }) => DetailType === EVENT_DETAIL_TYPE); // others tell of trainings
    return ofRuns.map(({ Detail }) => JSON.parse(String(Detail)));
  }

  /** How much was said by way of each of the channels: a harness that hears nothing finds nothing. */
  public heard(): { readonly [channel: string]: number } {
    return {
      asked: this.fetched.mock.calls.filter(isOfEndpoint).length,
      answers: this.told.filter(({ by }) => by.startsWith('answer')).length,
      errors: this.told.filter(({ by }) => by.startsWith('error')).length,
      events: this.details().length,
      lines: this.consoles.flatMap(({ mock }) => mock.calls).length,
      messages: this.sns.commandCalls(PublishCommand).length,
      metrics: this.cloudWatch.commandCalls(PutMetricDataCommand).length,
      objects: this.written().length,
      toCloudFormation: this.fetched.mock.calls.filter((call) => !isOfEndpoint(call)).length,
      trainings: this.sageMaker.commandCalls(StartPipelineExecutionCommand).length,
    };
  }

  /** Every marked value that turned up, but for objects whose addresses may hold some. */
  public sightings(mayHold: RegExp): Sighting[] {
    const objects = this.written().filter(({ by }) => !mayHold.test(by));
    return [...objects, ...this.said()].flatMap(({ by, words }) => marksIn(words).map((words) => `${by}: ${words}`));
  }

  /** The addresses of the objects that hold marked values, each once. */
  public holders(): string[] {
    const holding = this.written().filter(({ words }) => marksIn(words).length > 0);
    return [...new Set(holding.map(({ by }) => by))].sort();
  }

  private written() {
    const puts = this.s3.client.commandCalls(PutObjectCommand).map(({ args }) => args[0].input);
    return puts.map(({ Bucket, Key, Body }) => ({ by: `s3://${Bucket}/${Key}`, words: String(Body) }));
  }

  /** Everything but the bodies of objects. */
  private said() {
    const clients = [this.cloudWatch, this.eventBridge, this.sns, this.sageMaker, this.dynamo, this.stepFunctions];
    const calls = [this.s3.client, ...clients].flatMap((client) => client.calls().map(({ args }) => args[0]));
    return [
      ...this.told,
      ...calls.map((command) => {
        const { Body, ...input } = command.input as { readonly Body?: unknown };
        return { by: command.constructor.name, words: JSON.stringify(input) };
      }),
      ...this.fetched.mock.calls
        .filter((call) => !isOfEndpoint(call)) // a model sees the records that it is asked about
        .map((call) => ({ by: 'CloudFormation', words: JSON.stringify(call) })),
      ...this.consoles.flatMap(({ mock }) => mock.calls).map((line) => ({ by: 'log', words: inspect(line) })),
    ];
  }
}
