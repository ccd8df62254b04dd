import { Annotations, Stack } from 'aws-cdk-lib';
import * as scaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { configOf, knownItems } from './known-properties';

/** Configurations that are looked at, by their stack. */
const WATCHED = new WeakMap<Stack, Set<sagemaker.CfnEndpointConfig>>();

/**
 * Warns, when the app is complete, of endpoints with this configuration that are scaled, and whose updates begin with the count of the app again. A change of the configuration is such an
 * update, as turning capture on is.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateEndpoint.html on `RetainAllVariantProperties`
 * @internal
 */
export function warnOfLostCounts(config: sagemaker.CfnEndpointConfig): void {
  const { stack } = config;
  const watched = WATCHED.get(stack);
  if (watched) {
    watched.add(config);
    return;
  }
  const configs = new Set([config]);
  WATCHED.set(stack, configs);
  stack.node.addValidation({
    validate: () => {
      lookAt(stack, configs);
      return [];
    },
  });
}

/** All endpoints of a stack at once; nothing where nothing is scaled. */
function lookAt(stack: Stack, configs: ReadonlySet<sagemaker.CfnEndpointConfig>): void {
  const all = stack.node.findAll();
  const scaled = all.filter((one) => scaling.CfnScalableTarget.isCfnScalableTarget(one)).map(resourceIdOf);
  if (scaled.length === 0) return;
  for (const endpoint of all.filter((one) => sagemaker.CfnEndpoint.isCfnEndpoint(one))) {
    const config = configOf(endpoint);
    const isScaled = () => namesOf(endpoint).some((name) => scaled.some((id) => id.includes(name)));
    if (config && configs.has(config) && losesCounts(endpoint) && isScaled()) warn(endpoint);
  }
}

function warn(endpoint: sagemaker.CfnEndpoint): void {
  Annotations.of(endpoint).addWarningV2(
    'cdk-sagemaker-monitoring:countsNotRetained',
    "its variants are scaled, and each update begins with the number of instances of the configuration: set 'retainAllVariantProperties' of the endpoint to true, and leave DesiredInstanceCount out of 'excludeRetainedVariantProperties'",
  );
}

function losesCounts({ retainAllVariantProperties, excludeRetainedVariantProperties }: sagemaker.CfnEndpoint): boolean {
  if (retainAllVariantProperties !== undefined && typeof retainAllVariantProperties !== 'boolean') return false; // known at deployment
  const excluded = knownItems(excludeRetainedVariantProperties);
  const isExcluded = excluded.some(({ variantPropertyType }) => variantPropertyType === 'DesiredInstanceCount');
  return retainAllVariantProperties !== true || isExcluded;
}

/** What is scaled, as the template has it. */
const resourceIdOf = (target: scaling.CfnScalableTarget): string =>
  JSON.stringify(Stack.of(target).resolve(target.resourceId));

/** Of an endpoint's name, as what is scaled has it. */
function namesOf(endpoint: sagemaker.CfnEndpoint): string[] {
  const { stack, endpointName, attrEndpointName } = endpoint;
  const names = [attrEndpointName, ...(endpointName === undefined ? [] : [endpointName])];
  return names.map((name) => {
    const resolved = stack.resolve(name);
    return typeof resolved === 'string' ? `endpoint/${resolved}/variant/` : JSON.stringify(resolved);
  });
}
