import { App, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AnalysisWindow,
  Baseline,
  CapturedData,
  GroundTruth,
  ModelMonitoring,
  ModelProblem,
  MonitoredData,
  MonitoringEngine,
  MonitoringFrequency,
} from 'cdk-sagemaker-monitoring';
import type { Construct } from 'constructs';
import { CreditEndpoint } from './endpoint';
import { HandWrittenMonitoring } from './l1-stack';

/** Which monitors the stack has beside its new ones. */
export interface MigratedProps extends StackProps {
  /**
   * Whether the hand-written monitors still run: the first of the two deployments.
   *
   * @default false
   */
  readonly besideHandWritten?: boolean;
}

/** The same stack: its endpoint is as it was, its monitors come from the library. */
export class Migrated extends Stack {
  constructor(scope: Construct, id: string, props: MigratedProps = {}) {
    super(scope, id, props);
    const credit = new CreditEndpoint(this, 'Credit');
    if (props.besideHandWritten) this.keepHandWritten(credit);

    const { data, endpoint } = credit;
    const monitoring = new ModelMonitoring(this, 'Monitoring', {
      data: MonitoredData.endpoint(endpoint, { capturedData: CapturedData.at(data, 'captured') }),
      engine: MonitoringEngine.modelMonitor(),
      reportsBucket: data,
      notificationTopic: new sns.Topic(this, 'Alerts', { enforceSSL: true }),
    });
    monitoring.addDataQualityMonitor('DataQuality', {
      baseline: Baseline.fromFiles({
        bucket: data,
        statisticsKey: 'baselines/data-quality/statistics.json',
        constraintsKey: 'baselines/data-quality/constraints.json',
      }).withOverrides({ comparisonThreshold: 0.2 }),
    });
    monitoring.addModelQualityMonitor('ModelQuality', {
      problem: ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 }),
      groundTruth: GroundTruth.fromBucket(data, 'labels'),
      baseline: Baseline.fromFiles({
        bucket: data,
        constraintsKey: 'baselines/model-quality/constraints.json',
      }).withOverrides({ metricThresholds: { auc: 0.75 } }),
      frequency: MonitoringFrequency.dailyAt(6),
      window: AnalysisWindow.delayedBy(Duration.days(30)),
    });
  }

  /** What is retained leaves the stack with the second deployment, but not the account: its executions stay where they are listed. */
  private keepHandWritten(credit: CreditEndpoint): void {
    const { running } = new HandWrittenMonitoring(this, 'HandWritten', credit);
    for (const resource of running) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}

if (require.main === module) {
  const app = new App();
  new Migrated(app, 'Credit', { besideHandWritten: app.node.tryGetContext('besideHandWritten') === 'true' });
}
