/** What removes a finding, or why it stands: by rule, without the name of its pack. */
export const REMEDIES: { readonly [rule: string]: string } = {
  CloudWatchAlarmAction: '`notificationTopic`, or `alarmActions`',
  CloudWatchLogGroupEncrypted:
    '`encryptionKey` of `StackResources`, or a property injector for `LogGroup`, as below. The policy of a key that is not made in the app has to let CloudWatch Logs use it',
  DynamoDBInBackupPlan:
    '`BackupSelection` with `trigger.table`. The table holds leases that expire; a lost one at most starts a training earlier',
  EC2RestrictedCommonPorts:
    'stands where `instanceCount` is above 1: instances of one job talk to each other on ports that SageMaker chooses. The source is the group itself; with `securityGroups` the groups are yours',
  IAMNoInlinePolicy:
    'stands, or `iam.Role.customizeRoles`, by which the app makes no roles: [one policy inside each role](decisions/0003-one-inline-policy-per-role.md) is in force before what needs it, and no other role has it',
  LambdaConcurrency:
    'a property injector for `Function`, as below. Monitors of a stack share its functions and may run at once: for each of them `Profile` needs as many as it profiles at the same time, 10 unless the engine is told otherwise, and `Plan` and `Conclude` one. A run that is throttled three times fails',
  LambdaDLQ:
    'a property injector for `Function`, as below. Digest and gate, which EventBridge calls asynchronously, hand what failed to their `deadLetterQueue` already; the silence of the reconciler is an alarm',
  LambdaInsideVPC:
    'a property injector for `Function`, as below; roles then may attach network interfaces. The VPC has to lead to S3, CloudWatch, EventBridge, Step Functions, SNS, DynamoDB, SageMaker, and to the address of S3 to which custom resources answer. Jobs on Model Monitor: `vpc` of the engine',
  S3BucketLoggingEnabled:
    '`reportsBucket`, `extractsBucket` of `serverless()`, and `DataCapture.toBucket` in place of `toNewBucket`',
  S3BucketReplicationEnabled:
    '`reportsBucket`, `extractsBucket` of `serverless()`, and `DataCapture.toBucket` in place of `toNewBucket`',
  S3BucketVersioningEnabled:
    '`reportsBucket`, `extractsBucket` of `serverless()`, and `DataCapture.toBucket` in place of `toNewBucket`',
  S3DefaultEncryptionKMS:
    '`reportsBucket`, `extractsBucket` of `serverless()`, and `encryptionKey` of `DataCapture.toNewBucket`',
  SageMakerEndpointConfigurationKMSKeyConfigured: '`encryptionKey` of `Endpoint`',
};
