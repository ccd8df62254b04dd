import { CfnResource, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { throwIfAny } from '../core/validation-error';
import { targetOf } from './known-properties';

/** Properties of these are create-only, so that each new model, version or configuration is another resource with another name. */
const REPLACED = ['AWS::SageMaker::Model', 'AWS::SageMaker::ModelPackage', 'AWS::SageMaker::EndpointConfig'];

/**
 * Refuses the name or ARN of a resource of another stack that is replaced with each change. The stack that has it would export it, and CloudFormation
 * does not change an export that is in use: the first deployment works, and none with another model. A weak reference (`Fn::GetStackOutput`) is no way
 * out: it keeps the old name until its own stack has another reason to be deployed.
 *
 * Stacks that are nested in one another hand such values on as parameters, which change.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
 * @internal
 */
export function refuseReplacedElsewhere(scope: Construct, prop: string, value: string): void {
  const target = targetOf(value);
  if (!CfnResource.isCfnResource(target) || !REPLACED.includes(target.cfnResourceType)) return;
  const [there, here] = [outermost(Stack.of(target)), outermost(Stack.of(scope))];
  if (there === here) return;
  const got = `${target.cfnResourceType} ${target.node.path}`;
  const allowed = `one of the same stack, '${here.node.path}', or a name that you chose`;
  const advice = `each change replaces it, and an export in use cannot change: move one of the two into the stack of the other`;
  throwIfAny('ReplacedInOtherStack', [{ prop, got, allowed, advice }], scope);
}

function outermost(stack: Stack): Stack {
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}
