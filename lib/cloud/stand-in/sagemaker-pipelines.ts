import type { Authorizer } from '../account/authorizer';
import type { PipelineExecution, Pipelines } from '../account/pipelines';
import { type Members, optionalText, textMember } from '../members';
import { isBetween, page, sorted } from './page';
import { type Caller, type JsonOperation, ServiceError } from './service';

/**
 * SageMaker pipelines: StartPipelineExecution and ListPipelineExecutions.
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
