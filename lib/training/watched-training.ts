import { Stack } from 'aws-cdk-lib';
import type { IPipelineRef } from 'aws-cdk-lib/aws-sagemaker';
import type { IConstruct } from 'constructs';
import { PIPELINE } from '../core/cdk-shapes';
import { localArn } from '../core/local-arn';
import { requireProps, TEXT } from '../core/prop-shapes';
import { throwIfAny } from '../core/validation-error';
import { spellingsOf } from '../endpoint/arn-spellings';
import { pipelineArnsForPolicy } from '../retraining/pipeline-start';
import type { TrainingBinding } from './training-binding';

/** Which training is watched. */
export abstract class WatchedTraining {
  /**
   * Training jobs of this account and region whose names begin so: those of a pipeline's step, of a team, of an estimator.
   *
   * @param prefix 1 to 60 letters, digits and hyphens, a letter or a digit first
   */
  public static jobs(prefix: string): WatchedTraining {
    requireProps({ prefix }, { prefix: TEXT });
    const allowed = '1 to 60 letters, digits and hyphens, a letter or a digit first';
    throwIfAny('InvalidTrainingWatch', NAME_BEGIN.test(prefix) ? [] : [{ prop: 'prefix', got: prefix, allowed }]);
    return new TrainingJobs(prefix);
  }

  /** All executions of a pipeline, whatever their steps do. Of its training jobs alone, `jobs` says more. */
  public static pipeline(pipeline: IPipelineRef): WatchedTraining {
    requireProps({ pipeline }, { pipeline: PIPELINE });
    return new PipelineExecutions(pipeline);
  }

  protected constructor() {}

  /** @internal */
  public abstract _bind(scope: IConstruct, isJudgedAtEnd: boolean): TrainingBinding;
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html */
const NAME_BEGIN = /^[a-zA-Z0-9][a-zA-Z0-9-]{0,59}$/;

class TrainingJobs extends WatchedTraining {
  constructor(private readonly prefix: string) {
    super();
  }

  /** @internal */
  public _bind(scope: IConstruct, isJudgedAtEnd: boolean): TrainingBinding {
    const ends = ['Failed', 'Stopped', ...(isJudgedAtEnd ? ['Completed'] : [])];
    const issue = { DebugRuleEvaluationStatuses: { RuleEvaluationStatus: ['IssuesFound'] } };
    return {
      jobPrefix: this.prefix,
      eventPattern: {
        source: ['aws.sagemaker'],
        detailType: ['SageMaker Training Job State Change'],
        detail: {
          TrainingJobName: [{ prefix: this.prefix }],
          $or: [{ TrainingJobStatus: ends }, issue],
        },
      },
      workPath: '$.detail.TrainingJobName',
      listing: {
        action: 'sagemaker:ListTrainingJobs',
        resources: ['*'],
        because: 'SageMaker lists jobs of no single name',
      },
      describing: {
        action: 'sagemaker:DescribeTrainingJob',
        stopping: 'sagemaker:StopTrainingJob',
        resources: spellingsOf(localArn(Stack.of(scope), 'sagemaker', `training-job/${this.prefix}`), this.prefix).map(
          (beginning) => `${beginning}*`,
        ),
      },
    };
  }
}

class PipelineExecutions extends WatchedTraining {
  constructor(private readonly pipeline: IPipelineRef) {
    super();
  }

  /** @internal */
  public _bind(_scope: IConstruct): TrainingBinding {
    const arns = pipelineArnsForPolicy(this.pipeline);
    return {
      pipelineName: this.pipeline.pipelineRef.pipelineName,
      eventPattern: {
        source: ['aws.sagemaker'],
        detailType: ['SageMaker Model Building Pipeline Execution Status Change'],
        detail: { pipelineArn: arns, currentPipelineExecutionStatus: ['Failed', 'Stopped'] },
      },
      workPath: '$.detail.pipelineExecutionArn',
      listing: { action: 'sagemaker:ListPipelineExecutions', resources: arns },
      describing: {
        action: 'sagemaker:DescribePipelineExecution',
        stopping: 'sagemaker:StopPipelineExecution',
        resources: arns.map((arn) => `${arn}/execution/*`),
      },
    };
  }
}
