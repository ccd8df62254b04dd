import { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  Baseline,
  CapturedData,
  DataCapture,
  Endpoint,
  ModelMonitoring,
  MonitoredData,
  MonitoringEngine,
} from 'cdk-sagemaker-monitoring';
import type { Construct } from 'constructs';
import { HandWrittenEndpoint } from './hand-written-endpoint';

/** An endpoint in the same app, written by hand: it learns to capture its data, and gets a monitor. */
export class MonitoredByHand extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const data = new s3.Bucket(this, 'Data', { enforceSSL: true });
    const { endpoint, config, role } = new HandWrittenEndpoint(this, 'Credit', { data });

    // the configuration is replaced, the endpoint updated; the role may write below the prefix from now on
    const capturedData = DataCapture.toBucket(data, { samplingPercentage: 100 }).applyTo(config, { grantee: role });

    const monitoring = new ModelMonitoring(this, 'Monitoring', {
      data: MonitoredData.endpoint(endpoint, { capturedData }),
      engine: MonitoringEngine.modelMonitor(),
      notificationTopic: new sns.Topic(this, 'Alerts', { enforceSSL: true }),
    });
    monitoring.addDataQualityMonitor('DataQuality', {
      baseline: Baseline.fromFiles({
        bucket: data,
        statisticsKey: 'baselines/credit-risk/statistics.json',
        constraintsKey: 'baselines/credit-risk/constraints.json',
      }),
    });
  }
}

/** An endpoint that someone else deployed, and that captures already: only its name is known here, and where its data lie. */
export class MonitoredByName extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const theirs = s3.Bucket.fromBucketName(this, 'Theirs', 'credit-platform-data');

    const monitoring = new ModelMonitoring(this, 'Monitoring', {
      data: MonitoredData.endpoint(Endpoint.fromEndpointName(this, 'Endpoint', 'Credit-Risk-Live'), {
        // of the endpoint configuration: DestinationS3Uri s3://credit-platform-data/captured
        capturedData: CapturedData.at(theirs, 'captured'),
      }),
      engine: MonitoringEngine.modelMonitor(),
      notificationTopic: new sns.Topic(this, 'Alerts', { enforceSSL: true }),
    });
    monitoring.addDataQualityMonitor('DataQuality', {
      baseline: Baseline.fromFiles({
        bucket: theirs,
        statisticsKey: 'baselines/credit-risk/statistics.json',
        constraintsKey: 'baselines/credit-risk/constraints.json',
      }),
    });
  }
}

if (require.main === module) {
  const app = new App();
  new MonitoredByHand(app, 'MonitoredByHand');
  new MonitoredByName(app, 'MonitoredByName');
}
