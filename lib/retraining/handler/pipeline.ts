import { createHash } from 'node:crypto';
import {
  ListPipelineExecutionsCommand,
  type PipelineExecutionSummary,
  SageMakerClient,
  StartPipelineExecutionCommand,
} from '@aws-sdk/client-sagemaker';
import { Failure } from '../../runtime/failure';
import type { GateSettings } from '../contract';
import type { PipelineHistory } from '../gate-decision';

/** An execution that was created longer ago is not looked for: no step of a pipeline may take as long. */
const LOOK_BACK_MILLISECONDS = 30 * 24 * 3_600_000;

const sageMaker = new SageMakerClient({});

/** Whose history is asked for. */
interface Asked extends Pick<GateSettings, 'triggerId' | 'cooldownSeconds'> {
  readonly pipelineName: string;
  /** epoch milliseconds */
  readonly now: number;
}

/** Whether an execution of the pipeline is executing or stopping, and when this trigger last started one, as far back as its cool-down. Of a pipeline that is running, only that. */
export async function pipelineHistory(asked: Asked): Promise<PipelineHistory> {
  const starts: number[] = [];
  for await (const execution of executionsOf(asked)) {
    if (isUnderWay(execution)) return { isRunning: true };
    const { StartTime: start } = execution;
    if (start && isStartedBy(asked.triggerId, execution)) starts.push(start.getTime());
  }
  return { isRunning: false, startedAt: starts.length > 0 ? Math.max(...starts) : undefined };
}

/** A training that a trigger has started. */
export interface Started {
  readonly executionArn: string;
  /** epoch milliseconds */
  readonly startedAt: number;
}

/** The execution that this trigger has started for a reason; undefined where there is none. How long the service knows the token of a start is not documented: this is known as long as executions are listed. */
export async function startedFor(asked: Asked, reason: string): Promise<Started | undefined> {
  for await (const execution of executionsOf(asked)) {
    const { PipelineExecutionDescription: said, PipelineExecutionArn: executionArn, StartTime: start } = execution;
    if (executionArn && start && said === startedBy(asked.triggerId, reason)) {
      return { executionArn, startedAt: start.getTime() };
    }
  }
  return undefined;
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListPipelineExecutions.html */
async function* executionsOf({ pipelineName, cooldownSeconds, now }: Asked): AsyncGenerator<PipelineExecutionSummary> {
  const lookBack = Math.max(LOOK_BACK_MILLISECONDS, cooldownSeconds * 1000);
  const filter = { PipelineName: pipelineName, CreatedAfter: new Date(now - lookBack) };
  let token: string | undefined;
  do {
    const page = await sageMaker.send(new ListPipelineExecutionsCommand({ ...filter, NextToken: token }));
    yield* page.PipelineExecutionSummaries ?? [];
    token = page.NextToken;
  } while (token);
}

function isUnderWay({ PipelineExecutionStatus: status }: PipelineExecutionSummary): boolean {
  return status === 'Executing' || status === 'Stopping';
}

/** By which a trigger knows its executions among those that others started; those of versions before say no reason. */
function startedBy(triggerId: string, reason?: string): string {
  return `Started by the retraining trigger ${triggerId}${reason === undefined ? '' : `, for ${reason}`}`;
}

function isStartedBy(
  triggerId: string,
  { PipelineExecutionDescription: said = '' }: PipelineExecutionSummary,
): boolean {
  return said === startedBy(triggerId) || said.startsWith(startedBy(triggerId, ''));
}

/** What is started, and why. */
export interface PipelineStart extends Pick<GateSettings, 'parameters'> {
  readonly pipelineName: string;
  /** an outcome, or an event */
  readonly reason: string;
}

/**
 * Starts the pipeline, once for one reason: the same reason makes the same ClientRequestToken (64 characters; 32 to 128 are allowed).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StartPipelineExecution.html
 */
export async function startPipeline(
  triggerId: string,
  { pipelineName, reason, parameters }: PipelineStart,
): Promise<string> {
  const { PipelineExecutionArn: arn } = await sageMaker.send(
    new StartPipelineExecutionCommand({
      PipelineName: pipelineName,
      ClientRequestToken: hash(pipelineName, triggerId, reason),
      PipelineExecutionDescription: startedBy(triggerId, reason),
      PipelineParameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
  if (arn) return arn;
  throw new Failure(
    'MalformedAnswer',
    `the start of pipeline '${pipelineName}' was answered without an execution's ARN`,
  );
}

/** SHA-256 of texts, in hexadecimal. */
export function hash(...texts: string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex');
}
