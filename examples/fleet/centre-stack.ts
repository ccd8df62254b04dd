import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as oam from 'aws-cdk-lib/aws-oam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { MonitoringDashboard } from 'cdk-sagemaker-monitoring';
import type { Construct } from 'constructs';
import type { CentrePlace, WatchedPlace } from './inventory';
import { CENTRAL_BUS, centralBucketName, DASHBOARD, reportsPrefixOf, SHARED } from './names';

/** What the centre is made of. */
export interface CentreStackProps extends StackProps {
  readonly centre: CentrePlace;
  readonly accounts: WatchedPlace[];
}

/** Where what all accounts found comes together: copies of their reports, their events, the sink of their metrics and logs, and a dashboard of them. */
export class CentreStack extends Stack {
  constructor(scope: Construct, id: string, props: CentreStackProps) {
    super(scope, id, props);
    const { centre, accounts } = props;
    this.createReports(centre, accounts);
    this.createBus(accounts);
    this.createSink(accounts);
    this.createDashboard(accounts);
  }

  /** Each account may add copies below its own prefix, and neither read nor delete: what replicates, writes. */
  private createReports(centre: CentrePlace, accounts: readonly WatchedPlace[]): void {
    const bucket = new s3.Bucket(this, 'Reports', {
      bucketName: centralBucketName(centre),
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true, // replication asks for it
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }, { expiration: Duration.days(400) }],
    });
    for (const place of accounts) {
      bucket.addToResourcePolicy(
        new iam.PolicyStatement({
          principals: [new iam.AccountPrincipal(place.account)],
          actions: ['s3:ReplicateObject', 's3:ReplicateTags'],
          resources: [bucket.arnForObjects(`${reportsPrefixOf(place)}/*`)],
        }),
      );
    }
  }

  /** Takes the outcomes that accounts send, of this source alone, and tells a topic of those that people decide about. */
  private createBus(accounts: readonly WatchedPlace[]): void {
    const bus = new events.EventBus(this, 'Bus', { eventBusName: CENTRAL_BUS });
    bus.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'Outcomes',
        principals: accounts.map(({ account }) => new iam.AccountPrincipal(account)),
        actions: ['events:PutEvents'],
        resources: [bus.eventBusArn],
        conditions: { StringEquals: { 'events:source': 'cdk-sagemaker-monitoring' } },
      }),
    );
    const topic = new sns.Topic(this, 'Fleet', { enforceSSL: true });
    new events.Rule(this, 'Alarming', {
      eventBus: bus,
      eventPattern: {
        source: ['cdk-sagemaker-monitoring'],
        account: accounts.map(({ account }) => account),
        detail: { status: ['Failed', 'CompletedWithViolations'] },
      },
      targets: [new targets.SnsTopic(topic, { authorizeUsingRole: true })],
    });
  }

  private createSink(accounts: readonly WatchedPlace[]): void {
    const sink = new oam.CfnSink(this, 'Sink', {
      name: CENTRAL_BUS,
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: accounts.map(({ account }) => account) },
            Action: ['oam:CreateLink', 'oam:UpdateLink'],
            Resource: '*', // of a sink's policy: the sink
            Condition: { 'ForAllValues:StringEquals': { 'oam:ResourceTypes': SHARED } },
          },
        ],
      },
    });
    new CfnOutput(this, 'SinkArn', { value: sink.attrArn, description: 'goes into inventory.json as sinkArn' });
  }

  /** Searches what the linked accounts publish: an account that the inventory adds is on it when the centre is deployed again. */
  private createDashboard(accounts: readonly WatchedPlace[]): void {
    new MonitoringDashboard(this, 'Dashboard', {
      dashboardName: DASHBOARD,
      accounts: accounts.map(({ account }) => account),
    });
  }
}
