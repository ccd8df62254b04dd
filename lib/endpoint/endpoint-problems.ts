import { Token } from 'aws-cdk-lib';
import type { Problem } from '../core/validation-error';
import type { EndpointProps } from './endpoint';
import { isMarketplaceShaped, modelOf } from './known-properties';
import type { ProductionVariant } from './production-variant';
import { sizeProblems } from './rollout';
import { rolloutAlarmProblems } from './rollout-alarms';

/**
 * What is wrong with the props of an endpoint, and what of them does not go together, with the way out.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html#serverless-endpoints-how-it-works-exclusions
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/shadow-tests.html
 * @internal
 */
export function endpointProblems(props: EndpointProps): Problem[] {
  return [
    ...variantProblems(variantsOfProps(props)),
    ...endpointNameProblems(props.endpointName),
    ...serverlessProblems(props),
    ...shadowProblems(props),
    ...asynchronousProblems(props),
    ...rolloutProblems(props),
  ];
}

/**
 * Something of which no source says whether it works.
 *
 * @internal
 */
export interface Unknown {
  /** By which the warning is acknowledged, behind the library's name. */
  readonly id: string;
  readonly words: string;
}

/**
 * What of the props nobody has said of whether it works: said at synthesis, and neither refused nor assumed.
 *
 * @internal
 */
export function unknownsOf(props: EndpointProps): Unknown[] {
  if (!isLimited(props)) return [];
  const { dataCapture, asyncInference, shadowVariant, variants, rollout } = props;
  const found: [boolean, string, string][] = [
    [!!asyncInference && !!dataCapture, 'asynchronousCapture', 'data of asynchronous endpoints are captured'],
    [!!asyncInference && variants.length > 1, 'asynchronousVariants', 'asynchronous requests are shared by weight'],
    [
      !!asyncInference && variants.some(isServerless),
      'asynchronousServerless',
      'serverless variants take asynchronous requests',
    ],
    [!!asyncInference && !!rollout, 'asynchronousRollout', 'updates of asynchronous endpoints are rolled out as asked'],
    [
      !!rollout && variants.some(isServerless),
      'serverlessRollout',
      'updates of serverless variants are rolled out as asked',
    ],
    [
      !!shadowVariant && rollout?._steps.name === 'rolling',
      'shadowRollout',
      'an endpoint with a shadow is one of several variants, which SageMaker would update all at once without a word',
    ],
    [
      !!shadowVariant && shadowVariant._variant._capacity.weight !== variants[0]?._capacity.weight,
      'shadowShare',
      "a shadow is sent the share of requests that its weight is of the production variant's; with equal weights it is sent all",
    ],
    [
      variantsOfProps(props).some(({ model }) => isMarketplaceShaped(modelOf(model.modelName))),
      'marketplacePackage',
      'the model package is not of AWS Marketplace, whose containers are taken for no shadow, no serverless variant and no asynchronous endpoint, and are updated all at once without a word',
    ],
  ];
  return found.filter(([isGiven]) => isGiven).map(([, id, words]) => ({ id, words }));
}

/** What containers of AWS Marketplace do not go with, and whatever else is unknown. */
function isLimited({ shadowVariant, asyncInference, rollout, variants }: EndpointProps): boolean {
  return !!shadowVariant || !!asyncInference || !!rollout || variants.some(isServerless);
}

/** A shadow among them, at the end. */
function variantsOfProps({ variants, shadowVariant }: EndpointProps): ProductionVariant[] {
  return shadowVariant ? [...variants, shadowVariant._variant] : variants;
}

function isServerless({ _capacity }: ProductionVariant): boolean {
  return _capacity.instanceType === undefined;
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html */
const MAX_VARIANTS = 10;

function variantProblems(variants: ProductionVariant[]): Problem[] {
  const names = variants.map((variant) => variant.variantName);
  const problems: Problem[] = [];
  if (names.length < 1 || names.length > MAX_VARIANTS) {
    problems.push({ prop: 'variants', got: names, allowed: `1 to ${MAX_VARIANTS} variants` });
  }
  if (new Set(names).size < names.length) {
    problems.push({ prop: 'variants', got: names, allowed: 'names that differ', advice: 'rename a variant' });
  }
  return problems;
}

function serverlessProblems({ variants, dataCapture, shadowVariant }: EndpointProps): Problem[] {
  const serverless = variants.find(isServerless);
  if (!serverless) return [];
  const got = `beside the serverless variant '${serverless.variantName}'`;
  const problems: Problem[] = [];
  if (variants.length > 1) {
    const advice = 'SageMaker takes it alone: compare two models on instances, or on two endpoints';
    problems.push({ prop: 'variants', got: `${variants.length} ${got}`, allowed: 'one', advice });
  }
  if (dataCapture) {
    const advice =
      'SageMaker captures nothing there: let the container write records (CaptureWriter, WrittenData), or use instances';
    problems.push({ prop: 'dataCapture', got, allowed: 'nothing', advice });
  }
  if (shadowVariant) {
    problems.push({ prop: 'shadowVariant', got, allowed: 'nothing', advice: 'use a production variant on instances' });
  }
  const { vpcConfig, enableNetworkIsolation } = modelOf(serverless.model.modelName) ?? {};
  if (vpcConfig !== undefined || enableNetworkIsolation !== undefined) {
    const advice = 'serverless containers are in no VPC and not isolated: use instances, or another model';
    problems.push({
      prop: 'variants.model',
      got: `in a VPC or isolated, ${got}`,
      allowed: 'a model in no VPC',
      advice,
    });
  }
  return problems;
}

function shadowProblems({ variants, shadowVariant }: EndpointProps): Problem[] {
  if (!shadowVariant) return [];
  const problems: Problem[] = [];
  if (variants.length > 1) {
    const advice = 'a shadow is sent the requests of one variant: test against it alone, or compare by weights';
    problems.push({ prop: 'variants', got: `${variants.length} beside 'shadowVariant'`, allowed: 'one', advice });
  }
  const types = [...variants, shadowVariant._variant].map(({ _capacity }) => _capacity.instanceType);
  const inferentia = types.find((type) => type !== undefined && isInferentia1(type));
  if (inferentia !== undefined) {
    const advice = 'SageMaker refuses shadows there';
    problems.push({ prop: 'shadowVariant', got: `on ${inferentia}`, allowed: 'other instances than ml.inf1', advice });
  }
  return problems;
}

/**
 * The first generation of Inferentia, which does less than other instances.
 *
 * @internal
 */
export function isInferentia1(instanceType: string): boolean {
  return !Token.isUnresolved(instanceType) && instanceType.startsWith('ml.inf1.');
}

function asynchronousProblems(props: EndpointProps): Problem[] {
  if (!props.asyncInference) return [];
  const got = "beside 'asyncInference'";
  const problems: Problem[] = [];
  if (props.shadowVariant) {
    const advice = 'use an endpoint that answers at once, whose requests are copied';
    problems.push({ prop: 'shadowVariant', got, allowed: 'nothing', advice });
  }
  if (variantsOfProps(props).some(({ _capacity }) => _capacity.scaling)) {
    const advice =
      'asynchronous endpoints publish no InvocationsPerInstance: scale by ApproximateBacklogSizePerInstance, with a policy of your own';
    problems.push({ prop: 'variants.scaling', got, allowed: 'nothing', advice });
  }
  return problems;
}

/**
 * What SageMaker would do otherwise than asked, without a word, and what it would refuse.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-exclusions.html
 */
function rolloutProblems(props: EndpointProps): Problem[] {
  const { rollout, variants, endpointName } = props;
  if (!rollout) return [];
  const { name, size } = rollout._steps;
  const problems: Problem[] = [];
  const got = `${name}(...)`;
  const silent = 'SageMaker would update all at once, and watch nothing';
  const inferentia = variantsOfProps(props).find(({ _capacity: { instanceType = '' } }) => isInferentia1(instanceType));
  if (inferentia) {
    problems.push({ prop: 'rollout', got, allowed: 'nothing beside ml.inf1 instances', advice: silent });
  }
  if (name === 'rolling' && (variants.length > 1 || variants.some(isServerless))) {
    const advice = `${silent}: use Rollout.canary or Rollout.linear`;
    problems.push({ prop: 'rollout', got, allowed: 'one variant, on instances', advice });
  }
  if (size?._countsInstances && variants.some(isServerless)) {
    problems.push({ prop: 'rollout', got, allowed: 'CapacitySize.percent beside a variant without instances' });
  }
  if (rollout._alarms?.length !== 0 && rollout._endpointName(endpointName) === undefined) {
    const advice =
      "alarms have it as a dimension, and are there before the endpoint is: of one that is deployed already, give the name that it has as 'endpointName' of the rollout";
    problems.push({ prop: 'endpointName', got: undefined, allowed: "a name beside 'rollout'", advice });
  }
  const isAsynchronous = props.asyncInference !== undefined;
  return [...problems, ...fleetProblems(props), ...rolloutAlarmProblems(rollout, { variants, isAsynchronous })];
}

/** A step that counts instances is a share of those that there are, where their number stays. */
function fleetProblems({ rollout, variants }: EndpointProps): Problem[] {
  if (!rollout?._steps.size?._countsInstances) return [];
  const { size, least, most } = rollout._steps;
  return variants
    .filter(({ _capacity: { scaling, instanceCount } }) => !scaling && !Token.isUnresolved(instanceCount))
    .flatMap(({ _capacity: { instanceCount } }) => sizeProblems(size, { least, most, instanceCount }));
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html */
const ENDPOINT_NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/**
 * What is wrong with the name of an endpoint.
 *
 * @internal
 */
export function endpointNameProblems(endpointName?: string): Problem[] {
  if (endpointName === undefined || Token.isUnresolved(endpointName)) return [];
  if (endpointName.length <= 63 && ENDPOINT_NAME.test(endpointName)) return [];
  const allowed = '1 to 63 letters, digits and hyphens, with a letter or digit at both ends';
  return [{ prop: 'endpointName', got: endpointName, allowed }];
}

/**
 * What is wrong with the ARN of an endpoint.
 *
 * @internal
 */
export function endpointArnProblems(endpointArn?: string): Problem[] {
  if (endpointArn === undefined || Token.isUnresolved(endpointArn)) return [];
  if (/^arn:[^:]+:sagemaker:[^:]*:[^:]*:endpoint\/[^/]+$/.test(endpointArn)) return [];
  const allowed = 'arn:{partition}:sagemaker:{region}:{account}:endpoint/{name}';
  return [{ prop: 'endpointArn', got: endpointArn, allowed }];
}
