import { type IResolvable, Reference, Tokenization } from 'aws-cdk-lib';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { IConstruct } from 'constructs';

/**
 * A part of an L1's properties as it stands there, or undefined where it is absent or only known at deployment.
 *
 * @internal
 */
export function known<T extends object>(value: T | IResolvable | undefined): T | undefined {
  return value === undefined || Tokenization.isResolvable(value) ? undefined : value;
}

/**
 * The items of a list of an L1's properties that are known before deployment, perhaps none.
 *
 * @internal
 */
export function knownItems<T extends object>(list: (T | IResolvable)[] | IResolvable | undefined): T[] {
  return (known(list) ?? []).flatMap((item) => known(item) ?? []);
}

/**
 * The construct whose attribute a property holds, whatever stack it is in, or undefined for a text or another token.
 *
 * @internal
 */
export function targetOf(property: string | undefined): IConstruct | undefined {
  const token = Tokenization.reverse(property, { failConcat: false });
  return Reference.isReference(token) ? token.target : undefined;
}

/**
 * The names of a configuration's variants that are known to have no instances of their own.
 *
 * @internal
 */
export function serverlessVariantsOf(config: sagemaker.CfnEndpointConfig): string[] {
  return knownItems(config.productionVariants)
    .filter((variant) => variant.serverlessConfig !== undefined)
    .map((variant) => variant.variantName);
}

/** What was found for the name that an endpoint has: each of its monitors asks. */
const CONFIGS = new WeakMap<sagemaker.CfnEndpoint, FoundConfig>();

interface FoundConfig {
  readonly endpointConfigName: string;
  readonly config?: sagemaker.CfnEndpointConfig;
}

/**
 * The configuration of an endpoint that is in the app, by the references between them.
 *
 * @internal
 */
export function configOf(endpoint: sagemaker.IEndpointRef): sagemaker.CfnEndpointConfig | undefined {
  const resource = sagemaker.CfnEndpoint.isCfnEndpoint(endpoint) ? endpoint : endpoint.node.defaultChild;
  if (!sagemaker.CfnEndpoint.isCfnEndpoint(resource)) return undefined;
  const { endpointConfigName } = resource;
  const found = CONFIGS.get(resource);
  if (found?.endpointConfigName === endpointConfigName) return found.config;
  const target = targetOf(endpointConfigName);
  const config = sagemaker.CfnEndpointConfig.isCfnEndpointConfig(target) ? target : undefined;
  CONFIGS.set(resource, { endpointConfigName, config });
  return config;
}

/**
 * The model of a name, where the app makes it.
 *
 * @internal
 */
export function modelOf(modelName: string | undefined): sagemaker.CfnModel | undefined {
  const model = targetOf(modelName);
  return sagemaker.CfnModel.isCfnModel(model) ? model : undefined;
}

/**
 * Whether a model may be of AWS Marketplace: packages to which an account subscribes have no version, as packages of no group have none.
 *
 * @internal
 */
export function isMarketplaceShaped(model: sagemaker.CfnModel | undefined): boolean {
  const names = model ? containersIn(model).map(({ modelPackageName = '' }) => modelPackageName) : [];
  return names.some((name) => /:model-package\/[^/]+$/.test(name));
}

/**
 * The containers of a model that are known before deployment.
 *
 * @internal
 */
export function containersIn(model: sagemaker.CfnModel): sagemaker.CfnModel.ContainerDefinitionProperty[] {
  return [known(model.primaryContainer) ?? [], knownItems(model.containers)].flat();
}
