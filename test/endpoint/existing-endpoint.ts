import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { IMAGE_URI } from './fixtures';

type Parts<T> = { -readonly [K in keyof T]?: T[K] };

/** What a hand-written endpoint has beside, or in place of, what it needs. */
export interface ExistingEndpointParts {
  readonly container?: Parts<sagemaker.CfnModel.ContainerDefinitionProperty>;
  readonly variant?: Parts<sagemaker.CfnEndpointConfig.ProductionVariantProperty>;
  readonly config?: Parts<sagemaker.CfnEndpointConfigProps>;
}

/** An endpoint as it is written by hand, without this library: role, model, configuration, endpoint. */
export function existingEndpoint(stack: Stack, parts: ExistingEndpointParts = {}) {
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
  const model = new sagemaker.CfnModel(stack, 'Model', {
    executionRoleArn: role.roleArn,
    primaryContainer: { image: IMAGE_URI, ...parts.container },
  });
  const config = new sagemaker.CfnEndpointConfig(stack, 'Config', {
    productionVariants: [
      {
        variantName: 'live',
        modelName: model.attrModelName,
        instanceType: 'ml.m5.large',
        initialInstanceCount: 1,
        initialVariantWeight: 1,
        ...parts.variant,
      },
    ],
    ...parts.config,
  });
  const endpoint = new sagemaker.CfnEndpoint(stack, 'Endpoint', { endpointConfigName: config.attrEndpointConfigName });
  return { role, model, config, endpoint };
}
