import * as sns from 'aws-cdk-lib/aws-sns';
import { inputTransformer, transformedInput } from '../../lib/cloud/account/input-transformer';
import type { BusEvent } from '../../lib/cloud/account/recorder';
import { matchesPattern } from '../../lib/cloud/semantics/event-pattern/event-pattern';
import { DIGEST_SECONDS, type DigestRequest } from '../../lib/notification/contract';
import { handler } from '../../lib/notification/digest.lambda';
import { ViolationDigest } from '../../lib/notification/violation-digest';
import {
  EVENT_DETAIL_TYPE,
  EVENT_SOURCE,
  type ExecutionCompletedDetail,
  type ExecutionReport,
} from '../../lib/outcome/contract';
import { believingEvents, givenReports, groupOf, newStack } from '../monitor/fixtures';
import { resourceOf } from '../monitor/readable-template';
import { Cloud } from './cloud';
import type { Invocation, Services } from './stage';

// From a report and an event on the bus to messages: the rule as it is synthesized, the queue of Lambda that tries three times, and the queue of what could
// not be told.

/** A message as a topic got it. */
interface Message {
  readonly Subject: string;
  readonly Message: string;
}

/** The rule of a digest that knows where reports lie, or does not, as its template has it. */
function ruleOf(isKnown: boolean) {
  const stack = newStack();
  if (!isKnown) believingEvents(stack);
  new ViolationDigest(stack, 'Digest', {
    monitors: groupOf(['Stack/Monitor'], undefined, isKnown ? { 'Stack/Monitor': givenReports(stack) } : undefined),
    topic: new sns.Topic(stack, 'Topic'),
  });
  const { EventPattern, Targets } = resourceOf(stack, 'AWS::Events::Rule').Properties;
  return { pattern: EventPattern, input: inputTransformer(Targets[0].InputTransformer, 'the rule') };
}

const [KNOWING, BELIEVING] = [true, false].map(ruleOf);

/** Seconds that Lambda waits before it tries again. */
const RETRIES = [60, 120];

/** How the bus treats events. */
export interface Delivery {
  /** how often an event is delivered */
  readonly times: () => number;
  /** false for a function without a queue for what it could not tell */
  readonly hasQueue?: boolean;
  /** true for a rule that does not know where reports lie */
  readonly isBelieving?: boolean;
  /** false for a store that ignores the conditions of writes */
  readonly keepsConditions?: boolean;
}

/** A bus with the rule of a digest, a topic, and the reports of a monitor. */
export class DigestCloud implements Services {
  public readonly busEvents: BusEvent[] = [];
  public readonly messages: Message[] = [];
  /** ids of events */
  public readonly deadLetters: string[] = [];
  /** as they stand, by `reportUri` */
  public readonly reports = new Map<string, ExecutionReport>();
  private readonly store: Cloud;
  private readonly waiting: Invocation[] = [];

  constructor(private readonly delivery: Delivery) {
    this.store = new Cloud(new Map(), delivery.keepsConditions);
  }

  public answer(command: string, input: Record<string, unknown>): object {
    if (command === 'PublishCommand') return this.publish(input as never);
    return this.store.answer(command, input);
  }

  public invoked(): readonly Invocation[] {
    return this.waiting.splice(0);
  }

  /** A report is written, in place of what stood there. */
  public write(report: ExecutionReport): void {
    const { reportUri } = report.outcome;
    this.reports.set(reportUri, report);
    this.store.objects.set(`${reportUri.slice('s3://'.length)}report.json`, JSON.stringify(report));
  }

  /** An event, of what there is to tell, or as somebody made it up. */
  public deliver(outcome: ExecutionCompletedDetail): void {
    const event: BusEvent = {
      version: '0',
      id: `event ${this.busEvents.length + 1}`,
      source: EVENT_SOURCE,
      'detail-type': EVENT_DETAIL_TYPE,
      account: '111122223333',
      region: 'eu-west-1',
      time: new Date().toISOString(),
      resources: [],
      detail: JSON.parse(JSON.stringify(outcome)),
    };
    this.busEvents.push(event);
    const rule = this.delivery.isBelieving ? BELIEVING : KNOWING;
    if (!matchesPattern(rule.pattern, event)) return;
    const request: DigestRequest = JSON.parse(transformedInput(rule.input, event));
    for (let time = this.delivery.times(); time > 0; time--) this.waiting.push(this.digestion(request, time));
  }

  private digestion(request: DigestRequest, delivery: number): Invocation {
    return {
      name: `digest ${request.eventId}, delivery ${delivery}`,
      attempts: 1 + RETRIES.length,
      retryAfterSeconds: RETRIES,
      limitSeconds: DIGEST_SECONDS.limit,
      invoke: () => handler(request),
      followers: ({ hasSucceeded }) => {
        if (!hasSucceeded && (this.delivery.hasQueue ?? true)) this.deadLetters.push(request.eventId);
        return [];
      },
    };
  }

  private publish({ Subject, Message }: Message): object {
    this.messages.push({ Subject, Message });
    return { MessageId: `message ${this.messages.length}` };
  }
}
