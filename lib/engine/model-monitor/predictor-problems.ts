import type { Problem } from '../../core/validation-error';
import type { MonitorSpec } from '../../monitor/monitoring-engine';

/**
 * What is asked of a predictor, or of a sample of records, that Clarify does not take: it starts an endpoint for the model of its configuration, and explains
 * all records.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-config-json-monitor-model-explainability-parameters.html
 */
export function predictorProblems({ modelBias, modelExplainability }: MonitorSpec): Problem[] {
  const { predictor } = (modelExplainability ?? modelBias)?.analysis ?? {};
  const { endpointName, memorySize, maxConcurrency, recordsPerRequest, _monitored } = predictor ?? {};
  const allowed = 'nothing on modelMonitor()';
  const left = 'leave it out: Clarify decides it';
  const asked = {
    predictor: [
      (endpointName && 'Predictor.fromEndpoint(...)') ?? (_monitored && 'Predictor.monitoredEndpoint(...)'),
      'Predictor.fromModel(...) on modelMonitor()',
      'Clarify starts an endpoint for a model',
    ],
    'predictor.memorySize': [memorySize && 'a Size', allowed, 'leave it out, or say its instanceType'],
    'predictor.maxConcurrency': [maxConcurrency, allowed, left],
    'predictor.recordsPerRequest': [recordsPerRequest, allowed, left],
    recordCount: [modelExplainability?.analysis.recordCount, allowed, 'leave it out: Clarify explains all records'],
  } as const;
  return Object.entries(asked)
    .filter(([, [got]]) => got !== undefined)
    .map(([prop, [got, instead, advice]]) => ({ prop: `analysis.${prop}`, got, allowed: instead, advice }));
}
