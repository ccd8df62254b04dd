import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Construct } from 'constructs';
import { InstanceType } from '../../lib/endpoint/instance-type';
import { Model } from '../../lib/endpoint/model';
import { ModelImage } from '../../lib/endpoint/model-image';
import { ProductionVariant } from '../../lib/endpoint/production-variant';

export const ENV = { account: '111122223333', region: 'eu-west-1' };
export const IMAGE_URI = '141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:1.7-1';

export function newStack(): Stack {
  return new Stack(new App(), 'Stack', { env: ENV });
}

export function newModel(scope: Construct, id = 'Model'): Model {
  return new Model(scope, id, { image: ModelImage.fromUri(IMAGE_URI) });
}

export function newVariant(scope: Construct, variantName = 'live'): ProductionVariant {
  const model = newModel(scope, `Model-${variantName}`);
  return ProductionVariant.instances(variantName, { model, instanceType: InstanceType.of('ml.m5.large') });
}

/** What every policy of the stack allows, wherever the statement stands. */
export function statementsOf(stack: Stack): { Action: string | string[]; Resource: unknown; Condition?: unknown }[] {
  const template = Template.fromStack(stack);
  const inline = Object.values(template.findResources('AWS::IAM::Role')).flatMap(
    (role) => role.Properties.Policies ?? [],
  );
  const separate = Object.values(template.findResources('AWS::IAM::Policy')).map((policy) => policy.Properties);
  return [...inline, ...separate].flatMap((policy) => policy.PolicyDocument.Statement);
}

export function statementsAbout(stack: Stack, service: string) {
  return statementsOf(stack).filter(({ Action }) => [Action].flat().some((action) => action.startsWith(`${service}:`)));
}
