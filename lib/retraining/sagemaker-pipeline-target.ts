import { Annotations, type Duration, Names, Stack, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allow } from '../core/allow';
import { DURATION, PIPELINE, QUEUE, ROLE } from '../core/cdk-shapes';
import { InlineRole } from '../core/inline-role';
import { map, NUMBER, optional, requireProps, struct, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny, ValidationError } from '../core/validation-error';
import { pipelineArnOf, pipelineArnsForPolicy, validateEnvironment, validateParameters } from './pipeline-start';

/** How a rule starts a SageMaker pipeline. */
export interface SageMakerPipelineTargetProps {
  /**
   * Values of the pipeline's parameters by name: a fixed text, or a JSON path into the event such as
   * `$.detail.monitorId`. At most 200.
   *
   * @default - the defaults of the pipeline
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/pipeline-eventbridge.html
   */
  readonly parameters?: { [name: string]: string };

  /**
   * The role with which EventBridge starts the pipeline; what it needs is added to it.
   *
   * @default - a role that may start this pipeline, and nothing else, for rules of this account and region
   */
  readonly role?: iam.IRole;

  /**
   * Takes the events with which the pipeline could not be started.
   *
   * @default - such events are lost
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
   */
  readonly deadLetterQueue?: sqs.IQueue;

  /**
   * How long EventBridge tries to start the pipeline: 60 seconds to 24 hours.
   *
   * @default Duration.hours(24)
   */
  readonly maxEventAge?: Duration;

  /**
   * How often EventBridge tries again: a whole number from 0 to 185.
   *
   * @default 185
   */
  readonly retryAttempts?: number;
}

const PROPS = struct<SageMakerPipelineTargetProps>({
  parameters: optional(map(TEXT)),
  role: optional(ROLE),
  deadLetterQueue: optional(QUEUE),
  maxEventAge: optional(DURATION),
  retryAttempts: optional(NUMBER),
});

/**
 * Starts a SageMaker pipeline from any EventBridge rule.
 *
 * Every matching event starts a run, and EventBridge may deliver an event twice: use `RetrainingTrigger` where a run too
 * many costs.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/pipeline-eventbridge.html
 *
 * @example
 * import * as events from 'aws-cdk-lib/aws-events';
 * import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
 *
 * declare const rule: events.Rule;
 * const pipeline = sagemaker.CfnPipeline.fromPipelineName(this, 'Pipeline', 'churn-training');
 * rule.addTarget(new SageMakerPipelineTarget(pipeline, { parameters: { Reason: '$.detail-type' } }));
 */
export class SageMakerPipelineTarget implements events.IRuleTarget {
  private readonly pipeline: sagemaker.IPipelineRef;
  private readonly props: SageMakerPipelineTargetProps;

  /**
   * Describes how a rule starts a pipeline.
   *
   * @param pipeline in the account and region of the rule
   * @param props parameters, role and retries
   */
  constructor(pipeline: sagemaker.IPipelineRef, props: SageMakerPipelineTargetProps = {}) {
    requireProps({ pipeline, props }, { pipeline: PIPELINE, props: PROPS });
    throwIfAny('InvalidPipelineTarget', [
      ...validateParameters(props.parameters),
      ...validateAge(props.maxEventAge),
      ...validateAttempts(props.retryAttempts),
    ]);
    this.pipeline = pipeline;
    this.props = props;
  }

  /**
   * Called by the rule to which the target is added.
   *
   * @param rule a rule of this app, not an imported one
   * @param id that the rule gives its target
   */
  public bind(rule: events.IRuleRef, id?: string): events.RuleTargetConfig {
    const { deadLetterQueue, maxEventAge, retryAttempts } = this.props;
    throwIfAny('InvalidPipelineTarget', validateEnvironment(this.pipeline, rule), rule);
    const { scope, resource, index } = ownRule(rule, id);
    this.overrideParameters(resource, index);
    if (deadLetterQueue) permitDeadLetters(rule, deadLetterQueue);
    const retries = maxEventAge !== undefined || retryAttempts !== undefined;
    // neither `id`, from which the index comes, nor `targetResource`, for which the CDK may make a rule of its own
    return {
      arn: pipelineArnOf(this.pipeline),
      role: this.permittedRole(scope, index),
      deadLetterConfig: deadLetterQueue && { arn: deadLetterQueue.queueArn },
      retryPolicy: retries
        ? { maximumEventAgeInSeconds: maxEventAge?.toSeconds(), maximumRetryAttempts: retryAttempts }
        : undefined,
    };
  }

  /** `RuleTargetConfig` cannot carry the parameters: it drops what it does not know. */
  private overrideParameters(resource: events.CfnRule, index: string): void {
    const list = Object.entries(this.props.parameters ?? {}).map(([Name, Value]) => ({ Name, Value }));
    if (list.length === 0) return;
    resource.addPropertyOverride(`Targets.${index}.SageMakerPipelineParameters`, { PipelineParameterList: list });
  }

  private permittedRole(scope: Construct, index: string): iam.IRole {
    const role = this.props.role ?? createRole(scope, `Target${index}Role`);
    allow(role, {
      actions: ['sagemaker:StartPipelineExecution'],
      resources: pipelineArnsForPolicy(this.pipeline),
    });
    return role;
  }
}

/** A rule whose template can be changed, and the place of the target in it. */
interface OwnRule {
  readonly scope: Construct;
  readonly resource: events.CfnRule;
  readonly index: string;
}

function ownRule(rule: events.IRuleRef, id?: string): OwnRule {
  const resource = rule.node.defaultChild;
  const index = /^Target(\d+)$/.exec(id ?? '')?.[1];
  if (Construct.isConstruct(rule) && events.CfnRule.isCfnRule(resource) && index !== undefined) {
    return { scope: rule, resource, index };
  }
  const allowed = 'a rule made with new Rule(), which calls bind itself by addTarget()';
  throw new ValidationError('InvalidPipelineTarget', [{ prop: 'rule', got: rule.node.path, allowed }], rule);
}

/** Trusts the rules of this account and region: the ARN of the rule itself would make a cycle, as the rule names the role. */
function createRole(scope: Construct, id: string): iam.IRole {
  const stack = Stack.of(scope);
  const conditions = {
    StringEquals: { 'aws:SourceAccount': stack.account },
    ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'events', resource: 'rule', resourceName: '*' }) },
  };
  return new InlineRole(scope, id, {
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
    assumedBy: 'events.amazonaws.com',
    conditions,
    description: 'Starts a SageMaker pipeline for an EventBridge rule',
  });
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html#eb-dlq-perms */
function permitDeadLetters(rule: events.IRuleRef, queue: sqs.IQueue): void {
  const { statementAdded } = queue.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: `AllowEventRule${Names.nodeUniqueId(rule.node)}`,
      principals: [new iam.ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleRef.ruleArn } },
    }),
  );
  if (statementAdded) return;
  Annotations.of(rule).addWarningV2(
    'cdk-sagemaker-monitoring:deadLetterQueuePolicy',
    `the policy of the imported queue ${queue.queueName} cannot be changed: permit events.amazonaws.com to call sqs:SendMessage on it for this rule, or failed starts are lost`,
  );
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html */
function validateAge(maxEventAge?: Duration): Problem[] {
  if (maxEventAge === undefined || maxEventAge.isUnresolved()) return [];
  const seconds = maxEventAge.toSeconds({ integral: false });
  if (Number.isInteger(seconds) && seconds >= 60 && seconds <= 86_400) return [];
  return [{ prop: 'maxEventAge', got: maxEventAge.toString(), allowed: '60 seconds to 24 hours, in whole seconds' }];
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html */
function validateAttempts(retryAttempts?: number): Problem[] {
  if (retryAttempts === undefined || Token.isUnresolved(retryAttempts)) return [];
  if (Number.isInteger(retryAttempts) && retryAttempts >= 0 && retryAttempts <= 185) return [];
  return [{ prop: 'retryAttempts', got: retryAttempts, allowed: 'a whole number from 0 to 185' }];
}
