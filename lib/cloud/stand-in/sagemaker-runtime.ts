import type { Authorizer } from '../account/authorizer';
import type { SageMakerInventory } from '../account/sagemaker/inventory';
import type { ModelFunction, ModelRequest, ModelResponse } from '../account/sagemaker/models';
import { objectList, optionalText } from '../members';
import { type ApiRequest, refuseViolations, type Service, ServiceError, unknownOperation } from './service';

/** Requests to endpoints, by their path: they are signed as those to SageMaker are. */
const INVOCATION = /^\/endpoints\/([^/]+)\/invocations$/;

/** Whether a request asks an endpoint, and is none to SageMaker itself. */
export const isInvocation = ({ path }: Pick<ApiRequest, 'path'>): boolean => INVOCATION.test(path);

/** What invocations are answered with. */
export interface RuntimeProps {
  readonly inventory: SageMakerInventory;
  readonly authorizer: Authorizer;
  readonly arnPrefix: string;
  /** what stands for the models */
  readonly models: () => ModelFunction | undefined;
  /** the virtual time */
  readonly clock: () => Date;
}

/** Endpoints of SageMaker: what their models answer, somebody else says. */
export function sageMakerRuntime({ inventory, authorizer, arnPrefix, models, clock }: RuntimeProps): Service {
  const modelOf = (endpointName: string, target: string | undefined) => {
    const config = inventory.endpointConfigs.get(inventory.endpoints.get(endpointName)?.configName ?? '');
    const variants = config ? objectList(config, 'ProductionVariants', endpointName) : [];
    const named = (each: (typeof variants)[number]) => optionalText(each, 'VariantName', endpointName);
    const variant = target === undefined ? variants[0] : variants.find((each) => named(each) === target);
    if (target !== undefined && config && !variant) throw noSuchVariant(target, endpointName);
    return {
      modelName: variant && optionalText(variant, 'ModelName', endpointName),
      variantName: variant && optionalText(variant, 'VariantName', endpointName),
    };
  };
  return {
    handle: async (request) => {
      const [, endpointName] = INVOCATION.exec(request.path) ?? [];
      if (endpointName === undefined) throw unknownOperation('SageMakerRuntime', request.path);
      const resource = `${arnPrefix}:endpoint/${endpointName}`;
      authorizer.require(request.caller, { action: 'sagemaker:InvokeEndpoint', resource });
      if (!inventory.has(endpointName))
        throw new ServiceError('ValidationError', `Endpoint ${endpointName} not found.`);
      const asked = askedOf(endpointName, request);
      const { modelName, variantName } = modelOf(endpointName, asked.targetVariant);
      const answer = await models()?.({ ...asked, time: clock(), modelName });
      if (!answer) throw notStoodFor(endpointName);
      return responseOf(answer, variantName);
    },
    refuse: ({ code, message, status }) => ({
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
      body: JSON.stringify({ Message: message }),
    }),
  };
}

/** What a request asks, which is refused unless it is what the service takes. */
function askedOf(endpointName: string, { headers, body }: ApiRequest): Omit<ModelRequest, 'time' | 'modelName'> {
  const {
    'content-type': contentType,
    accept,
    'x-amzn-sagemaker-custom-attributes': customAttributes,
    'x-amzn-sagemaker-target-variant': targetVariant,
    'x-amzn-sagemaker-inference-id': inferenceId,
  } = headers;
  const input = {
    EndpointName: endpointName,
    Body: body,
    ContentType: contentType,
    Accept: accept,
    CustomAttributes: customAttributes,
    TargetVariant: targetVariant,
    InferenceId: inferenceId,
  };
  refuseViolations('sagemaker-runtime InvokeEndpoint', input, 'ValidationError');
  const marks = { customAttributes, targetVariant, inferenceId };
  return { endpointName, body: body.toString('utf8'), contentType, accept, ...marks };
}

function responseOf({ body, contentType = 'text/csv' }: ModelResponse, variantName: string | undefined) {
  const variant: Record<string, string> =
    variantName === undefined ? {} : { 'x-amzn-invoked-production-variant': variantName };
  return { status: 200, headers: { 'content-type': contentType, ...variant }, body };
}

const noSuchVariant = (target: string, endpointName: string) =>
  new ServiceError('ValidationError', `Variant ${target} not found for Endpoint ${endpointName}.`);

/** Nothing that passes: who asks again is told the same. */
function notStoodFor(endpointName: string): ServiceError {
  const words = `nothing stands for the model of ${endpointName}: rehearse asks one where it is served (--model)`;
  return new ServiceError('ValidationError', words);
}
