import { createHash } from 'node:crypto';
import {
  ListPipelineExecutionsCommand,
  SageMakerClient,
  StartPipelineExecutionCommand,
} from '@aws-sdk/client-sagemaker';
import { Failure } from '../../runtime/failure';
import type { GateSettings } from '../contract';

/** An execution that was created longer ago is not looked for: no step of a pipeline may take as long. */
const LOOK_BACK_MILLISECONDS = 30 * 24 * 3_600_000;

const sageMaker = new SageMakerClient({});

/**
 * Whether an execution of the pipeline is executing or stopping.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListPipelineExecutions.html
 */
export async function isPipelineRunning(pipelineName: string, now: number): Promise<boolean> {
  const filter = { PipelineName: pipelineName, CreatedAfter: new Date(now - LOOK_BACK_MILLISECONDS) };
  let token: string | undefined;
  do {
    const page = await sageMaker.send(new ListPipelineExecutionsCommand({ ...filter, NextToken: token }));
    const statuses = page.PipelineExecutionSummaries?.map(({ PipelineExecutionStatus: status }) => status) ?? [];
    if (statuses.some((status) => status === 'Executing' || status === 'Stopping')) return true;
    token = page.NextToken;
  } while (token);
  return false;
}

/**
 * Starts the pipeline, once per lease: the same lease makes the same ClientRequestToken (64 characters; 32 to 128 are allowed).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StartPipelineExecution.html
 */
export async function startPipeline(
  pipelineName: string,
  leaseId: string,
  parameters: GateSettings['parameters'],
): Promise<string> {
  const { PipelineExecutionArn: arn } = await sageMaker.send(
    new StartPipelineExecutionCommand({
      PipelineName: pipelineName,
      ClientRequestToken: hash(pipelineName, leaseId),
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
