import { App, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BuiltInRule,
  DebuggerRule,
  TrainingCheck,
  TrainingDebugger,
  TrainingIssue,
  TrainingWatch,
  WatchedTraining,
} from 'cdk-sagemaker-monitoring';
import type { Construct } from 'constructs';

/** What may be chosen. */
export interface ChurnTrainingProps extends StackProps {
  /** whether rules of SageMaker Debugger look at the training, too: in accounts that used it before it was closed */
  readonly hasDebugger?: boolean;
}

/** A pipeline that trains a model, and a watch that tells when a training goes wrong. */
export class ChurnTraining extends Stack {
  constructor(scope: Construct, id: string, { hasDebugger = false, ...props }: ChurnTrainingProps = {}) {
    super(scope, id, props);
    const data = new s3.Bucket(this, 'Data', { enforceSSL: true });
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
    data.grantRead(role, 'training/*');
    data.grantPut(role, 'models/*');

    const request = { ...trainingOf(data, role), ...(hasDebugger && this.rules(data, role)) };
    new sagemaker.CfnPipeline(this, 'Pipeline', {
      pipelineName: 'churn-training',
      roleArn: role.roleArn,
      pipelineDefinition: {
        PipelineDefinitionBody: this.toJsonString({
          Version: '2020-12-01',
          Steps: [{ Name: 'Train', Type: 'Training', Arguments: request }],
        }),
      },
    });

    new TrainingWatch(this, 'Training', {
      training: WatchedTraining.jobs('pipelines-'), // SageMaker names the jobs of steps so
      notificationTopic: new sns.Topic(this, 'Team', { enforceSSL: true }),
      reportsBucket: data,
      longest: Duration.hours(6),
      checks: [
        TrainingCheck.falling('validation:loss'),
        TrainingCheck.together('train:loss', 'validation:loss', { largestPercentage: 50 }),
        TrainingCheck.finite('loss:nan'),
      ],
      stopOn: [TrainingIssue.STUCK, TrainingIssue.NOT_A_NUMBER, TrainingIssue.RULE_FOUND_ISSUES],
    });
  }

  private rules(bucket: s3.IBucket, role: iam.IRole) {
    const debugging = new TrainingDebugger(this, 'Debugger', {
      bucket,
      rules: [DebuggerRule.builtIn(BuiltInRule.LOSS_NOT_DECREASING, { parameters: { num_steps: '20' } })],
    });
    debugging.grantOutput(role);
    return debugging.trainingArguments();
  }
}

/** A request of CreateTrainingJob without the job's name. The image is yours; its log has lines as `epoch=12 train_loss=0.41 validation_loss=0.43`. */
function trainingOf(data: s3.IBucket, role: iam.IRole) {
  return {
    RoleArn: role.roleArn,
    AlgorithmSpecification: {
      TrainingImage: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn-training:1',
      TrainingInputMode: 'File',
      MetricDefinitions: [
        { Name: 'train:loss', Regex: 'train_loss=([0-9.]+)' },
        { Name: 'validation:loss', Regex: 'validation_loss=([0-9.]+)' },
        { Name: 'loss:nan', Regex: 'epoch=([0-9]+) train_loss=[-+]?(?:nan|inf)' },
      ],
    },
    InputDataConfig: [
      {
        ChannelName: 'training',
        DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: data.s3UrlForObject('training') } },
      },
    ],
    OutputDataConfig: { S3OutputPath: data.s3UrlForObject('models') },
    ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
    StoppingCondition: { MaxRuntimeInSeconds: Duration.hours(12).toSeconds() },
  };
}

if (require.main === module) {
  const env = { account: '111122223333', region: 'eu-west-1' };
  new ChurnTraining(new App(), 'ChurnTraining', { env });
}
