import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Baseline } from '../../lib/baseline/baseline';
import { Dataset } from '../../lib/baseline/dataset';
import { HandlerFunction } from '../../lib/core/handler-function';
import { StackResources } from '../../lib/core/stack-resources';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { RetrainingTrigger } from '../../lib/retraining/retraining-trigger';
import { believingEvents, groupOf, newMonitor, newStack } from '../monitor/fixtures';
import { resourceOf, resourcesOf, statementsOfRole } from '../monitor/readable-template';

const LOG_GROUP = 'AWS::Logs::LogGroup';
const logGroups = (stack: Stack) => resourcesOf(stack, LOG_GROUP);

/** A stack with everything that is shared: logs of functions and of a machine, a queue, a table. */
function whole(stack: Stack) {
  newMonitor(stack);
  believingEvents(stack);
  new RetrainingTrigger(stack, 'Retraining', {
    monitors: groupOf(['Stack/DataQuality']),
    pipeline: sagemaker.CfnPipeline.fromPipelineName(stack, 'Pipeline', 'churn'),
  });
  return stack;
}

describe('the resources that monitors of a stack share', () => {
  test('are by default on keys that AWS owns, keep logs for three months, and go with the stack', () => {
    const stack = whole(newStack());
    expect(logGroups(stack)).toHaveLength(2);
    for (const { Properties, DeletionPolicy } of logGroups(stack)) {
      expect(Properties).toEqual({ RetentionInDays: 90 });
      expect(DeletionPolicy).toBe('Delete');
    }
    expect(resourceOf(stack, 'AWS::SQS::Queue').Properties).toMatchObject({ SqsManagedSseEnabled: true });
    expect(resourceOf(stack, 'AWS::DynamoDB::Table').Properties.SSESpecification).toBeUndefined();
  });

  test('take a key, and a time for which logs are kept', () => {
    const stack = newStack();
    new StackResources(stack, 'Shared', {
      encryptionKey: new kms.Key(stack, 'Key'),
      logRetention: logs.RetentionDays.ONE_YEAR,
      logRemovalPolicy: RemovalPolicy.RETAIN,
    });
    whole(stack);
    expect(logGroups(stack)).toHaveLength(2);
    for (const { Properties, DeletionPolicy } of logGroups(stack)) {
      expect(Properties).toEqual({ RetentionInDays: 365, KmsKeyId: `\${Key.Arn}` });
      expect(DeletionPolicy).toBe('Retain');
    }
    expect(resourceOf(stack, 'AWS::SQS::Queue').Properties).toMatchObject({ KmsMasterKeyId: `\${Key.Arn}` });
    expect(resourceOf(stack, 'AWS::DynamoDB::Table').Properties.SSESpecification).toEqual({
      KMSMasterKeyId: `\${Key.Arn}`,
      SSEEnabled: true,
      SSEType: 'KMS',
    });
  });

  test('are the same on Model Monitor: logs of functions and of machines, and the queue', () => {
    const stack = newStack();
    new StackResources(stack, 'Shared', {
      encryptionKey: new kms.Key(stack, 'Key'),
      logRetention: logs.RetentionDays.ONE_YEAR,
    });
    const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
    const dataset = Dataset.csv(bucket, 'churn.csv');
    newMonitor(stack, { engine: MonitoringEngine.modelMonitor(), baseline: Baseline.fromDataset(dataset) });
    const own = { RetentionInDays: 365, KmsKeyId: `\${Key.Arn}` };
    expect(logGroups(stack).map(({ Properties }) => Properties)).toEqual([own, own, own]);
    const queues = resourcesOf(stack, 'AWS::SQS::Queue').map(({ Properties }) => Properties.KmsMasterKeyId);
    expect(queues).toEqual([`\${Key.Arn}`]);
  });

  test('let services and roles use the key, as far as they need it', () => {
    const stack = newStack();
    new StackResources(stack, 'Shared', { encryptionKey: new kms.Key(stack, 'Key') });
    whole(stack);
    const [, ...added] = resourceOf(stack, 'AWS::KMS::Key').Properties.KeyPolicy.Statement;
    expect(added).toEqual([
      {
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        Condition: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': `arn:\${AWS::Partition}:logs:eu-west-1:111122223333:log-group:*`,
          },
        },
        Effect: 'Allow',
        Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
        Resource: '*',
      },
      {
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Resource: '*',
      },
    ]);
    const onKey = (role: string) => statementsOfRole(stack, role).filter(({ Resource }) => Resource === `\${Key.Arn}`);
    expect(onKey('AnalysisSchedulerRole').map(({ Action }) => Action)).toEqual([
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    ]);
    expect(onKey('RetrainingGateRole').flatMap(({ Action }) => Action)).toEqual(
      expect.arrayContaining(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*']),
    );
  });

  test("warn of a key whose policy is not the app's, with what it has to have", () => {
    const stack = newStack();
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
    new StackResources(stack, 'Shared', { encryptionKey });
    for (const service of ['logs.eu-west-1', 'events'])
      Annotations.fromStack(stack).hasWarning(
        '*',
        Match.stringLikeRegexp(`see to it that it has .*${service}.amazonaws.com`),
      );
  });

  test('are said once, and before the first of them is made', () => {
    const stack = newStack();
    new StackResources(stack, 'Shared');
    expect(() => new StackResources(stack, 'Again')).toThrow('StackResourcesTooLate at Stack/Again');
    const other = newStack();
    new HandlerFunction(other, 'Plan', {
      handler: 'plan',
      description: '',
      timeout: Duration.minutes(1),
      memorySize: 128,
    });
    expect(() => new StackResources(other, 'Shared')).toThrow(
      'allowed is one StackResources in a stack, before its first monitor',
    );
  });
});

describe('the functions of a stack', () => {
  const functions = (stack: Stack) => resourcesOf(stack, 'AWS::Lambda::Function').map(({ Properties }) => Properties);
  const vpcOf = (stack: Stack) =>
    new ec2.Vpc(stack, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [
        { name: 'functions', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
        { name: 'others', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      ],
    });

  test('are in no VPC and on x86 by default', () => {
    const stack = whole(newStack());
    expect(functions(stack).length).toBe(8);
    for (const { VpcConfig, Architectures } of functions(stack))
      expect([VpcConfig, Architectures]).toEqual([undefined, undefined]);
  });

  test('are all in the VPC that is given, with one group that lets out HTTPS, and may attach themselves', () => {
    const stack = newStack();
    const vpc = vpcOf(stack);
    new StackResources(stack, 'Shared', { vpc, vpcSubnets: { subnetGroupName: 'others' } });
    whole(stack);
    const { Properties: group } = resourceOf(stack, 'AWS::EC2::SecurityGroup');
    expect(group.SecurityGroupEgress).toEqual([
      { CidrIp: '0.0.0.0/0', Description: 'The APIs of AWS', FromPort: 443, IpProtocol: 'tcp', ToPort: 443 },
    ]);
    expect(group.SecurityGroupIngress).toBeUndefined();
    for (const { VpcConfig, Role } of functions(stack)) {
      expect(VpcConfig).toEqual({
        SecurityGroupIds: [`\${SharedSecurityGroup.GroupId}`],
        SubnetIds: [`\${VpcothersSubnet1Subnet}`, `\${VpcothersSubnet2Subnet}`],
      });
      const statements = statementsOfRole(stack, Role.replace(/^\$\{(\w+)\.Arn\}$/, '$1'));
      expect(statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action)).toContain(
        'ec2:CreateNetworkInterface',
      );
    }
  });

  test('take groups of the app, which endpoints may admit', () => {
    const stack = newStack();
    const vpc = vpcOf(stack);
    const group = new ec2.SecurityGroup(stack, 'Mine', { vpc });
    const endpoint = vpc.addInterfaceEndpoint('Monitoring', {
      service: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING,
      open: false,
    });
    const shared = new StackResources(stack, 'Shared', { vpc, securityGroups: [group] });
    shared.connections.allowToDefaultPort(endpoint);
    whole(stack);
    for (const { VpcConfig } of functions(stack)) expect(VpcConfig.SecurityGroupIds).toEqual([`\${Mine.GroupId}`]);
    expect(resourceOf(stack, 'AWS::EC2::SecurityGroupIngress').Properties).toMatchObject({
      SourceSecurityGroupId: `\${Mine.GroupId}`,
      FromPort: 443,
    });
  });

  test('are made after the endpoints of the VPC, as a deployment calls them at once', () => {
    const stack = newStack();
    const vpc = vpcOf(stack);
    new StackResources(stack, 'Shared', { vpc });
    whole(stack);
    vpc.addInterfaceEndpoint('Monitoring', { service: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING });
    const { Resources } = Template.fromStack(stack).toJSON() as {
      Resources: Record<string, { Type: string; DependsOn?: string[] }>;
    };
    const endpoints = Object.keys(Resources).filter((id) => Resources[id].Type === 'AWS::EC2::VPCEndpoint');
    const made = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    for (const { DependsOn } of made) expect(DependsOn).toEqual(expect.arrayContaining(endpoints));
    expect([endpoints.length, made.length]).toEqual([1, 8]);
  });

  test('run on the architecture that is given', () => {
    const stack = newStack();
    new StackResources(stack, 'Shared', { architecture: lambda.Architecture.ARM_64 });
    whole(stack);
    for (const { Architectures } of functions(stack)) expect(Architectures).toEqual(['arm64']);
  });

  test('have no network to speak of without a VPC, and no more groups than Lambda takes', () => {
    const stack = newStack();
    const vpc = vpcOf(stack);
    const groups = Array.from({ length: 6 }, (_, n) => new ec2.SecurityGroup(stack, `Group${n}`, { vpc }));
    expect(() => new StackResources(stack, 'Groups', { securityGroups: [groups[0]] })).toThrow(
      "InvalidStackResources at Stack/Groups: 'securityGroups' is \"given\", allowed is nothing without 'vpc'",
    );
    expect(() => new StackResources(stack, 'Many', { vpc, securityGroups: groups })).toThrow(
      `'securityGroups' is "6 groups", allowed is a whole number, 1 to 5 groups`,
    );
    expect(() => new StackResources(stack, 'Shared', {}).connections).toThrow(
      "InvalidStackResources at Stack/Shared: 'vpc' is undefined",
    );
  });
});
