import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { HandlerFunction } from '../core/handler-function';
import { stackSingleton } from '../core/stack-singleton';
import type { IMonitorGroup } from '../monitor/monitor-group';
import { outcomePattern, validateOutcomePattern } from '../monitor/outcome-pattern';
import { DIGEST_ENV } from './contract';

/** Props of a `ViolationDigest`. */
export interface ViolationDigestProps {
  /**
   * The monitors whose outcome is told. Monitors that join the group later are included; a group that stays empty is an error at
   * synthesis.
   */
  readonly monitors: IMonitorGroup;

  /** Receives the messages. */
  readonly topic: sns.ITopic;
}

/**
 * Tells people what a monitor found, in words: which feature, what was expected, what was seen, where the report is.
 *
 * One message for each run that found violations or failed:
 *
 * ```text
 * Subject: 2 violations in data quality of churn (Stack/Monitor)
 * - tenure: expected 100% of the values to be present, saw 97.85%
 * ```
 */
export class ViolationDigest extends Construct {
  /** Matches the outcomes that are told. */
  public readonly rule: events.Rule;

  /** Writes the messages. */
  public readonly handler: lambda.IFunction;

  /** Takes the outcomes that could not be told; the digests of a stack share it. */
  public readonly deadLetterQueue: sqs.IQueue;

  constructor(scope: Construct, id: string, props: ViolationDigestProps) {
    super(scope, id);
    const handler = new HandlerFunction(this, 'Digest', {
      handler: 'digest',
      description: 'Model monitoring: tells a topic what a monitor found',
      timeout: Duration.seconds(30),
      memorySize: 256,
      environment: { [DIGEST_ENV.topicArn]: props.topic.topicArn },
    });
    props.topic.grantPublish(handler);
    this.handler = handler;
    this.deadLetterQueue = deadLetterQueueOf(this);
    // EventBridge only hands over: when the handler itself fails, it is Lambda that tries again and gives up
    handler.configureAsyncInvoke({ onFailure: new destinations.SqsDestination(this.deadLetterQueue) });
    this.rule = new events.Rule(this, 'Rule', {
      description: 'Runs of model monitors that found violations or failed',
      eventPattern: outcomePattern(props.monitors, ['CompletedWithViolations', 'Failed']),
      targets: [
        new targets.LambdaFunction(handler, {
          deadLetterQueue: this.deadLetterQueue,
          maxEventAge: Duration.hours(2),
          retryAttempts: 10,
        }),
      ],
    });
    validateOutcomePattern(this.rule, props.monitors);
  }
}

function deadLetterQueueOf(scope: Construct): sqs.IQueue {
  return stackSingleton(scope, 'DigestDeadLetters', (stack, id) => {
    return new sqs.Queue(stack, id, {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
  });
}
