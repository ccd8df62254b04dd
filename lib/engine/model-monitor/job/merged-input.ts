import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { lengthProblems } from '../../../core/limits';
import { grantGetObjects, grantListPrefixes } from '../../../core/s3-grants';
import type { Problem } from '../../../core/validation-error';
import type { LabelsSpec, MonitorSpec } from '../../../monitor/monitoring-engine';
import type { MonitoringFrequency } from '../../../monitor/monitoring-frequency';

/** The hours that a run analyses, as the API takes them. */
export interface WindowAttributes {
  readonly startTimeOffset: string;
  readonly endTimeOffset: string;
}

/**
 * The hours that a run analyses.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
 * @internal
 */
export function windowAttributes({ window }: LabelsSpec, frequency: MonitoringFrequency): WindowAttributes {
  const { startTimeOffset, endTimeOffset } = window.bind(frequency);
  return { startTimeOffset, endTimeOffset };
}

/**
 * Where the labels lie. The role may read them, and what the service merges of them and of predictions: it writes that below `merge/` in the
 * monitor's own output, which the role may write already, and the analysis reads it from there.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
 * @internal
 */
export function groundTruthInput(
  { groundTruth }: LabelsSpec,
  { reports: { bucket, prefix } }: MonitorSpec,
  role: iam.IRole,
): sagemaker.CfnModelQualityJobDefinition.MonitoringGroundTruthS3InputProperty {
  const merged = `${prefix}/merge/*`;
  groundTruth.grantRead(role);
  grantGetObjects(role, bucket, merged);
  grantListPrefixes(role, bucket, merged);
  return { s3Uri: groundTruth.s3Uri };
}

/**
 * What is wrong with the place of the labels.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringGroundTruthS3Input.html
 * @internal
 */
export function groundTruthProblems({ groundTruth }: LabelsSpec): Problem[] {
  return lengthProblems('groundTruth', groundTruth.s3Uri, 512);
}
