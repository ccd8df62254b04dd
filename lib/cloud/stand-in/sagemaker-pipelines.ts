import type { Authorizer } from '../account/authorizer';
import type { PipelineExecution, Pipelines } from '../account/pipelines';
import { type Members, optionalText, textMember } from '../members';
import { isBetween, page, sorted } from './page';
import { type Caller, type JsonOperation, ServiceError } from './service';

/**
 * SageMaker pipelines: executions that are started, listed, described and stopped.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StartPipelineExecution.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListPipelineExecutions.html
 */
export function pipelineOperations(pipelines: Pipelines, authorizer: Authorizer): Record<string, JsonOperation> {
  const allowed = (input: Members, caller: Caller, operation: string): string => {
    const arn = pipelines.arnOf(textMember(input, 'PipelineName', operation));
    authorizer.require(caller, { action: `sagemaker:${operation}`, resource: arn });
    return arn;
  };
  return {
    ...executionOperations(pipelines, authorizer),
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
        const description = optionalText(input, 'PipelineExecutionDescription', 'StartPipelineExecution');
        return { PipelineExecutionArn: pipelines.start(arn, token, description).arn };
      },
    },
    ListPipelineExecutions: {
      members: ['PipelineName', 'CreatedAfter', 'CreatedBefore', 'SortBy', 'SortOrder', 'MaxResults', 'NextToken'],
      run: (input, caller) => {
        const arn = allowed(input, caller, 'ListPipelineExecutions');
        const inside = pipelines
          .list(arn)
          .filter(({ startTime }) => isBetween(input, startTime, ['CreatedAfter', 'CreatedBefore']));
        const items = sorted(input, inside, ({ startTime }) => startTime.getTime());
        return page(input, { items, member: 'PipelineExecutionSummaries', size: 100, summary });
      },
    },
  };
}

function executionOperations(pipelines: Pipelines, authorizer: Authorizer): Record<string, JsonOperation> {
  const execution = (input: Members, caller: Caller, operation: string): string => {
    const arn = textMember(input, 'PipelineExecutionArn', operation);
    authorizer.require(caller, { action: `sagemaker:${operation}`, resource: arn });
    return arn;
  };
  return {
    DescribePipelineExecution: {
      members: ['PipelineExecutionArn'],
      run: (input, caller) => described(pipelines.get(execution(input, caller, 'DescribePipelineExecution'))),
    },
    StopPipelineExecution: {
      members: ['PipelineExecutionArn', 'ClientRequestToken'],
      run: (input, caller) => ({
        PipelineExecutionArn: pipelines.stop(execution(input, caller, 'StopPipelineExecution')).arn,
      }),
    },
  };
}

function described(execution: PipelineExecution): Members {
  const { arn, startTime, lastModifiedTime, status, description, failureReason } = execution;
  return {
    PipelineArn: arn.slice(0, arn.indexOf('/execution/')),
    PipelineExecutionArn: arn,
    PipelineExecutionStatus: status,
    PipelineExecutionDescription: description,
    FailureReason: failureReason,
    CreationTime: startTime.getTime() / 1000,
    LastModifiedTime: lastModifiedTime.getTime() / 1000,
  };
}

function summary({ arn, startTime, status, description }: PipelineExecution): Members {
  return {
    PipelineExecutionArn: arn,
    StartTime: startTime.getTime() / 1000,
    PipelineExecutionStatus: status,
    PipelineExecutionDescription: description,
  };
}

function checkDisplayName(name: string | undefined): void {
  if (name !== undefined && !/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,81}$/.test(name)) {
    throw new ServiceError(
      'ValidationException',
      `PipelineExecutionDisplayName '${name}': 1 to 82 letters, digits and hyphens`,
    );
  }
}
