import { Token, Tokenization } from 'aws-cdk-lib';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Problem } from '../core/validation-error';
import type { CapturedNeeds } from '../kind/kind-services';
import { notIn, validateContentTypes } from './content-types';
import { CaptureMode } from './data-capture';
import { configOf, containersIn, known, knownItems, modelOf, serverlessVariantsOf, targetOf } from './known-properties';

/**
 * Says why a monitor cannot watch an endpoint, as far as the app tells: from the endpoint over its configuration to
 * the models of its variants, by the references between them.
 *
 * What is not in the app (an imported endpoint, a name that is a plain text) is not known, and no problem. Neither is
 * asynchronous inference, about which AWS says nothing.
 *
 * @param needs what of an invocation has to be captured; by default, either side is enough
 * @internal
 */
export function monitoringProblems(endpoint: sagemaker.IEndpointRef, needs?: CapturedNeeds): Problem[] {
  const config = configOf(endpoint);
  if (config === undefined) return [];
  const containers = containersOf(config);
  return [
    ...serverlessProblems(config),
    ...multiModelProblems(containers),
    ...captureProblems(config, containers),
    ...(needs ? sideProblems(config, needs) : []),
  ];
}

type Container = sagemaker.CfnModel.ContainerDefinitionProperty;
type Capture = sagemaker.CfnEndpointConfig.DataCaptureConfigProperty;

function containersOf(config: sagemaker.CfnEndpointConfig): Container[] {
  return knownItems(config.productionVariants)
    .map((variant) => modelOf(variant.modelName))
    .flatMap((model) => (model ? containersIn(model) : []));
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html */
function serverlessProblems(config: sagemaker.CfnEndpointConfig): Problem[] {
  return serverlessVariantsOf(config).map((variantName) => ({
    prop: 'endpoint',
    got: `serverless variant ${variantName}`,
    allowed: 'variants on instances',
    advice: 'SageMaker neither captures nor monitors the data of serverless variants',
  }));
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor.html */
function multiModelProblems(containers: Container[]): Problem[] {
  if (!containers.some((container) => container.mode === 'MultiModel')) return [];
  const advice = 'what is captured does not say which model answered, and Model Monitor does not watch such endpoints';
  return [{ prop: 'endpoint', got: 'a container of many models', allowed: 'containers of one model', advice }];
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html */
function captureProblems(config: sagemaker.CfnEndpointConfig, containers: Container[]): Problem[] {
  const capture = known(config.dataCaptureConfig);
  if (capture === undefined) {
    const advice = 'use DataCapture.toBucket(bucket).applyTo(config, { grantee: role })';
    return config.dataCaptureConfig === undefined ? [notCapturing('no data capture', advice)] : [];
  }
  if (capture.enableCapture === false) {
    return [notCapturing('data capture that is disabled', 'set enableCapture, or a samplingPercentage of 0 to pause')];
  }
  return contentTypeProblems(capture, containers);
}

/** What is known at deployment only is not judged. */
function sideProblems(config: sagemaker.CfnEndpointConfig, { sides, reason }: CapturedNeeds): Problem[] {
  const options = known(known(config.dataCaptureConfig)?.captureOptions) ?? [];
  const modes = options.map((option) => known(option)?.captureMode);
  const isCaptured = (side: string) => modes.includes(side) || modes.includes(CaptureMode.INPUT_AND_OUTPUT);
  if (modes.length === 0 || modes.some(Token.isUnresolved) || modes.includes(undefined) || sides.every(isCaptured))
    return [];
  const allowed = `capture of ${sides.join(' and ')}`;
  const advice = `${reason}: use CaptureMode.INPUT_AND_OUTPUT`;
  return [{ prop: 'endpoint.dataCaptureConfig.captureOptions', got: modes.join(', '), allowed, advice }];
}

function notCapturing(got: string, advice: string): Problem {
  return { prop: 'endpoint', got, allowed: 'an endpoint that captures data', advice };
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CaptureContentTypeHeader.html */
function contentTypeProblems(capture: Capture, containers: Container[]): Problem[] {
  const header = known(capture.captureContentTypeHeader);
  if (header === undefined && capture.captureContentTypeHeader !== undefined) return [];
  const { csvContentTypes, jsonContentTypes } = header ?? {};
  if (csvContentTypes === undefined && jsonContentTypes === undefined) {
    const advice = "name text/csv or application/json there: all else is captured in base64, which monitors don't read";
    return [{ prop: HEADER, got: undefined, allowed: 'content types that are captured as text', advice }];
  }
  return [
    ...validateContentTypes(`${HEADER}.csvContentTypes`, csvContentTypes),
    ...validateContentTypes(`${HEADER}.jsonContentTypes`, jsonContentTypes),
    ...(capturesRequests(capture) ? containers : []).flatMap((container) =>
      packageProblems([...(csvContentTypes ?? []), ...(jsonContentTypes ?? [])], container),
    ),
  ];
}

function capturesRequests({ captureOptions }: Capture): boolean {
  return knownItems(captureOptions).some(({ captureMode }) => captureMode !== CaptureMode.OUTPUT);
}

const HEADER = 'endpoint.dataCaptureConfig.captureContentTypeHeader';

/** A package of the registry names the content types of its requests; when none is captured as text, no record can be read. */
function packageProblems(captured: string[], container: Container): Problem[] {
  const requestTypes = requestTypesOf(container);
  if (requestTypes.length === 0 || notIn(captured, requestTypes).length < requestTypes.length) return [];
  const advice = `the model package takes ${requestTypes.join(', ')}, which would be captured in base64`;
  return [{ prop: HEADER, got: captured, allowed: 'a content type of the requests', advice }];
}

function requestTypesOf(container: Container): string[] {
  const modelPackage = targetOf(container.modelPackageName);
  if (!sagemaker.CfnModelPackage.isCfnModelPackage(modelPackage)) return [];
  const types = known(modelPackage.inferenceSpecification)?.supportedContentTypes ?? [];
  return Tokenization.isResolvable(types) ? [] : types;
}
