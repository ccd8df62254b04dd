import * as sns from 'aws-cdk-lib/aws-sns';
import { inputTransformer, transformedInput } from '../../lib/cloud/account/input-transformer';
import type { BusEvent } from '../../lib/cloud/account/recorder';
import { matchesPattern } from '../../lib/cloud/semantics/event-pattern/event-pattern';
import type { DigestRequest } from '../../lib/notification/contract';
import { handler } from '../../lib/notification/digest.lambda';
import { ViolationDigest } from '../../lib/notification/violation-digest';
import { groupOf, newStack } from '../monitor/fixtures';
import { resourceOf } from '../monitor/readable-template';
import type { Invocation, Services } from './stage';

// From an outcome that is put on the bus to messages: the rule as it is synthesized, the queue of Lambda that tries three times, and the queue of what could not
// be told.

/** A message as a topic got it. */
interface Message {
  readonly Subject: string;
  readonly Message: string;
}

/** The rule of a digest, as its template has it. */
const RULE = (() => {
  const stack = newStack();
  new ViolationDigest(stack, 'Digest', {
    monitors: groupOf(['Stack/Monitor']),
    topic: new sns.Topic(stack, 'Topic'),
  });
  const { EventPattern, Targets } = resourceOf(stack, 'AWS::Events::Rule').Properties;
  return { pattern: EventPattern, input: inputTransformer(Targets[0].InputTransformer, 'the rule') };
})();

/** How the bus treats events. */
interface Delivery {
  /** how often an event is delivered */
  readonly times: () => number;
  /** false for a function without a queue for what it could not tell */
  readonly hasQueue?: boolean;
}

/** A bus with the rule of a digest, and a topic. */
export class DigestCloud implements Services {
  public readonly busEvents: BusEvent[] = [];
  public readonly messages: Message[] = [];
  /** ids of events */
  public readonly deadLetters: string[] = [];
  private readonly waiting: Invocation[] = [];

  constructor(private readonly delivery: Delivery) {}

  public answer(command: string, input: Record<string, unknown>): object {
    if (command === 'PublishCommand') return this.publish(input as never);
    throw new Error(`the cloud of these tests does not know ${command}`);
  }

  public invoked(): readonly Invocation[] {
    return this.waiting.splice(0);
  }

  /** An event as somebody put it. */
  public deliver({ Source, DetailType, Detail }: BusEntry): void {
    const event: BusEvent = {
      version: '0',
      id: `event ${this.busEvents.length + 1}`,
      source: Source,
      'detail-type': DetailType,
      account: '111122223333',
      region: 'eu-west-1',
      time: new Date().toISOString(),
      resources: [],
      detail: JSON.parse(Detail),
    };
    this.busEvents.push(event);
    if (!matchesPattern(RULE.pattern, event)) return;
    const request: DigestRequest = JSON.parse(transformedInput(RULE.input, event));
    for (let time = this.delivery.times(); time > 0; time--) this.waiting.push(this.digestion(request));
  }

  private digestion(request: DigestRequest): Invocation {
    return {
      name: `digest ${request.eventId}`,
      attempts: 3,
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

/** An event as it is put. */
export interface BusEntry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}
