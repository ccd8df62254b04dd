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

/**
 * Whether an execution of the pipeline is executing or stopping, and when this trigger last started one, as far back as its cool-down. Of a pipeline that is running, only that.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListPipelineExecutions.html
 */
export async function pipelineHistory({
  pipelineName,
  triggerId,
  cooldownSeconds,
  now,
}: Asked): Promise<PipelineHistory> {
  const lookBack = Math.max(LOOK_BACK_MILLISECONDS, cooldownSeconds * 1000);
  const filter = { PipelineName: pipelineName, CreatedAfter: new Date(now - lookBack) };
  const starts: number[] = [];
  let token: string | undefined;
  do {
    const page = await sageMaker.send(new ListPipelineExecutionsCommand({ ...filter, NextToken: token }));
    for (const execution of page.PipelineExecutionSummaries ?? []) {
      if (isUnderWay(execution)) return { isRunning: true };
      const { StartTime: start, PipelineExecutionDescription: said } = execution;
      if (start && said === startedBy(triggerId)) starts.push(start.getTime());
    }
    token = page.NextToken;
  } while (token);
  return { isRunning: false, startedAt: starts.length > 0 ? Math.max(...starts) : undefined };
}

function isUnderWay({ PipelineExecutionStatus: status }: PipelineExecutionSummary): boolean {
  return status === 'Executing' || status === 'Stopping';
}

/** By which a trigger knows its executions among those that others started. */
function startedBy(triggerId: string): string {
  return `Started by the retraining trigger ${triggerId}`;
}

/**
 * Starts the pipeline, once per lease: the same lease makes the same ClientRequestToken (64 characters; 32 to 128 are allowed).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StartPipelineExecution.html
 */
export async function startPipeline(
  pipelineName: string,
  leaseId: string,
  { triggerId, parameters }: Pick<GateSettings, 'triggerId' | 'parameters'>,
): Promise<string> {
  const { PipelineExecutionArn: arn } = await sageMaker.send(
    new StartPipelineExecutionCommand({
      PipelineName: pipelineName,
      ClientRequestToken: hash(pipelineName, leaseId),
      PipelineExecutionDescription: startedBy(triggerId),
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
