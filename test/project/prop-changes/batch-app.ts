import type { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  Baseline,
  BatchTransformData,
  Dataset,
  DatasetFormat,
  ModelMonitoring,
  MonitoredData,
  MonitoringEngine,
  MonitoringFrequency,
  ServiceMetrics,
} from '../../../lib';
import type { Settings } from './settings';

/** A monitor of batch transform jobs. */
export function batchApp(stack: Stack, settings: Settings): void {
  const bucket = s3.Bucket.fromBucketName(stack, 'Data', 'credit-data');
  const captured = settings.of('BucketPrefix', { bucket, prefix: 'captured' });
  const format = DatasetFormat.csv(settings.of('CsvFormatOptions', { header: false }));
  const transformed = {
    captured,
    transformInput: { bucket, prefix: 'loans' },
    transformOutput: { bucket, prefix: 'scores' },
    format,
  };
  const placement = settings.of('MonitorPlacement', {
    data: MonitoredData.batchTransform(new BatchTransformData(settings.of('BatchTransformDataProps', transformed))),
    reportsBucket: bucket,
  });
  const options = settings.of('ServiceMetricsOptions', {}, ['batchNamespaces']);
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    ...placement,
    engine: MonitoringEngine.modelMonitor({ serviceMetrics: ServiceMetrics.published(options) }),
  });
  const monitor = monitoring.addDataQualityMonitor('DataQuality', {
    baseline: Baseline.fromDataset(Dataset.csv(bucket, 'training/captured.csv', settings.of('CsvDatasetOptions', {}))),
    frequency: MonitoringFrequency.dailyAt(4),
  });
  const drift = monitor.metricFeatureDrift('amount');
  drift.createAlarm(stack, 'FeatureDrift', { threshold: 0.5, evaluationPeriods: 1 });
}
