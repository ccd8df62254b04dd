import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';

/**
 * The name of an endpoint as it is called, or undefined when the reference holds only its ARN.
 *
 * It is not read from the ARN, where SageMaker writes it in lower case: capture prefixes and metric dimensions need the
 * name itself.
 *
 * @internal
 */
export function endpointNameOf(endpoint: sagemaker.IEndpointRef): string | undefined {
  // its property `endpointName` is only what the user has set
  if (sagemaker.CfnEndpoint.isCfnEndpoint(endpoint)) return endpoint.attrEndpointName;
  return hasName(endpoint) ? endpoint.endpointName : undefined;
}

function hasName(endpoint: sagemaker.IEndpointRef): endpoint is sagemaker.IEndpoint {
  return 'endpointName' in endpoint && typeof endpoint.endpointName === 'string';
}
