import type { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { ModelMonitorEngineOptions } from '../../../lib';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { BiasAnalysis, type BiasAnalysisOptions } from '../../../lib/monitor/bias-analysis';
import { Facet } from '../../../lib/monitor/facet';
import { ModelBiasMonitor, type ModelBiasMonitorProps } from '../../../lib/monitor/model-bias-monitor';
import {
  ModelExplainabilityMonitor,
  type ModelExplainabilityMonitorProps,
} from '../../../lib/monitor/model-explainability-monitor';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { PositiveOutcome } from '../../../lib/monitor/positive-outcome';
import { Predictor } from '../../../lib/monitor/predictor';
import { ShapAnalysis, type ShapAnalysisOptions } from '../../../lib/monitor/shap-analysis';
import { ShapBaseline } from '../../../lib/monitor/shap-baseline';
import { givenBaseline, newEndpoint, newStack } from '../../monitor/fixtures';
import { type ReadableResource, resourceOf, resourcesOf } from '../../monitor/readable-template';
import { givenLabels } from './quality';

export const BIAS_JOB = 'AWS::SageMaker::ModelBiasJobDefinition';
export const EXPLAINABILITY_JOB = 'AWS::SageMaker::ModelExplainabilityJobDefinition';
export const CONFIG = 'Custom::SageMakerMonitoringAnalysisConfig';
export const SCHEDULE = 'AWS::SageMaker::MonitoringSchedule';

export const HEADERS = ['age', 'sex', 'job', 'income'];
export const FEATURES = HEADERS.slice(0, -1);

/** An analysis of CSV with two facets. */
export function biasAnalysis(options: Partial<BiasAnalysisOptions> = {}): BiasAnalysis {
  return BiasAnalysis.of({
    headers: HEADERS,
    label: 'income',
    positiveOutcome: PositiveOutcome.ofValues([1]),
    facets: [Facet.categorical('sex', [0]), Facet.continuous('age', 40)],
    groupVariable: 'job',
    prediction: '0',
    ...options,
  });
}

/** An analysis of CSV by the model `churn`. */
export function shapAnalysis(options: Partial<ShapAnalysisOptions> = {}): ShapAnalysis {
  return ShapAnalysis.of({
    predictor: Predictor.fromModelName('churn'),
    baseline: ShapBaseline.rows([[37, 1, 4]]),
    headers: FEATURES,
    sampleCount: 100,
    probability: '1',
    ...options,
  });
}

/** A stack with a monitor `Bias` on Model Monitor. */
export function biasStackWith(
  options: ModelMonitorEngineOptions = {},
  props: Partial<ModelBiasMonitorProps> = {},
  stack: Stack = newStack(),
): Stack {
  new ModelBiasMonitor(stack, 'Bias', {
    data: props.data ?? MonitoredData.endpoint(newEndpoint(stack)),
    engine: MonitoringEngine.modelMonitor(options),
    baseline: props.baseline ?? givenBaseline(stack),
    analysis: biasAnalysis(),
    groundTruth: givenLabels(stack),
    ...props,
  });
  return stack;
}

/** A stack with a monitor `Explainability` on Model Monitor. */
export function explainabilityStackWith(
  options: ModelMonitorEngineOptions = {},
  props: Partial<ModelExplainabilityMonitorProps> = {},
  stack: Stack = newStack(),
): Stack {
  new ModelExplainabilityMonitor(stack, 'Explainability', {
    data: props.data ?? MonitoredData.endpoint(newEndpoint(stack)),
    engine: MonitoringEngine.modelMonitor(options),
    baseline: props.baseline ?? givenBaseline(stack),
    analysis: shapAnalysis(),
    ...props,
  });
  return stack;
}

/** The only job definition of a type, its properties. */
export function jobIn(stack: Stack, type: string): ReadableResource['Properties'] {
  return resourceOf(stack, type).Properties;
}

/** The configurations that are written at deployment, by the ids of their resources; numbers and texts as Clarify reads them. */
export function configsIn(stack: Stack): { [id: string]: Config } {
  const resources = resourcesOf(stack, CONFIG);
  return Object.fromEntries(resources.map(({ id, Properties }) => [id, JSON.parse(Properties.Text)]));
}

/** A configuration of Clarify; its shape is the schema's matter. */
export interface Config {
  readonly [key: string]: unknown;
}

/** A bucket of datasets. */
export function datasets(stack: Stack): s3.IBucket {
  return s3.Bucket.fromBucketName(stack, 'Datasets', 'datasets');
}
