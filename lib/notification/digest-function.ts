import { Duration, Lazy, type Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterQueue } from '../core/dead-letter-queue';
import { documentationUrlOf } from '../core/documentation';
import { HandlerFunction } from '../core/handler-function';
import { servedTarget, serveRules } from '../core/rule-delivery';
import { drawsRuns } from '../core/stack-resources';
import { stackSingleton } from '../core/stack-singleton';
import { readReports, reportedMonitors } from '../monitor/group-reports';
import { hasTest } from '../monitor/tested-pair';
import { reconcilerIdOf, stackNameOf } from '../outcome/monitor-id';
import { NOTE_SUFFIX } from '../outcome/retraining/contract';
import { TEST_FILE } from '../outcome/tested/contract';
import { DIGEST_SECONDS, type DigestRequest, type MessageSettings } from './contract';
import { refuseOtherForm } from './topic-forms';
import type { ViolationDigestProps } from './violation-digest';

/**
 * Writes the messages of all digests of a stack: each rule tells it the topic, so that a further digest costs its rule alone.
 *
 * @internal
 */
export class DigestFunction extends Construct {
  /** That of a stack, created when it is first asked for. */
  public static of(scope: Construct): DigestFunction {
    return stackSingleton(scope, 'Digest', (stack, id) => new DigestFunction(stack, id));
  }

  public readonly handler: HandlerFunction;
  public readonly deadLetterQueue: sqs.Queue;

  private constructor(stack: Stack, id: string) {
    super(stack, id);
    this.handler = new HandlerFunction(this, 'Function', {
      handler: 'digest',
      description: 'Model monitoring: tells a topic what a monitor found',
      timeout: Duration.seconds(DIGEST_SECONDS.limit),
      memorySize: 256,
    });
    this.deadLetterQueue = deadLetterQueue(this);
    serveRules(this.handler);
  }

  /** The target of a digest's rule, whose events are told to a topic. */
  public target(digest: Construct, props: ViolationDigestProps): events.IRuleTarget {
    const { topic, monitors } = props;
    refuseOtherForm(digest, topic, props.format);
    topic.grantPublish(this.handler);
    const beside = (monitorId: string) => (hasTest(digest, monitorId) ? `/${TEST_FILE}` : undefined);
    readReports(digest, this, { monitors, grantee: this.handler, deed: 'send a message', notes: NOTE_SUFFIX, beside });
    const reports = reportedMonitors(digest, monitors);
    const documentationUrl = documentationUrlOf(digest);
    const input = { ...requestOf(topic), reports, documentationUrl, message: messageOf(digest, props) };
    return servedTarget(this.handler, events.RuleTargetInput.fromObject(input));
  }
}

/** What the function is told of how messages are written. Whether the runs of monitors of another stack are drawn is not known. */
function messageOf(
  digest: Construct,
  props: ViolationDigestProps,
): { readonly [member in keyof MessageSettings]: unknown } {
  const { format, consoleSignIn, dashboardName, monitors } = props;
  const isOwn = (monitorId: string) => stackNameOf(monitorId) === reconcilerIdOf(digest);
  const produce = () => (drawsRuns(digest) && monitors.monitorIds.every(isOwn) ? true : undefined);
  const areTested = () => (monitors.monitorIds.some((monitorId) => hasTest(digest, monitorId)) ? true : undefined);
  const lazy = { hasPages: Lazy.any({ produce }), hasTests: Lazy.any({ produce: areTested }) };
  return { format, consoleSignIn, dashboardName, ...lazy };
}

/** What the function is told: the topic, and what of the event it reads. */
function requestOf({ topicArn }: sns.ITopic): { readonly [member in keyof DigestRequest]?: string } {
  const { eventId, account, region, fromPath } = events.EventField;
  return { topicArn, eventId, account, region, detail: fromPath('$.detail') };
}
