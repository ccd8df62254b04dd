import type { Authorizer } from '../account/authorizer';
import type { PipelineExecution, Pipelines } from '../account/pipelines';
import { type Members, optionalNumber, optionalText, textMember } from '../members';
import { type Caller, type JsonOperation, jsonService, type Service, ServiceError } from './service';

/**
 * SageMaker: the calls of a retraining gate and of the reconciler.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StartPipelineExecution.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListPipelineExecutions.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListMonitoringExecutions.html
 */
export function sageMaker(pipelines: Pipelines, authorizer: Authorizer): Service {
  return jsonService(
    { name: 'SageMaker', version: '1.1', model: 'sagemaker' },
    {
      ...pipelineOperations(pipelines, authorizer),
      ListMonitoringExecutions: {
        members: [
          'MonitoringScheduleName',
          'ScheduledTimeAfter',
          'ScheduledTimeBefore',
          'SortBy',
          'SortOrder',
          'MaxResults',
        ],
        run: (_input, caller) => {
          authorizer.require(caller, { action: 'sagemaker:ListMonitoringExecutions', resource: '*' });
          return { MonitoringExecutionSummaries: [] }; // Model Monitor's containers do not run here
        },
      },
    },
  );
}

function pipelineOperations(pipelines: Pipelines, authorizer: Authorizer): Record<string, JsonOperation> {
  const allowed = (input: Members, caller: Caller, operation: string): string => {
    const arn = pipelines.arnOf(textMember(input, 'PipelineName', operation));
    authorizer.require(caller, { action: `sagemaker:${operation}`, resource: arn });
    return arn;
  };
  return {
    StartPipelineExecution: {
      members: [
        'PipelineName',
        'ClientRequestToken',
        'PipelineExecutionDisplayName',
        'PipelineExecutionDescription',
        'PipelineParameters',
      ],
      run: (input, caller) => {
        const arn = allowed(input, caller, 'StartPipelineExecution');
        checkDisplayName(optionalText(input, 'PipelineExecutionDisplayName', 'StartPipelineExecution'));
        const token = textMember(input, 'ClientRequestToken', 'StartPipelineExecution');
        return { PipelineExecutionArn: pipelines.start(arn, token).arn };
      },
    },
    ListPipelineExecutions: {
      members: ['PipelineName', 'CreatedAfter', 'CreatedBefore', 'SortBy', 'SortOrder', 'MaxResults'],
      run: (input, caller) => {
        const arn = allowed(input, caller, 'ListPipelineExecutions');
        return { PipelineExecutionSummaries: selected(pipelines.list(arn), input).map(summary) };
      },
    },
  };
}

/** Newest first unless SortOrder says Ascending; at most MaxResults, 1 to 100. */
function selected(executions: readonly PipelineExecution[], input: Members): PipelineExecution[] {
  const after = (optionalNumber(input, 'CreatedAfter', 'ListPipelineExecutions') ?? -1e15) * 1000;
  const before = (optionalNumber(input, 'CreatedBefore', 'ListPipelineExecutions') ?? 1e15) * 1000;
  const inside = executions.filter(({ startTime }) => startTime.getTime() > after && startTime.getTime() < before);
  const sorted = input.SortOrder === 'Ascending' ? inside : [...inside].reverse();
  return sorted.slice(0, optionalNumber(input, 'MaxResults', 'ListPipelineExecutions') ?? 100);
}

function summary({ arn, startTime, status }: PipelineExecution): Members {
  return { PipelineExecutionArn: arn, StartTime: startTime.getTime() / 1000, PipelineExecutionStatus: status };
}

function checkDisplayName(name: string | undefined): void {
  if (name !== undefined && !/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,81}$/.test(name)) {
    throw new ServiceError(
      'ValidationException',
      `PipelineExecutionDisplayName '${name}': 1 to 82 letters, digits and hyphens`,
    );
  }
}
