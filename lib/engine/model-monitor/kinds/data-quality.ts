import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { statisticsKeyOf } from '../../../baseline/baseline';
import { datasetFormatOf } from '../../../baseline/dataset';
import type { Problem } from '../../../core/validation-error';
import { MonitorKind } from '../../../kind/monitor-kind';
import type { DataQualityMonitorSpec } from '../../../monitor/kind-spec';
import type { DataQualitySpec } from '../../../monitor/monitoring-engine';
import { analyzerBaselineJob } from '../analyzer/baseline-job';
import { analyzerContainer, analyzerProblems } from '../job/container';
import { excludedFeatureProblems, excludeFeaturesAttribute, jobInput } from '../job/input';
import type { ModelMonitorEngineOptions } from '../model-monitor-engine-options';
import type { JobBlueprint } from './blueprint';

/**
 * The jobs of a data-quality monitor.
 *
 * @internal
 */
export function dataQualityBlueprint(
  scope: Construct,
  spec: DataQualityMonitorSpec,
  options: ModelMonitorEngineOptions,
): JobBlueprint {
  const { excludedFeatures } = spec.dataQuality;
  const container = options.dataQuality ?? {};
  return {
    kind: MonitorKind.DATA_QUALITY,
    container,
    problems: [
      ...analyzerProblems(MonitorKind.DATA_QUALITY, container),
      ...excludedFeatureProblems(excludedFeatures),
      ...featureMetricProblems(spec.dataQuality),
    ],
    define: ({ common, role, baseline, output, serviceMetrics }) =>
      new sagemaker.CfnDataQualityJobDefinition(scope, 'JobDefinition', {
        ...common,
        dataQualityAppSpecification: analyzerContainer(scope, container, { role, serviceMetrics }),
        dataQualityBaselineConfig: {
          statisticsResource: { s3Uri: baseline.statisticsBucket.s3UrlForObject(statisticsKeyOf(baseline)) },
          constraintsResource: { s3Uri: baseline.constraintsBucket.s3UrlForObject(baseline.constraintsKey) },
        },
        dataQualityJobInput: jobInput(spec, options, {
          excludeFeaturesAttribute: excludeFeaturesAttribute(excludedFeatures),
        }),
        dataQualityJobOutputConfig: output,
      }),
    baselineJob: (dataset, role) =>
      analyzerBaselineJob(scope, { container, role, format: datasetFormatOf(dataset), environment: {} }),
  };
}

function featureMetricProblems({ featureMetrics }: DataQualitySpec): Problem[] {
  if (featureMetrics.length === 0) return [];
  const advice =
    'Model Monitor has its own: give the engine serviceMetrics: ServiceMetrics.published(), and take metricFeatureDrift(feature)';
  return [{ prop: 'featureMetrics', got: featureMetrics, allowed: 'none on this engine', advice }];
}
