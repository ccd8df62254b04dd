import { Token } from 'aws-cdk-lib';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Problem } from '../../core/validation-error';
import type { ModelMonitorEngineOptions } from './model-monitor-engine-options';

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html */
const MAX_EXCLUDED_CHARACTERS = 100;

/**
 * What a run reads of an endpoint.
 *
 * @internal
 */
export function endpointInput(
  endpointName: string,
  { excludedFeatures = [], inputMode, dataDistribution }: ModelMonitorEngineOptions,
): sagemaker.CfnDataQualityJobDefinition.EndpointInputProperty {
  return {
    endpointName,
    localPath: '/opt/ml/processing/input/endpoint',
    s3InputMode: inputMode ?? 'File',
    s3DataDistributionType: dataDistribution ?? 'FullyReplicated',
    excludeFeaturesAttribute: excludedFeatures.length > 0 ? excludedFeatures.join(',') : undefined,
  };
}

/**
 * What is wrong with the input.
 *
 * @internal
 */
export function inputProblems({ excludedFeatures = [] }: ModelMonitorEngineOptions): Problem[] {
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
