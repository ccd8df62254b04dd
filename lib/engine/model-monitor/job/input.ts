import { Token } from 'aws-cdk-lib';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { DatasetFormat } from '../../../core/dataset-format';
import type { Problem } from '../../../core/validation-error';
import type { BatchTransformData } from '../../../endpoint/batch-transform-data';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';
import type { ModelMonitorEngineOptions } from '../model-monitor-engine-options';

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html */
const MAX_EXCLUDED_CHARACTERS = 100;

/** What a run reads: one of the two, as all four kinds of job definition take it. */
export interface JobInput<Attributes> {
  readonly endpointInput?: sagemaker.CfnDataQualityJobDefinition.EndpointInputProperty & Attributes;
  readonly batchTransformInput?: sagemaker.CfnDataQualityJobDefinition.BatchTransformInputProperty & Attributes;
}

/**
 * What a run reads of an endpoint or of batch transform jobs.
 *
 * @param attributes what the kind of monitor adds, as where predictions stand
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_BatchTransformInput.html
 * @internal
 */
export function jobInput<Attributes extends object>(
  { endpointInput, batchTransformInput }: MonitorSpec,
  { inputMode, dataDistribution }: ModelMonitorEngineOptions,
  attributes: Attributes,
): JobInput<Attributes> {
  const reading = { s3InputMode: inputMode ?? 'File', s3DataDistributionType: dataDistribution ?? 'FullyReplicated' };
  if (batchTransformInput) {
    const localPath = '/opt/ml/processing/input/batch-transform';
    return { batchTransformInput: { ...batchSource(batchTransformInput), localPath, ...reading, ...attributes } };
  }
  const { endpointName = '' } = endpointInput ?? {};
  return {
    endpointInput: { endpointName, localPath: '/opt/ml/processing/input/endpoint', ...reading, ...attributes },
  };
}

function batchSource({ captured, format }: BatchTransformData) {
  return {
    dataCapturedDestinationS3Uri: captured.bucket.s3UrlForObject(captured.prefix),
    datasetFormat: monitoredFormat(format),
  };
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringDatasetFormat.html */
function monitoredFormat(format: DatasetFormat): sagemaker.CfnDataQualityJobDefinition.DatasetFormatProperty {
  switch (format.name) {
    case 'csv':
      return { csv: { header: format.header } };
    case 'parquet':
      return { parquet: true };
    default:
      return { json: { line: format.name === 'jsonLines' } };
  }
}

/**
 * Features that are left out, as the API takes them.
 *
 * @internal
 */
export function excludeFeaturesAttribute(excludedFeatures: readonly string[]): string | undefined {
  return excludedFeatures.length > 0 ? excludedFeatures.join(',') : undefined;
}

/**
 * What is wrong with features that are left out.
 *
 * @internal
 */
export function excludedFeatureProblems(excludedFeatures: readonly string[]): Problem[] {
  const prop = 'excludedFeatures';
  const joined = excludedFeatures.join(',');
  const tooLong = !Token.isUnresolved(joined) && joined.length > MAX_EXCLUDED_CHARACTERS;
  const allowed = `names of at most ${MAX_EXCLUDED_CHARACTERS} characters, together with the commas between them`;
  const advice = 'a record preprocessor can drop any number of them';
  return [
    ...excludedFeatures
      .filter(isNoName)
      .map((got) => ({ prop, got, allowed: 'a name without comma, not empty, once' })),
    ...(tooLong ? [{ prop, got: `${joined.length} characters`, allowed, advice }] : []),
  ];
}

function isNoName(feature: string, index: number, all: readonly string[]): boolean {
  if (Token.isUnresolved(feature)) return false;
  return feature === '' || feature.includes(',') || all.indexOf(feature) !== index;
}
