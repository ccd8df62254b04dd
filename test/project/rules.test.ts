import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  Baseline,
  DataCapture,
  Dataset,
  Endpoint,
  InstanceType,
  Model,
  ModelImage,
  ModelMonitoring,
  MonitoredData,
  MonitoringEngine,
  ProductionVariant,
  RetrainingTrigger,
} from '../../lib';
import { applyHouseRules, type Foundation } from '../../tools/rules/blueprint';
import { findingsOf, isOurs } from '../../tools/rules/findings';
import { rulesPage } from '../../tools/rules/page';
import { REMEDIES } from '../../tools/rules/remedies';
import { currentFindings } from '../../tools/rules/synthesis';
import { readText } from './source-files';
import { temporaryFolder } from './synthesis';

test('docs/rules.md says what the packs find today (npm run rules -- --write)', () => {
  const findings = currentFindings();
  expect(readText('docs/rules.md')).toBe(rulesPage(findings));
  const found = new Set(findings.map(({ rule }) => rule));
  expect(Object.keys(REMEDIES).filter((rule) => !found.has(rule))).toEqual([]);
});

test('fails for a rule that nothing is said about', () => {
  const finding = { pack: 'HIPAA', rule: 'Unheard', path: 'Stack/Thing', type: 'AWS::New::Thing' };
  expect(() => rulesPage([finding])).toThrow('Unheard');
});

test('by the house rules of the page, nothing is found but what stands', () => {
  const { app } = houseApp();
  const found = findingsOf(app).filter(isOurs);
  expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual(['DynamoDBInBackupPlan', 'IAMNoInlinePolicy']);
});

test('where the app makes no roles, no policy is found inside one', () => {
  const roles = houseApp()
    .app.node.findAll()
    .filter((construct) => construct instanceof iam.Role);
  const usePrecreatedRoles = Object.fromEntries(roles.map(({ node }, index) => [node.path, `given-${index}`]));
  const { app } = houseApp((scope) => iam.Role.customizeRoles(scope, { usePrecreatedRoles }));
  const found = findingsOf(app).filter(isOurs);
  expect([...new Set(found.map(({ rule }) => rule))]).toEqual(['DynamoDBInBackupPlan']);
});

test('a function that the house puts into its VPC may attach itself, and one outside of it may not', () => {
  const attaching = (document: unknown) => JSON.stringify(document).includes('ec2:CreateNetworkInterface');
  const [inside, outside] = [houseApp().stack, houseApp(undefined, () => undefined).stack].map((stack) => {
    const functions = stack.node.findAll().filter((construct) => construct instanceof lambda.Function);
    expect(functions.length).toBeGreaterThan(5);
    return functions.map(({ role }) => attaching(stack.resolve(policiesOf(role))));
  });
  expect(new Set(inside)).toEqual(new Set([true]));
  expect(new Set(outside)).toEqual(new Set([false]));
});

/** Both engines and retraining, with every key and bucket that a prop takes, in an app to which a platform team did something before. */
function houseApp(
  prepare: (app: App) => void = () => undefined,
  rules = applyHouseRules,
): Readonly<{ app: App; stack: Stack }> {
  const app = new App({ outdir: temporaryFolder() });
  prepare(app);
  const env = { account: '111122223333', region: 'eu-west-1' };
  const platform = new Stack(app, 'Platform', { env });
  const stack = new Stack(app, 'Stack', { env });
  const key = new kms.Key(platform, 'Data', { enableKeyRotation: true });
  const foundation: Foundation = {
    key,
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    }),
    failures: sqs.Queue.fromQueueArn(stack, 'Failures', 'arn:aws:sqs:eu-west-1:111122223333:failures'),
  };
  rules(stack, foundation);
  addMonitoring(stack, key);
  return { app, stack };
}

function policiesOf(role?: iam.IRole): unknown {
  const resource = role?.node.defaultChild;
  return iam.CfnRole.isCfnRole(resource) ? resource.policies : undefined;
}

function addMonitoring(stack: Stack, encryptionKey: kms.IKey): void {
  const bucket = s3.Bucket.fromBucketAttributes(stack, 'Data', { bucketName: 'credit-data', encryptionKey });
  const image = ModelImage.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Image', 'model'), '1.0');
  const model = new Model(stack, 'Model', { image });
  const endpoint = new Endpoint(stack, 'Endpoint', {
    variants: [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })],
    dataCapture: DataCapture.toBucket(bucket),
    encryptionKey,
  });
  const data = MonitoredData.endpoint(endpoint);
  const notificationTopic = sns.Topic.fromTopicArn(stack, 'Alerts', 'arn:aws:sns:eu-west-1:111122223333:alerts');
  const engines = { Serverless: MonitoringEngine.serverless(), ModelMonitor: MonitoringEngine.modelMonitor() };
  for (const [id, engine] of Object.entries(engines)) {
    const monitoring = new ModelMonitoring(stack, id, { data, engine, reportsBucket: bucket, notificationTopic });
    const baseline = Baseline.fromDataset(Dataset.csv(bucket, 'training/data.csv'));
    monitoring.addDataQualityMonitor('DataQuality', { baseline });
    const pipeline = sagemaker.CfnPipeline.fromPipelineName(stack, `${id}Pipeline`, 'training');
    new RetrainingTrigger(stack, `${id}Retraining`, { monitors: monitoring, pipeline });
  }
}
