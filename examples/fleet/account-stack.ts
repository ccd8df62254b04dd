import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as oam from 'aws-cdk-lib/aws-oam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  Baseline,
  CapturedData,
  Dataset,
  Endpoint,
  ModelMonitoring,
  MonitoredData,
  MonitoringDashboard,
} from 'cdk-sagemaker-monitoring';
import type { Construct } from 'constructs';
import type { CentrePlace, WatchedPlace } from './inventory';
import { centralBucketName, centralBusArn, DASHBOARD, reportsPrefixOf, SHARED } from './names';

/** What an account's monitors are made of. */
export interface AccountStackProps extends StackProps {
  readonly place: WatchedPlace;
  /** @default - none: the account is on its own */
  readonly centre?: CentrePlace;
}

/**
 * The monitors of one account. All that they need is here: reports, alarms, messages, one dashboard. The centre gets copies and events; while it is away, they wait,
 * and nothing here stops.
 */
export class AccountStack extends Stack {
  constructor(scope: Construct, id: string, props: AccountStackProps) {
    super(scope, id, props);
    const { place, centre } = props;
    const data = s3.Bucket.fromBucketName(this, 'Data', `model-data-${place.account}`);
    const reports = this.createReports(place, centre);
    const topic = new sns.Topic(this, 'Alerts', { enforceSSL: true });
    const all = place.endpoints.map((name) => this.watch(name, { place, data, reports, topic }));
    new MonitoringDashboard(this, 'Dashboard', { dashboardName: DASHBOARD, monitors: all });
    if (centre) this.tell(centre, all);
    if (centre?.sinkArn) this.link(centre.sinkArn);
  }

  /** The account's own, of which the centre gets a copy. */
  private createReports(place: WatchedPlace, centre?: CentrePlace): s3.Bucket {
    const copying = centre && this.copying(place, centre);
    const reports = new s3.Bucket(this, 'Reports', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: copying !== undefined, // replication asks for it
      lifecycleRules: [
        { tagFilters: { 'cdk-sagemaker-monitoring': 'intermediate' }, expiration: Duration.days(7) },
        { tagFilters: { 'cdk-sagemaker-monitoring': 'audit' }, expiration: Duration.days(365) },
        { noncurrentVersionExpiration: Duration.days(7), abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
      ...(copying && { replicationRole: copying.role, replicationRules: [copying.rule] }),
    });
    if (copying) permitReplication(copying, reports);
    return reports;
  }

  /** What is below the account's prefix is copied to the same keys; what is deleted here stays there. */
  private copying(place: WatchedPlace, centre: CentrePlace): Copying {
    const bucketArn = `arn:${this.partition}:s3:::${centralBucketName(centre)}`;
    const { account } = centre;
    const destination = s3.Bucket.fromBucketAttributes(this, 'CentralReports', { bucketArn, account });
    const prefix = `${reportsPrefixOf(place)}/`;
    const role = new iam.Role(this, 'Replication', { assumedBy: new iam.ServicePrincipal('s3.amazonaws.com') });
    return { role, prefix, rule: { destination, filter: { prefix }, priority: 1 } };
  }

  private watch(endpointName: string, { place, data, reports, topic }: Shared): ModelMonitoring {
    const monitoring = new ModelMonitoring(this, endpointName, {
      data: MonitoredData.endpoint(Endpoint.fromEndpointName(this, `${endpointName}-endpoint`, endpointName), {
        capturedData: CapturedData.at(data, 'captured'),
      }),
      reportsBucket: reports,
      reportsPrefix: reportsPrefixOf(place),
      notificationTopic: topic,
      messages: { dashboardName: DASHBOARD },
    });
    const trainingData = Dataset.csv(data, `training/${endpointName}.csv`);
    monitoring.addDataQualityMonitor('DataQuality', { baseline: Baseline.fromDataset(trainingData) });
    return monitoring;
  }

  /** What could not be handed over within a day lies in a queue of this account. */
  private tell(centre: CentrePlace, all: readonly ModelMonitoring[]): void {
    const bus = events.EventBus.fromEventBusArn(this, 'CentralBus', centralBusArn(centre, this));
    const deadLetterQueue = new sqs.Queue(this, 'Untold', { enforceSSL: true, retentionPeriod: Duration.days(14) });
    for (const monitoring of all) {
      monitoring.onOutcome('ToCentre', { target: new targets.EventBus(bus, { deadLetterQueue }) });
    }
  }

  /** Lets the centre see metrics and logs where they are. */
  private link(sinkIdentifier: string): void {
    new oam.CfnLink(this, 'Link', { labelTemplate: '$AccountName', resourceTypes: SHARED, sinkIdentifier });
  }
}

/** Lets S3 read what is copied, and add the copies: it neither deletes any, nor asks whose they are. */
function permitReplication({ role, prefix, rule }: Copying, reports: s3.IBucket): void {
  const allow = (actions: string[], resource: string) =>
    role.addToPolicy(new iam.PolicyStatement({ actions, resources: [resource] }));
  allow(['s3:GetReplicationConfiguration', 's3:ListBucket'], reports.bucketArn);
  const readings = ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'];
  allow(readings, reports.arnForObjects(`${prefix}*`));
  allow(['s3:ReplicateObject', 's3:ReplicateTags'], rule.destination.arnForObjects(`${prefix}*`));
}

/** Who copies what, and where to. */
interface Copying {
  readonly role: iam.Role;
  readonly prefix: string;
  readonly rule: s3.ReplicationRule;
}

/** What the monitors of an account share. */
interface Shared {
  readonly place: WatchedPlace;
  readonly data: s3.IBucket;
  readonly reports: s3.IBucket;
  readonly topic: sns.ITopic;
}
