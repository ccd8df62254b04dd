import { Stack, Token } from 'aws-cdk-lib';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import type { Problem } from '../../../core/validation-error';
import { variantsOf } from '../../../endpoint/endpoint-variants';
import { known, knownItems, targetOf } from '../../../endpoint/known-properties';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';
import type { MonitoredEndpointPredictorOptions, Predictor } from '../../../monitor/predictor';

/**
 * What is asked of a predictor that this engine does not do, or its model cannot.
 *
 * @internal
 */
export function predictorProblems(scope: Construct, predictor: Predictor, spec: MonitorSpec): Problem[] {
  return [...optionProblems(predictor), ...placeProblems(scope, predictor, spec)];
}

function placeProblems(scope: Construct, predictor: Predictor, spec: MonitorSpec): Problem[] {
  const { endpointName, _monitored } = predictor;
  if (_monitored) return monitoredProblems(_monitored, spec);
  if (endpointName !== undefined) return watchedProblems(scope, predictor, spec);
  return [...modelProblems(predictor), ...regionProblems(scope)];
}

/** An endpoint has to be monitored, and to have the variant as one that answers clients. */
function monitoredProblems(
  { variantName }: MonitoredEndpointPredictorOptions,
  { endpointInput }: MonitorSpec,
): Problem[] {
  const prop = 'analysis.predictor';
  if (!endpointInput) {
    const got = 'Predictor.monitoredEndpoint(...), and no endpoint is';
    return [{ prop, got, allowed: 'Predictor.fromModel(model) or Predictor.fromEndpoint(endpoint)' }];
  }
  const production = variantsOf(endpointInput.endpoint)?.production;
  if (!production || [variantName, ...production].some((name) => Token.isUnresolved(name))) return [];
  if (production.includes(variantName)) return [];
  return [{ prop: `${prop}.variantName`, got: variantName, allowed: `a production variant: ${production.join(', ')}` }];
}

/** Clarify starts instances for its jobs; here there are none. */
function optionProblems({ request, _instances = {} }: Predictor): Problem[] {
  const { instanceType, instanceCount } = _instances;
  const allowed = 'nothing on serverless(), which makes a serverless endpoint of the model';
  const asked = [
    { prop: 'instanceType', got: instanceType?.name, allowed, advice: 'leave it out, or say its memorySize' },
    { prop: 'instanceCount', got: instanceCount, allowed, advice: 'leave it out, or say its maxConcurrency' },
    {
      prop: 'request',
      got: request?.contentType === 'application/x-parquet' ? 'PredictorRequest.parquet()' : undefined,
      allowed: 'CSV, JSON or JSON Lines on serverless()',
      advice: 'take a model that reads one of them',
    },
  ];
  return asked
    .filter(({ got }) => got !== undefined)
    .map((each) => ({ ...each, prop: `analysis.predictor.${each.prop}` }));
}

/** Requests of the monitor's own would be captured, and explained with those of others. */
function watchedProblems(scope: Construct, { endpointName }: Predictor, { endpointInput }: MonitorSpec): Problem[] {
  const stack = Stack.of(scope);
  const text = (name?: string) => JSON.stringify(stack.resolve(name));
  if (!endpointInput || text(endpointInput.endpointName) !== text(endpointName)) return [];
  return [
    {
      prop: 'analysis.predictor',
      got: 'the endpoint that is watched',
      allowed: 'another endpoint, or a model',
      advice:
        'what it is asked would be captured as traffic: Predictor.fromModel(model) makes an endpoint of its own, which costs nothing between runs, and Predictor.monitoredEndpoint(...) tells its calls from traffic',
    },
  ];
}

/**
 * What a model has that serverless endpoints do not take, as far as the app shows it. Whether its image needs a GPU, nothing in an app says.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html
 */
function modelProblems({ modelName }: Predictor): Problem[] {
  const model = targetOf(modelName);
  if (!sagemaker.CfnModel.isCfnModel(model)) return [];
  const containers = knownItems(model.containers);
  const container = known(model.primaryContainer) ?? containers[0];
  const has = [
    ...(model.vpcConfig === undefined ? [] : ['a VPC']),
    ...(model.enableNetworkIsolation ? ['network isolation'] : []),
    ...(containers.length > 1 ? [`${containers.length} containers`] : []),
    ...(container?.mode === 'MultiModel' ? ['several models in its container'] : []),
  ];
  if (has.length === 0) return [];
  const advice = 'give an endpoint for it that runs on instances: Predictor.fromEndpoint(endpoint)';
  const allowed =
    'a model with one container and one model in it, in no VPC and not isolated: a serverless endpoint takes no other';
  return [{ prop: 'analysis.predictor', got: `a model with ${has.join(', ')}`, allowed, advice }];
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html */
function regionProblems(scope: Construct): Problem[] {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region) || !region.startsWith('cn-')) return [];
  const allowed = 'Predictor.fromEndpoint(endpoint) in China, whose regions have no serverless endpoints';
  const advice = 'give an endpoint for the model that runs on instances';
  return [{ prop: 'analysis.predictor', got: `a model in ${region}`, allowed, advice }];
}
