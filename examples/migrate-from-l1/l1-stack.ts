import { type CfnResource, Stack, type StackProps } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { CreditEndpoint } from './endpoint';

/** SageMaker's analyzer, from the developer guide's table for eu-west-1. */
const ANALYZER = '468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer';
const ENDPOINT_NAME = 'credit-risk';
const JOB = {
  clusterConfig: { instanceCount: 1, instanceType: 'ml.m5.xlarge', volumeSizeInGb: 20 },
};
const INPUT = { endpointName: ENDPOINT_NAME, localPath: '/opt/ml/processing/input/endpoint' };

/** What the hand-written stack began as. `app.ts` is where it ends. */
export class HandWritten extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    new HandWrittenMonitoring(this, 'HandWritten', new CreditEndpoint(this, 'Credit'));
  }
}

/** Two monitors and their alarms, resource by resource, as documentation and samples of SageMaker lead to them. */
export class HandWrittenMonitoring extends Construct {
  /** The schedules, and the job definitions that they run. */
  public readonly running: CfnResource[];

  constructor(scope: Construct, id: string, credit: CreditEndpoint) {
    super(scope, id);
    const dataQuality = this.dataQualityDefinition(credit);
    const modelQuality = this.modelQualityDefinition(credit);
    this.running = [
      dataQuality,
      modelQuality,
      this.schedule('DataQuality', dataQuality.jobDefinitionName, 'cron(0 * ? * * *)'),
      this.schedule('ModelQuality', modelQuality.jobDefinitionName, 'cron(0 6 ? * * *)'),
    ];
    this.createAlarms(new sns.CfnTopic(this, 'Alerts'));
  }

  private dataQualityDefinition({ data, role }: CreditEndpoint): sagemaker.CfnDataQualityJobDefinition {
    return new sagemaker.CfnDataQualityJobDefinition(this, 'DataQualityDefinition', {
      jobDefinitionName: 'credit-risk-data-quality',
      roleArn: role.roleArn,
      jobResources: JOB,
      stoppingCondition: { maxRuntimeInSeconds: 3600 },
      dataQualityAppSpecification: { imageUri: ANALYZER },
      dataQualityBaselineConfig: {
        statisticsResource: { s3Uri: data.s3UrlForObject('baselines/data-quality/statistics.json') },
        constraintsResource: { s3Uri: data.s3UrlForObject('baselines/data-quality/constraints.json') },
      },
      dataQualityJobInput: { endpointInput: INPUT },
      dataQualityJobOutputConfig: outputTo(data.s3UrlForObject('reports/data-quality')),
    });
  }

  private modelQualityDefinition({ data, role }: CreditEndpoint): sagemaker.CfnModelQualityJobDefinition {
    return new sagemaker.CfnModelQualityJobDefinition(this, 'ModelQualityDefinition', {
      jobDefinitionName: 'credit-risk-model-quality',
      roleArn: role.roleArn,
      jobResources: JOB,
      stoppingCondition: { maxRuntimeInSeconds: 3600 },
      modelQualityAppSpecification: { imageUri: ANALYZER, problemType: 'BinaryClassification' },
      modelQualityBaselineConfig: {
        constraintsResource: { s3Uri: data.s3UrlForObject('baselines/model-quality/constraints.json') },
      },
      modelQualityJobInput: {
        endpointInput: {
          ...INPUT,
          probabilityAttribute: '0',
          probabilityThresholdAttribute: 0.5,
          startTimeOffset: '-P31D',
          endTimeOffset: '-P30D',
        },
        groundTruthS3Input: { s3Uri: data.s3UrlForObject('labels') },
      },
      modelQualityJobOutputConfig: outputTo(data.s3UrlForObject('reports/model-quality')),
    });
  }

  private schedule(kind: string, definition = '', scheduleExpression = ''): sagemaker.CfnMonitoringSchedule {
    return new sagemaker.CfnMonitoringSchedule(this, `${kind}Schedule`, {
      monitoringScheduleName: nameOf(kind),
      monitoringScheduleConfig: {
        monitoringType: kind,
        monitoringJobDefinitionName: definition,
        scheduleConfig: { scheduleExpression },
      },
    });
  }

  /** On the metrics that the container publishes. */
  private createAlarms(topic: sns.CfnTopic): void {
    new cloudwatch.CfnAlarm(this, 'IncomeDrifts', {
      namespace: '/aws/sagemaker/Endpoints/data-metric',
      metricName: 'feature_baseline_drift_income',
      dimensions: dimensions({ EndpointName: ENDPOINT_NAME, ScheduleName: nameOf('DataQuality') }),
      statistic: 'Average',
      period: 60,
      evaluationPeriods: 1,
      threshold: 0.2,
      comparisonOperator: 'GreaterThanThreshold',
      alarmActions: [topic.ref],
    });
    new cloudwatch.CfnAlarm(this, 'AucFalls', {
      namespace: 'aws/sagemaker/Endpoints/model-metrics',
      metricName: 'auc',
      dimensions: dimensions({ Endpoint: ENDPOINT_NAME, MonitoringSchedule: nameOf('ModelQuality') }),
      statistic: 'Average',
      period: 600,
      evaluationPeriods: 1,
      threshold: 0.75,
      comparisonOperator: 'LessThanOrEqualToThreshold',
      treatMissingData: 'breaching',
      alarmActions: [topic.ref],
    });
  }
}

function nameOf(kind: string): string {
  return `credit-risk-${kind.toLowerCase()}-schedule`;
}

function outputTo(s3Uri: string): sagemaker.CfnDataQualityJobDefinition.MonitoringOutputConfigProperty {
  return { monitoringOutputs: [{ s3Output: { s3Uri, localPath: '/opt/ml/processing/output' } }] };
}

function dimensions(values: { [name: string]: string }): cloudwatch.CfnAlarm.DimensionProperty[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}
