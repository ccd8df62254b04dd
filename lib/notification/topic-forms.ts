import { Stack } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ValidationError } from '../core/validation-error';
import { MessageFormat } from './message-options';

/** What the messages of a stack are, by the ARN of their topic. */
const FORMS = new WeakMap<Stack, Map<string, MessageFormat>>();

/** Refuses messages of a form to a topic that gets others: who reads one form cannot read the other. */
export function refuseOtherForm(scope: Construct, { topicArn }: sns.ITopic, got = MessageFormat.TEXT): void {
  const stack = Stack.of(scope);
  const forms = FORMS.get(stack) ?? new Map<string, MessageFormat>();
  FORMS.set(stack, forms);
  const allowed = forms.get(topicArn) ?? got;
  forms.set(topicArn, allowed);
  if (got === allowed) return;
  const advice = 'another digest or watch sends that to the topic; give each form a topic of its own';
  throw new ValidationError('TopicOfTwoForms', [{ prop: 'format', got, allowed, advice }], scope);
}
