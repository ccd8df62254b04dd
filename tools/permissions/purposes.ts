/** What actions are for, in a word or two, by their beginning: the longest that fits counts. */
export const PURPOSES: { readonly [beginning: string]: string } = {
  'cloudwatch:DescribeAlarms': 'list alarms that fire',
  'cloudwatch:PutMetricData': 'metrics',
  'dynamodb:UpdateItem': 'the lease of a training',
  'ec2:': 'attach to a VPC',
  'ecr:': 'pull the image',
  'events:PutEvents': 'tell the outcome',
  'iam:PassRole': 'give the job its role',
  'kms:CreateGrant': 'encrypt volumes',
  'kms:Decrypt': 'read what is encrypted',
  'kms:DescribeKey': 'encrypt volumes',
  'kms:Encrypt': 'write encrypted',
  'kms:GenerateDataKey': 'write encrypted',
  'kms:ReEncrypt': 'write encrypted',
  'lambda:InvokeFunction': 'call the function',
  'logs:': 'logs',
  's3:DeleteObject': 'delete what a run leaves on the way',
  's3:GetObject': 'read',
  's3:ListBucket': 'find what to read',
  's3:PutObject': 'write',
  'sagemaker:AddTags': 'tag the job',
  'sagemaker:CreateEndpoint': 'ask the model',
  'sagemaker:DeleteEndpoint': 'ask the model',
  'sagemaker:DescribeEndpoint': 'see the endpoint',
  'sagemaker:DescribeEndpointConfig': 'ask the model',
  'sagemaker:DescribeModel': 'ask the model',
  'sagemaker:DescribeModelPackage': 'the baseline of the registry',
  'sagemaker:InvokeEndpoint': 'ask the model',
  'sagemaker:CreateProcessingJob': 'make a baseline',
  'sagemaker:DescribeProcessingJob': 'make a baseline',
  'sagemaker:StopProcessingJob': 'stop a job',
  'sagemaker:DescribePipelineExecution': 'watch trainings',
  'sagemaker:DescribeTrainingJob': 'watch trainings',
  'sagemaker:ListTrainingJobs': 'watch trainings',
  'sagemaker:StopPipelineExecution': 'stop trainings',
  'sagemaker:StopTrainingJob': 'stop trainings',
  'sagemaker:ListMonitoringExecutions': 'find runs that ended',
  'sagemaker:DescribeMonitoringSchedule': 'bring schedules to rest',
  'sagemaker:StartMonitoringSchedule': 'bring schedules to rest',
  'sagemaker:StopMonitoringSchedule': 'bring schedules to rest',
  'sagemaker:ListPipelineExecutions': 'see whether a training runs',
  'sagemaker:StartPipelineExecution': 'start a training',
  'sns:Publish': 'send messages',
  'sqs:': 'keep what failed',
  'states:DescribeExecution': 'fan out',
  'states:RedriveExecution': 'fan out',
  'states:StopExecution': 'fan out',
  'states:ListExecutions': 'see whether another request of CloudFormation is under way',
  'states:StartExecution': 'start the state machine',
  'xray:': 'traces',
};

/** What an action is for; fails for one that nothing is said of. */
export function purposeOf(action: string): string {
  const fitting = Object.keys(PURPOSES).filter((beginning) => action.startsWith(beginning));
  const [longest] = fitting.sort((one, other) => other.length - one.length);
  if (longest === undefined) {
    throw new Error(`UnknownPurpose: nothing in tools/permissions/purposes.ts says what ${action} is for`);
  }
  return PURPOSES[longest];
}
