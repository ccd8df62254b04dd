import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { lengthProblems } from '../../../core/limits';
import { grantGetObjects, grantListPrefixes } from '../../../core/s3-grants';
import type { Problem } from '../../../core/validation-error';
import type { LabelsSpec, MonitorSpec } from '../../../monitor/monitoring-engine';
import type { MonitoringFrequency } from '../../../monitor/monitoring-frequency';
import { expireBelow } from '../../../outcome/reports-bucket';

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

/** The folder of the service's own, below a monitor's output. */
const MERGED = 'merge';

/**
 * Where the labels lie. The role may read them, and what the service merges of them and of predictions: it writes that below `merge/` in the
 * monitor's own output, which the role may write already, and the analysis reads it from there. These are whole records, which nobody deletes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
 * @internal
 */
export function groundTruthInput(
  { groundTruth }: LabelsSpec,
  { reports }: MonitorSpec,
  role: iam.IRole,
): sagemaker.CfnModelQualityJobDefinition.MonitoringGroundTruthS3InputProperty {
  const merged = `${reports.prefix}/${MERGED}/*`;
  groundTruth.grantRead(role);
  grantGetObjects(role, reports.bucket, merged);
  grantListPrefixes(role, reports.bucket, merged);
  expireBelow(reports, MERGED, 'records with their labels');
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
