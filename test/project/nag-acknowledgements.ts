/** A finding of cdk-nag on one resource, and why it stands. */
export interface NagAcknowledgement {
  /** Path of the resource in the app that it belongs to. */
  readonly path: string;
  /** The rule, with the finding in brackets where it has one. */
  readonly id: string;
  readonly reason: string;
}

const ACCESS_LOGS = 'server access logs need a bucket of their own, which the owner of the account chooses';
const DEAD_LETTERS = 'the queue is itself the place for what could not be delivered';
const ENCRYPTION = "the CDK's own grant to encrypt: GenerateDataKey with and without the plain text, on one key";
const ENDPOINT_WIDE = 'ecr:GetAuthorizationToken knows no resources, and metrics are limited by their namespace';
const JOB_WIDE =
  'ecr:GetAuthorizationToken knows no resources, the job publishes to namespaces of SageMaker alone, and the actions that attach it to a VPC are not to be restricted';
const METRICS = 'cloudwatch:PutMetricData knows no metric as resource, so it is limited by the namespace';
const LOG_DELIVERY =
  'the actions of log delivery and tracing, which Step Functions calls for an execution, know no resources';
const SERVICE_LOGS = 'SageMaker itself names the log groups and streams of endpoints and jobs below this prefix';
const CAPTURED = 'the service names captured objects by variant and hour, below the prefix of this one endpoint';
const DATASET = 'the dataset is all that lies below a prefix, as its owner said';
const REPORTS = 'reports lie in folders by monitor and hour, below the folder of this stack';
const CHILD_EXECUTIONS = 'the Distributed Map names its child executions itself, below the name of this one machine';
const LISTED = 'sagemaker:ListMonitoringExecutions knows no resources';
const OWN_SCHEDULES =
  'the names of all monitoring schedules of this stack end with a fragment of its id, and no others';
const SCHEDULED_JOBS =
  'SageMaker names the jobs of monitoring schedules itself and documents no prefix; the function stops those that its own schedules list';

export const NAG_ACKNOWLEDGEMENTS: readonly NagAcknowledgement[] = [
  { path: 'BirdStrikes/Data/Resource', id: 'AwsSolutions-S1', reason: ACCESS_LOGS },
  {
    path: 'BirdStrikes/Model/Role/Resource',
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/sagemaker/Endpoints/*]',
    reason: SERVICE_LOGS,
  },
  { path: 'BirdStrikes/Model/Role/Resource', id: 'AwsSolutions-IAM5[Resource::*]', reason: ENDPOINT_WIDE },
  {
    path: 'BirdStrikes/SageMakerMonitoringAnalysis8cb1640f/ConcludeRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: METRICS,
  },
  {
    path: 'BirdStrikes/SageMakerMonitoringAnalysis8cb1640f/Role/Resource',
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: LOG_DELIVERY,
  },
  {
    path: 'BirdStrikes/SageMakerMonitoringReconciler/ReconcileRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: METRICS,
  },
  {
    path: 'BirdStrikes/Model/Role/Resource',
    id: 'AwsSolutions-IAM5[Resource::<Data666C94C7.Arn>/data-capture/*]',
    reason: CAPTURED,
  },
  {
    path: 'BirdStrikes/SageMakerMonitoringAnalysis8cb1640f/PlanRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<Data666C94C7.Arn>/model-monitoring/BirdStrikes/*/work/*]',
    reason: REPORTS,
  },
  {
    path: 'BirdStrikes/SageMakerMonitoringAnalysis8cb1640f/ProfileRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<Data666C94C7.Arn>/model-monitoring/BirdStrikes/*/work/*]',
    reason: REPORTS,
  },
  {
    path: 'BirdStrikes/SageMakerMonitoringAnalysis8cb1640f/Role/Resource',
    id: 'AwsSolutions-IAM5[Resource::<Data666C94C7.Arn>/model-monitoring/BirdStrikes/*/work/*]',
    reason: REPORTS,
  },
  {
    path: 'BirdStrikes/SageMakerMonitoringAnalysis8cb1640f/ProfileRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<Data666C94C7.Arn>/data-capture/<EndpointEEF1FD8F.EndpointName>/*]',
    reason: CAPTURED,
  },
  {
    path: 'BirdStrikes/SageMakerMonitoringAnalysis8cb1640f/ConcludeRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<Data666C94C7.Arn>/model-monitoring/BirdStrikes/*]',
    reason: REPORTS,
  },
  {
    path: 'BirdStrikes/SageMakerMonitoringReconciler/ReconcileRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<Data666C94C7.Arn>/model-monitoring/BirdStrikes/*]',
    reason: REPORTS,
  },
  {
    path: 'BirdStrikes/SageMakerMonitoringAnalysis8cb1640f/ConcludeRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<Data666C94C7.Arn>/model-monitoring/BirdStrikes/Monitoring/DataQuality/baseline/*]',
    reason: REPORTS,
  },
  {
    path: 'BirdStrikes/SageMakerMonitoringAnalysis8cb1640f/DistributedMapPolicy',
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<SageMakerMonitoringAnalysis8cb1640f6B5F72AA.Name>:*]',
    reason: CHILD_EXECUTIONS,
  },
  {
    path: 'BirdStrikes/SageMakerMonitoringAnalysis8cb1640f/DistributedMapPolicy',
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<SageMakerMonitoringAnalysis8cb1640f6B5F72AA.Name>/*:*]',
    reason: CHILD_EXECUTIONS,
  },
  {
    path: 'BirdStrikes/SageMakerMonitoringReconciler/ReconcileRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<Data666C94C7.Arn>/model-monitoring/BirdStrikes/*/reconciled.json]',
    reason: REPORTS,
  },
  { path: 'BirdStrikes/Retraining/DeadLetters/Resource', id: 'AwsSolutions-SQS3', reason: DEAD_LETTERS },
  { path: 'ModelMonitor/Data/Resource', id: 'AwsSolutions-S1', reason: ACCESS_LOGS },
  { path: 'ModelMonitor/SageMakerMonitoringReports/Resource', id: 'AwsSolutions-S1', reason: ACCESS_LOGS },
  {
    path: 'ModelMonitor/Model/Role/Resource',
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:eu-west-1:111122223333:log-group:/aws/sagemaker/Endpoints/*]',
    reason: SERVICE_LOGS,
  },
  { path: 'ModelMonitor/Model/Role/Resource', id: 'AwsSolutions-IAM5[Resource::*]', reason: ENDPOINT_WIDE },
  { path: 'ModelMonitor/Monitoring/DataQuality/Role/Resource', id: 'AwsSolutions-IAM5[Resource::*]', reason: JOB_WIDE },
  {
    path: 'ModelMonitor/SageMakerMonitoringReconciler/ReconcileRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: METRICS,
  },
  {
    path: 'ModelMonitor/Model/Role/Resource',
    id: 'AwsSolutions-IAM5[Resource::<Data666C94C7.Arn>/data-capture/*]',
    reason: CAPTURED,
  },
  {
    path: 'ModelMonitor/Monitoring/DataQuality/Role/Resource',
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:eu-west-1:111122223333:log-group:/aws/sagemaker/ProcessingJobs:*]',
    reason: SERVICE_LOGS,
  },
  {
    path: 'ModelMonitor/Monitoring/DataQuality/Role/Resource',
    id: 'AwsSolutions-IAM5[Resource::<Data666C94C7.Arn>/data-capture/<EndpointEEF1FD8F.EndpointName>/*]',
    reason: CAPTURED,
  },
  {
    path: 'ModelMonitor/Monitoring/DataQuality/Role/Resource',
    id: 'AwsSolutions-IAM5[Resource::<SageMakerMonitoringReportsBF1D34C8.Arn>/model-monitoring/ModelMonitor/Monitoring/DataQuality/*]',
    reason: REPORTS,
  },
  {
    path: 'ModelMonitor/Monitoring/DataQuality/Role/Resource',
    id: 'AwsSolutions-IAM5[Resource::<SageMakerMonitoringReportsBF1D34C8.Arn>/model-monitoring/ModelMonitor/Monitoring/DataQuality/baseline/*]',
    reason: REPORTS,
  },
  {
    path: 'ModelMonitor/SageMakerMonitoringBaselinesRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<SageMakerMonitoringReportsBF1D34C8.Arn>/model-monitoring/ModelMonitor/*/baseline/*]',
    reason: REPORTS,
  },
  {
    path: 'ModelMonitor/SageMakerMonitoringReconciler/ReconcileRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<SageMakerMonitoringReportsBF1D34C8.Arn>/model-monitoring/ModelMonitor/*/report.json]',
    reason: REPORTS,
  },
  {
    path: 'ModelMonitor/SageMakerMonitoringReconciler/ReconcileRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<SageMakerMonitoringReportsBF1D34C8.Arn>/model-monitoring/ModelMonitor/*]',
    reason: REPORTS,
  },
  {
    path: 'ModelMonitor/SageMakerMonitoringReconciler/ReconcileRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<SageMakerMonitoringReportsBF1D34C8.Arn>/model-monitoring/ModelMonitor/*/reconciled.json]',
    reason: REPORTS,
  },
  {
    path: 'ModelMonitor/SageMakerMonitoringDrain/DrainingRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: LISTED,
  },
  {
    path: 'ModelMonitor/SageMakerMonitoringDrain/DrainingRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:sagemaker:eu-west-1:111122223333:monitoring-schedule/*-{"Fn::Select":[0,{"Fn::Split":["-",{"Fn::Select":[2,{"Fn::Split":["/",{"Ref":"AWS::StackId"}]}]}]}]}]',
    reason: OWN_SCHEDULES,
  },
  {
    path: 'ModelMonitor/SageMakerMonitoringDrain/DrainingRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:sagemaker:eu-west-1:111122223333:processing-job/*]',
    reason: SCHEDULED_JOBS,
  },
  {
    path: 'ModelMonitor/SageMakerMonitoringDrain/Machine/Role/Resource',
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: LOG_DELIVERY,
  },
  { path: 'Serving/Data/Resource', id: 'AwsSolutions-S1', reason: ACCESS_LOGS },
  { path: 'Watching/SageMakerMonitoringReports/Resource', id: 'AwsSolutions-S1', reason: ACCESS_LOGS },
  {
    path: 'Serving/Model/Role/Resource',
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/sagemaker/Endpoints/*]',
    reason: SERVICE_LOGS,
  },
  { path: 'Serving/Model/Role/Resource', id: 'AwsSolutions-IAM5[Resource::*]', reason: ENDPOINT_WIDE },
  {
    path: 'Watching/SageMakerMonitoringAnalysis8cb1640f/ConcludeRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: METRICS,
  },
  {
    path: 'Watching/SageMakerMonitoringAnalysis8cb1640f/Role/Resource',
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: LOG_DELIVERY,
  },
  {
    path: 'Watching/SageMakerMonitoringReconciler/ReconcileRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: METRICS,
  },
  {
    path: 'Serving/Model/Role/Resource',
    id: 'AwsSolutions-IAM5[Resource::<Data666C94C7.Arn>/data-capture/*]',
    reason: CAPTURED,
  },
  { path: 'Serving/Model/Role/Resource', id: 'AwsSolutions-IAM5[Action::kms:GenerateDataKey*]', reason: ENCRYPTION },
  {
    path: 'Watching/SageMakerMonitoringAnalysis8cb1640f/PlanRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<SageMakerMonitoringReportsBF1D34C8.Arn>/model-monitoring/Watching/*/work/*]',
    reason: REPORTS,
  },
  {
    path: 'Watching/SageMakerMonitoringAnalysis8cb1640f/ProfileRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<SageMakerMonitoringReportsBF1D34C8.Arn>/model-monitoring/Watching/*/work/*]',
    reason: REPORTS,
  },
  {
    path: 'Watching/SageMakerMonitoringAnalysis8cb1640f/Role/Resource',
    id: 'AwsSolutions-IAM5[Resource::<SageMakerMonitoringReportsBF1D34C8.Arn>/model-monitoring/Watching/*/work/*]',
    reason: REPORTS,
  },
  {
    path: 'Watching/SageMakerMonitoringAnalysis8cb1640f/ProfileRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::Serving:ExportsOutputFnGetAttData666C94C7Arn0D7E21B7/data-capture/Serving:ExportsOutputFnGetAttEndpointEEF1FD8FEndpointName40AFC3ED/*]',
    reason: CAPTURED,
  },
  {
    path: 'Watching/SageMakerMonitoringAnalysis8cb1640f/ProfileRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::Serving:ExportsOutputFnGetAttData666C94C7Arn0D7E21B7/training/*]',
    reason: DATASET,
  },
  {
    path: 'Watching/SageMakerMonitoringAnalysis8cb1640f/ConcludeRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<SageMakerMonitoringReportsBF1D34C8.Arn>/model-monitoring/Watching/*]',
    reason: REPORTS,
  },
  {
    path: 'Watching/SageMakerMonitoringReconciler/ReconcileRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<SageMakerMonitoringReportsBF1D34C8.Arn>/model-monitoring/Watching/*]',
    reason: REPORTS,
  },
  {
    path: 'Watching/SageMakerMonitoringAnalysis8cb1640f/ConcludeRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<SageMakerMonitoringReportsBF1D34C8.Arn>/model-monitoring/Watching/Monitoring/DataQuality/baseline/*]',
    reason: REPORTS,
  },
  {
    path: 'Watching/SageMakerMonitoringAnalysis8cb1640f/DistributedMapPolicy',
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<SageMakerMonitoringAnalysis8cb1640f6B5F72AA.Name>:*]',
    reason: CHILD_EXECUTIONS,
  },
  {
    path: 'Watching/SageMakerMonitoringAnalysis8cb1640f/DistributedMapPolicy',
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<SageMakerMonitoringAnalysis8cb1640f6B5F72AA.Name>/*:*]',
    reason: CHILD_EXECUTIONS,
  },
  {
    path: 'Watching/SageMakerMonitoringReconciler/ReconcileRole/Resource',
    id: 'AwsSolutions-IAM5[Resource::<SageMakerMonitoringReportsBF1D34C8.Arn>/model-monitoring/Watching/*/reconciled.json]',
    reason: REPORTS,
  },
  { path: 'Training/Retraining/DeadLetters/Resource', id: 'AwsSolutions-SQS3', reason: DEAD_LETTERS },
  {
    path: 'BirdStrikes/SageMakerMonitoringDigest/DeadLetters/Resource',
    id: 'AwsSolutions-SQS3',
    reason: DEAD_LETTERS,
  },
  {
    path: 'ModelMonitor/SageMakerMonitoringDigest/DeadLetters/Resource',
    id: 'AwsSolutions-SQS3',
    reason: DEAD_LETTERS,
  },
];
