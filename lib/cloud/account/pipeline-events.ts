import type { EventBus } from './event-bus';
import type { Pipelines } from './pipelines';

const ENDED = ['Succeeded', 'Failed', 'Stopped'];

/**
 * Puts an event on the default bus for each change of a pipeline's execution; names of its members begin with small letters.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
 */
export function tellExecutions(pipelines: Pipelines, bus: EventBus): void {
  pipelines.onChange((execution, previous) => {
    const { arn, status, startTime, lastModifiedTime } = execution;
    const pipelineArn = arn.slice(0, arn.indexOf('/execution/'));
    const detail = {
      pipelineArn,
      pipelineExecutionArn: arn,
      currentPipelineExecutionStatus: status,
      ...(previous !== status && { previousPipelineExecutionStatus: previous }),
      executionStartTime: startTime.toISOString(),
      ...(ENDED.includes(status) && { executionEndTime: lastModifiedTime.toISOString() }),
    };
    const detailType = 'SageMaker Model Building Pipeline Execution Status Change';
    bus.put({ source: 'aws.sagemaker', detailType, resources: [pipelineArn, arn], detail }, bus.arnOf('default'));
  });
}
