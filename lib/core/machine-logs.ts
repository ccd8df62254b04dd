import { Annotations, Names, Stack, Stage, Token } from 'aws-cdk-lib';
import type { CfnLogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { hasVendedLogs, sharedLogGroup } from './stack-resources';

/**
 * Log groups below it are listed in no resource policy one by one.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
 */
const VENDED = '/aws/vendedlogs/states';

/** Of the resource policy of an account and region in which Step Functions lists all others. */
const POLICY_CHARACTERS = 5120;

/** What CloudFormation adds to the names of a stack and of a resource, and what stands around a name in the policy. */
const SUFFIX = '-123456789012'.length;
const AROUND = '"arn:aws-us-gov:logs:ap-southeast-2:111122223333:log-group::*",'.length;

/**
 * The log group of a state machine of this library. Where the names of those in an app fill the resource policy of an account and region by themselves, synthesis says so, once.
 *
 * @internal
 */
export function machineLogGroup(scope: Construct, id: string): LogGroup {
  if (hasVendedLogs(scope)) return sharedLogGroup(scope, id, vendedName(scope));
  const group = sharedLogGroup(scope, id);
  groupsBeside(group).push(group);
  return group;
}

/** A stack's name is its own in an account and region, and the rest in the stack. */
function vendedName(scope: Construct): string {
  return `${VENDED}/${Stack.of(scope).stackName}/${Names.uniqueResourceName(scope, { maxLength: 100, separator: '-' })}`;
}

/** Those with names of CloudFormation's, by what is synthesized together. */
const LISTED = new WeakMap<Construct, LogGroup[]>();

function groupsBeside(group: LogGroup): LogGroup[] {
  const stage = Stage.of(group) ?? Stack.of(group);
  const known = LISTED.get(stage);
  if (known) return known;
  const groups: LogGroup[] = [];
  LISTED.set(stage, groups);
  stage.node.addValidation({
    validate: () => {
      for (const together of byEnvironment(groups)) sayIfFull(together);
      return [];
    },
  });
  return groups;
}

function byEnvironment(groups: readonly LogGroup[]): Iterable<LogGroup[]> {
  const found = new Map<string, LogGroup[]>();
  for (const group of groups) {
    const { account, region } = Stack.of(group);
    const key = JSON.stringify([account, region].map((one) => (Token.isUnresolved(one) ? '' : one)));
    found.set(key, [...(found.get(key) ?? []), group]);
  }
  return found.values();
}

function sayIfFull(groups: readonly LogGroup[]): void {
  const characters = groups.reduce((sum, group) => sum + AROUND + nameLength(group), 0);
  if (characters <= POLICY_CHARACTERS) return;
  Annotations.of(groups[0]).addInfoV2(
    'cdk-sagemaker-monitoring:machineLogGroups',
    `the names of ${groups.length} log groups of state machines take ${characters} characters of a resource policy that has room for ${POLICY_CHARACTERS} in an account and region, ` +
      'if all their stacks are deployed to one: a deployment may fail there. Make a StackResources with vendedLogs in stacks that are not deployed yet',
  );
}

function nameLength(group: LogGroup): number {
  const stack = Stack.of(group);
  const { logicalId } = group.node.defaultChild as CfnLogGroup;
  return stack.stackName.length + 1 + String(stack.resolve(logicalId)).length + SUFFIX;
}
