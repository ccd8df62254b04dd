import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Baseline } from '../../lib/baseline/baseline';
import { Dataset } from '../../lib/baseline/dataset';
import { DataCapture } from '../../lib/endpoint/data-capture';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { ModelMonitoring } from '../../lib/model-monitoring';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { RetrainingTrigger } from '../../lib/retraining/retraining-trigger';
import { ENV, newVariant } from '../endpoint/fixtures';
import { believingEvents } from '../monitor/fixtures';

test('endpoint, monitors and retraining may live in three stacks, and retraining needs neither of the others', () => {
  const app = new App();
  const [serving, watching, training] = ['Serving', 'Watching', 'Training'].map(
    (id) => new Stack(app, id, { env: ENV }),
  );
  const bucket = new s3.Bucket(serving, 'Bucket', { encryptionKey: new kms.Key(serving, 'Key') });
  const endpoint = new Endpoint(serving, 'Endpoint', {
    variants: [newVariant(serving)],
    dataCapture: DataCapture.toBucket(bucket),
  });
  const monitors = new ModelMonitoring(watching, 'Monitoring', {
    data: MonitoredData.endpoint(endpoint),
    engine: MonitoringEngine.serverless(),
  });
  believingEvents(training);
  new RetrainingTrigger(training, 'Retraining', {
    monitors,
    pipeline: sagemaker.CfnPipeline.fromPipelineName(training, 'Pipeline', 'churn'),
  });
  const monitor = monitors.addDataQualityMonitor('DataQuality', {
    baseline: Baseline.fromDataset(Dataset.csv(bucket, 'training.csv')),
  });
  app.synth();

  expect(serving.dependencies).toEqual([]);
  expect(watching.dependencies).toEqual([serving]);
  expect(training.dependencies).toEqual([]);
  Template.fromStack(training).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { detail: { monitorId: [monitor.monitorId] } },
  });
});
