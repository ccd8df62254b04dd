import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';

/**
 * Where a run writes its report: SageMaker adds the names of endpoint and schedule, and the hour.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringOutputConfig.html
 * @internal
 */
export function jobOutput({
  reports: { bucket, prefix },
}: MonitorSpec): sagemaker.CfnDataQualityJobDefinition.MonitoringOutputConfigProperty {
  const s3Output = {
    s3Uri: bucket.s3UrlForObject(prefix),
    localPath: '/opt/ml/processing/output',
    s3UploadMode: 'EndOfJob',
  };
  return { kmsKeyId: bucket.encryptionKey?.keyArn, monitoringOutputs: [{ s3Output }] };
}
