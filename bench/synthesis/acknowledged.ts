// What an app that passes cdk-nag says beside its resources: why each wildcard stands, and each queue without a queue for dead letters.
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import * as cdk from 'aws-cdk-lib/core';
import type { Permission } from './hand-written';

/** Whether the app is to pass cdk-nag; the library's does. */
const PASSES_NAG = process.argv[3] === 'acknowledged';

/** Of a role's policy; the text of a finding is the rule's, with attributes of resources as `<LogicalId.Attribute>`. */
export function acknowledgeWildcards(role: iam.Role, permissions: readonly Permission[]): void {
  if (!PASSES_NAG) return;
  const texts = permissions.flatMap(({ resources }) => resources).map((resource) => flattened(role, resource));
  const rules = [...new Set(texts.filter((text) => text.includes('*')))].map((text) => ({
    id: `AwsSolutions-IAM5[Resource::${text}]`,
    reason: 'keys and names are made at run time: this prefix is all that is known of them before',
  }));
  cdk.Validations.of(role).acknowledge(...rules);
}

/** Of a queue for dead letters. */
export function acknowledgeQueue(queue: sqs.Queue): void {
  if (!PASSES_NAG) return;
  const reason = 'this queue is itself the place for what could not be delivered';
  cdk.Validations.of(queue).acknowledge({ id: 'AwsSolutions-SQS3', reason });
}

type Part = string | { readonly Ref: string } | { readonly 'Fn::GetAtt': readonly [string, string] };

function flattened(role: iam.Role, text: string): string {
  if (!cdk.Token.isUnresolved(text)) return text;
  const resolved: Part | { readonly 'Fn::Join': readonly [string, Part[]] } = role.stack.resolve(text);
  const parts = typeof resolved === 'object' && 'Fn::Join' in resolved ? resolved['Fn::Join'][1] : [resolved];
  return parts.map(partText).join('');
}

function partText(part: Part): string {
  if (typeof part === 'string') return part;
  return `<${'Ref' in part ? part.Ref : part['Fn::GetAtt'].join('.')}>`;
}
