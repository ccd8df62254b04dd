import { DISABLE_CREATION_STACK_TRACES } from 'aws-cdk-lib/cx-api';
import type { IConstruct } from 'constructs';

/**
 * Lets the resources that will be made below a construct keep no stack trace of their creation: their paths say what they belong to, and in an app with hundreds of
 * monitors the traces are about a tenth of the synthesis.
 *
 * `cdk --debug` brings them back, as does the context `"aws:cdk:disable-creation-stack-traces": false`.
 *
 * @internal
 */
export function withoutCreationStacks({ node }: IConstruct): void {
  if (node.tryGetContext(DISABLE_CREATION_STACK_TRACES) === undefined)
    node.setContext(DISABLE_CREATION_STACK_TRACES, true);
}
