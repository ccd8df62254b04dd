import { randomUUID } from 'node:crypto';
import {
  DescribePipelineExecutionCommand,
  paginateListPipelineExecutions,
  SageMakerClient,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-sagemaker';
import type { TrainingWork } from './training-work';

const client = new SageMakerClient({});

const STATUS: { readonly [status: string]: TrainingWork['status'] } = {
  Succeeded: 'Completed',
  Failed: 'Failed',
  Stopped: 'Stopped',
  Stopping: 'Stopping',
};

/** Days that an execution under way is looked for: as long as a training job may go on. @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StoppingCondition.html */
const LOOK_BACK_DAYS = 28;

/** ARNs of the executions of a pipeline that are under way. */
export async function executionsUnderWay(pipelineName: string, now: Date): Promise<string[]> {
  const found: string[] = [];
  const after = new Date(now.getTime() - LOOK_BACK_DAYS * 86_400_000);
  const asked = { PipelineName: pipelineName, CreatedAfter: after };
  for await (const page of paginateListPipelineExecutions({ client, pageSize: 100 }, asked)) {
    for (const { PipelineExecutionArn: arn, PipelineExecutionStatus: status } of page.PipelineExecutionSummaries ??
      []) {
      if (arn && status === 'Executing') found.push(arn);
    }
  }
  return found;
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribePipelineExecution.html */
export async function pipelineExecution(arn: string): Promise<TrainingWork> {
  const execution = await client.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn }));
  const { PipelineExecutionStatus: status = '', CreationTime: begun, FailureReason: reason } = execution;
  return { name: arn, arn, status: STATUS[status] ?? 'UnderWay', begun, reason, rules: [] };
}

/** Asks SageMaker to stop an execution. */
export async function stopExecution(arn: string): Promise<void> {
  const request = { PipelineExecutionArn: arn, ClientRequestToken: randomUUID() };
  await client.send(new StopPipelineExecutionCommand(request));
}
