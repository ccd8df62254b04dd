import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Aspects, CfnParameter, type CfnResource, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import { AwsSolutionsChecks as Version2 } from 'cdk-nag-2';
import {
  Baseline,
  CapacitySize,
  DataCapture,
  Dataset,
  Endpoint,
  EndpointOperations,
  InstanceType,
  Model,
  ModelImage,
  ModelMonitoring,
  MonitoredData,
  MonitoringEngine,
  OperationsAlarm,
  OperationsAlarms,
  ProductionVariant,
  Rollout,
  ShadowVariant,
  TopicAlarmAction,
  TrainingCheck,
  TrainingIssue,
  TrainingWatch,
  VariantComparison,
  WatchedTraining,
} from '../../lib';
import { APP_NAMES, APPS } from './apps';
import { temporaryFolder } from './synthesis';

type AppName = (typeof APP_NAMES)[number];

/** "path rule" of what each app's own part is found to have, which the user would mend or acknowledge. */
const BY_HAND: { readonly [name in AppName]: readonly string[] } = {
  birdStrikes: ['BirdStrikes/Data/Resource S1'],
  allFourMonitors: ['CreditRisk/Data/Resource S1'],
  batchTransform: ['NightlyScores/Data/Resource S1'],
  existingEndpoint: [
    'MonitoredByHand/Data/Resource S1',
    ...['Action::s3:GetBucket*', 'Action::s3:GetObject*', 'Action::s3:List*'].map(handWrittenRole),
    ...['Resource::*', 'Resource::<Data666C94C7.Arn>/data-capture/*'].map(handWrittenRole),
  ],
  migrated: [
    'Credit/Credit/Data/Resource S1',
    'Credit/Credit/Role/Resource IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonSageMakerFullAccess]',
    ...['Abort*', 'DeleteObject*', 'GetBucket*', 'GetObject*', 'List*'].map((action) =>
      migratedRole(`Action::s3:${action}`),
    ),
    migratedRole('Resource::<CreditData658ED1F1.Arn>/*'),
  ],
  modelMonitor: ['ModelMonitor/Data/Resource S1'],
  threeStacks: ['Serving/Data/Resource S1'],
};

function handWrittenRole(finding: string): string {
  return `MonitoredByHand/Credit/Role/DefaultPolicy/Resource IAM5[${finding}]`;
}

function migratedRole(finding: string): string {
  return `Credit/Credit/Role/DefaultPolicy/Resource IAM5[${finding}]`;
}

test.each(APP_NAMES)('[E10] cdk-nag finds nothing in %s but what the user wrote', (name) => {
  const app = made(name);
  app.synth();
  expect(findings(app)).toEqual(inOrder(BY_HAND[name]));
});

test('an app that has acknowledged its own part passes cdk-nag as it is synthesized', () => {
  const app = made('birdStrikes');
  Validations.of(app.node.findChild('BirdStrikes').node.findChild('Data')).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'access logs need a bucket of their own',
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
});

test('cdk-nag finds nothing where everything is encrypted, in a new bucket, and the image is known at deployment only', () => {
  const app = encrypted();
  app.synth();
  expect(findings(app)).toEqual([]);
  expect(everything(app)).toContain('Encrypted/Model/Role/Resource IAM5[Action::kms:GenerateDataKey*]');
});

test('cdk-nag finds nothing in alarms on operations, whichever there are', () => {
  const app = watched();
  const found: string[] = [];
  Aspects.of(app).add(version2(found));
  app.synth();
  expect([...findings(app), ...found]).toEqual([]);
});

test('cdk-nag finds nothing in what watches trainings, and may stop them', () => {
  const app = new App({ outdir: temporaryFolder() });
  const stack = new Stack(app, 'Trained');
  new TrainingWatch(stack, 'Training', {
    training: WatchedTraining.jobs('churn-'),
    checks: [TrainingCheck.falling('validation:loss')],
    notificationTopic: new sns.Topic(stack, 'Alerts', { enforceSSL: true }),
    stopOn: [TrainingIssue.STUCK],
  });
  const found: string[] = [];
  Aspects.of(app).add(version2(found));
  app.synth();
  expect([...findings(app), ...found]).toEqual([]);
});

test('cdk-nag finds nothing in variants beside each other, and in updates that alarms watch', () => {
  const app = sideBySide();
  const found: string[] = [];
  Aspects.of(app).add(version2(found));
  app.synth();
  expect([...findings(app), ...found]).toEqual([]);
  expect(app.node.findAll().map(({ node }) => node.id)).toContain('RolloutGuard');
});

test('fails where the user adds a bucket of the same kind', () => {
  const app = made('birdStrikes');
  new s3.Bucket(app.node.findChild('BirdStrikes') as Stack, 'Further');
  app.synth();
  expect(findings(app)).toContain('BirdStrikes/Further/Resource S10');
});

test.each(APP_NAMES)('[E10] cdk-nag 2 finds nothing in %s but what the user wrote', (name) => {
  const app = made(name);
  const found: string[] = [];
  Aspects.of(app).add(version2(found));
  app.synth();
  expect(inOrder(found)).toEqual(inOrder(BY_HAND[name]));
});

test.each(APP_NAMES)('what is acknowledged in %s is found, and has a reason', (name) => {
  const app = made(name);
  app.synth();
  const acknowledged = [...acknowledgements(app)];
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(inOrder(acknowledged.map(({ finding }) => finding))).toEqual(
    everything(app).filter((finding) => !BY_HAND[name].includes(finding)),
  );
  for (const { reason } of acknowledged) expect(reason).toMatch(/\w+( \S+){3,}/);
});

test.each(APP_NAMES)('no template of %s speaks of cdk-nag, unless version 2 is in the app', (name) => {
  const speaks = (app: App) => app.synth().stacks.some(({ template }) => JSON.stringify(template).includes('cdk_nag'));
  expect(speaks(made(name))).toBe(false);
  const checked = made(name);
  Aspects.of(checked).add(version2([]));
  expect(speaks(checked)).toBe(true);
});

test('reasons are with the constructs, and neither before synthesis nor in what is written of the app', () => {
  const app = made('birdStrikes');
  expect([...acknowledgements(app)]).toEqual([]);
  const { directory } = app.synth();
  const [{ finding, reason }] = acknowledgements(app);
  expect(finding).toMatch(/^BirdStrikes\/.+ (IAM5\[|S1|SQS3)/);
  const written = readdirSync(directory).filter((file) => file.endsWith('.json'));
  expect(written.filter((file) => readFileSync(join(directory, file), 'utf8').includes(reason))).toEqual([]);
});

test('what the user acknowledged of a resource of ours stays', () => {
  const app = made('birdStrikes');
  const queue = app.node.findAll().find(({ node }) => node.path.endsWith('DeadLetters/Resource'));
  const own = { id: 'Own-Rule', reason: 'a rule of the user' };
  (queue as CfnResource).addMetadata('cdk_nag', { rules_to_suppress: [own] });
  Aspects.of(app).add(version2([]));
  app.synth();
  const { rules_to_suppress } = (queue as CfnResource).getMetadata('cdk_nag');
  expect(rules_to_suppress).toEqual([own, { id: 'AwsSolutions-SQS3', reason: expect.any(String) }]);
});

function encrypted(): App {
  const app = new App({ outdir: temporaryFolder() });
  const stack = new Stack(app, 'Encrypted');
  const encryptionKey = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const image = new CfnParameter(stack, 'Image').valueAsString;
  const model = new Model(stack, 'Model', { image: ModelImage.fromUri(image) });
  const dataCapture = DataCapture.toNewBucket(stack, 'Captured', { encryptionKey });
  const instanceType = InstanceType.of('ml.m5.large');
  const endpoint = new Endpoint(stack, 'Endpoint', {
    variants: [ProductionVariant.instances('live', { model, instanceType })],
    dataCapture,
  });
  const { bucket } = dataCapture.capturedData;
  const baseline = Baseline.fromDataset(Dataset.csv(bucket, 'training/data.csv'));
  const notificationTopic = new sns.Topic(stack, 'Alerts', { enforceSSL: true, masterKey: encryptionKey });
  for (const engine of [MonitoringEngine.serverless(), MonitoringEngine.modelMonitor()]) {
    const id = engine.constructor.name;
    new ModelMonitoring(stack, id, {
      data: MonitoredData.endpoint(endpoint),
      engine,
      notificationTopic,
      reportsBucket: bucket,
    }).addDataQualityMonitor('DataQuality', { baseline });
  }
  return app;
}

/** Two endpoints: one that is rolled out, and one whose variant has a shadow, which is judged apart and compared. */
function sideBySide(): App {
  const app = new App({ outdir: temporaryFolder() });
  const stack = new Stack(app, 'SideBySide');
  const model = new Model(stack, 'Model', {
    image: ModelImage.fromUri(new CfnParameter(stack, 'Image').valueAsString),
  });
  const instances = { model, instanceType: InstanceType.of('ml.m5.large') };
  const variants = [ProductionVariant.instances('live', instances)];
  new Endpoint(stack, 'RolledOut', {
    variants,
    endpointName: 'rolled',
    rollout: Rollout.canary(CapacitySize.percent(10)),
  });
  const dataCapture = DataCapture.toNewBucket(stack, 'Captured');
  const shadowVariant = ShadowVariant.instances('candidate', instances);
  const endpoint = new Endpoint(stack, 'Shadowed', { variants, shadowVariant, dataCapture });
  const { bucket } = dataCapture.capturedData;
  const comparison = VariantComparison.between('live', 'candidate');
  new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.endpoint(endpoint, { variants: ['live', 'candidate'], perVariant: true, comparison }),
    engine: MonitoringEngine.serverless(),
    reportsBucket: bucket,
  }).addDataQualityMonitor('DataQuality', {
    baseline: Baseline.fromDataset(Dataset.csv(bucket, 'training/data.csv')),
  });
  return app;
}

/** Every alarm on operations that an endpoint can have. */
function watched(): App {
  const app = new App({ outdir: temporaryFolder() });
  const stack = new Stack(app, 'Watched');
  const endpoint = Endpoint.fromEndpointName(stack, 'Endpoint', 'churn');
  const operations = EndpointOperations.asynchronous(endpoint, { variantName: 'live' });
  new OperationsAlarms(stack, 'Asynchronous', {
    operations,
    alarms: [...OperationsAlarm.defaults(operations), OperationsAlarm.backlog(Duration.minutes(10))],
  });
  new OperationsAlarms(stack, 'OnInstances', {
    operations: EndpointOperations.instances(endpoint, { variantName: 'live' }),
    alarms: [
      OperationsAlarm.clientErrors(),
      OperationsAlarm.modelErrors(),
      OperationsAlarm.noTraffic(),
      OperationsAlarm.trafficAnomaly(),
      OperationsAlarm.latencyAnomaly(),
    ],
    alarmActions: [new TopicAlarmAction(new sns.Topic(stack, 'Alerts', { enforceSSL: true }))],
  });
  return app;
}

function made(name: AppName): App {
  return APPS[name]({ outdir: temporaryFolder() });
}

function inOrder(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

/** "path rule" of everything that cdk-nag finds in a synthesized app. */
function findings(app: App, pack = new AwsSolutionsChecks(app)): string[] {
  return inOrder(
    pack
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${constructPath} ${ruleName.replace('AwsSolutions-', '')}`),
      ),
  );
}

/** As `findings`, whatever is acknowledged. */
function everything(app: App): string[] {
  const pack = new AwsSolutionsChecks(app);
  Object.assign(pack, { isAcknowledged: () => false });
  return findings(app, pack);
}

function* acknowledgements(app: App): Generator<{ readonly finding: string; readonly reason: string }> {
  for (const construct of app.node.findAll()) {
    for (const { type, data } of construct.node.metadata) {
      if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY) continue;
      for (const [id, reason] of Object.entries(data as { readonly [id: string]: string })) {
        yield { finding: `${construct.node.path}/Resource ${id.replace('AwsSolutions-', '')}`, reason };
      }
    }
  }
}

/** Collects "path rule" of what is found. */
function version2(found: string[]): Version2 {
  const ignore = () => undefined;
  const logger = {
    onCompliance: ignore,
    onSuppressed: ignore,
    onSuppressedError: ignore,
    onNotApplicable: ignore,
    onError: ({ errorMessage }: { readonly errorMessage: string }) => found.push(errorMessage),
    onNonCompliance: ({ resource, ruleId, findingId }: Finding) => {
      const detail = findingId ? `[${findingId}]` : '';
      found.push(`${resource.node.path} ${ruleId.replace('AwsSolutions-', '')}${detail}`);
    },
  };
  return new Version2({ reports: false, additionalLoggers: [logger] });
}

interface Finding {
  readonly resource: { readonly node: { readonly path: string } };
  readonly ruleId: string;
  readonly findingId: string;
}
