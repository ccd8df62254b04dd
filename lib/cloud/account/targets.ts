import { createHash } from 'node:crypto';
import type { Statement } from '../semantics/policy/policy';
import type { Authorizer } from './authorizer';
import type { Functions } from './functions';
import { type InputTransformer, transformedInput } from './input-transformer';
import type { Machines } from './machines';
import type { Pipelines } from './pipelines';
import type { BusEvent, Recorder } from './recorder';
import type { Simulation } from './simulation';
import type { Topics } from './topics';

/** One target of a rule. */
export interface EventTarget {
  readonly id: string;
  readonly arn: string;
  readonly roleArn?: string;
  /** replaces the event, where given */
  readonly input?: string;
  /** makes something else of the event, where given */
  readonly transformer?: InputTransformer;
}

/** A queue of the account and the messages in it. */
export interface Queue {
  readonly arn: string;
  readonly name: string;
  readonly policy: Statement[];
  readonly messages: string[];
}

/** What deliveries need. */
export interface TargetDeliveryProps {
  readonly simulation: Simulation;
  readonly recorder: Recorder;
  readonly authorizer: Authorizer;
  readonly functions: Functions;
  readonly machines: Machines;
  readonly pipelines: Pipelines;
  readonly topics: Topics;
  readonly queues: ReadonlyMap<string, Queue>;
}

/** The services that a rule's target may be of; the part of an ARN behind the partition. */
export const TARGET_SERVICES = ['lambda', 'sns', 'sqs', 'states', 'sagemaker'];

const EVENTS = 'events.amazonaws.com';
/**
 * Minutes between the attempts of an asynchronous invocation.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
const ASYNC_RETRY_MINUTES = [1, 2];

interface AsynchronousCall {
  readonly arn: string;
  readonly event: unknown;
  readonly invokedBy: string;
}

/** Hands events to targets, as EventBridge does: only with the permission of the target's policy, or of the target's role. */
export class TargetDelivery {
  private count = 0;

  public constructor(private readonly props: TargetDeliveryProps) {}

  /** Delivers once; a refusal is recorded, never thrown. */
  public async deliver(target: EventTarget, event: BusEvent, ruleArn: string): Promise<void> {
    const input = inputOf(target, event);
    const refusal = this.refusal(target, ruleArn) ?? this.handOver(target, input, ruleArn);
    this.props.recorder.deliveries.push({
      time: this.props.recorder.time,
      from: ruleArn,
      to: target.arn,
      delivered: refusal === undefined,
      reason: refusal ?? 'allowed',
      eventId: event.id,
    });
    if (refusal !== undefined) {
      this.props.recorder.problem('event', 'an event was not delivered', `${ruleArn} to ${target.arn}: ${refusal}`);
    }
  }

  private refusal(target: EventTarget, ruleArn: string): string | undefined {
    const { authorizer } = this.props;
    const resource = target.arn;
    const byPolicy = (action: string, resourcePolicy: readonly Statement[] | undefined) =>
      resourcePolicy === undefined
        ? `${resource} is not part of the deployed stacks`
        : authorizer.refuseService(
            { service: EVENTS, action, resource, resourcePolicy, context: { 'aws:SourceArn': ruleArn } },
            'event',
          );
    switch (serviceOf(resource)) {
      case 'lambda':
        return byPolicy('lambda:InvokeFunction', this.props.functions.find(resource)?.policy);
      case 'sns':
        return byPolicy('sns:Publish', this.props.topics.get(resource)?.policy);
      case 'sqs':
        return byPolicy('sqs:SendMessage', this.props.queues.get(resource)?.policy);
      case 'states':
        return this.refusalByRole(target, 'states:StartExecution', ruleArn);
      default:
        return this.refusalByRole(target, 'sagemaker:StartPipelineExecution', ruleArn);
    }
  }

  private refusalByRole({ arn, roleArn }: EventTarget, action: string, ruleArn: string): string | undefined {
    if (roleArn === undefined) {
      return `the target has no RoleArn, which ${action} needs`;
    }
    const { authorizer } = this.props;
    return (
      authorizer.refuseAssume({ service: EVENTS, roleArn, sourceArn: ruleArn }, 'event') ??
      authorizer.refuseRole(roleArn, { action, resource: arn }, 'event')
    );
  }

  /** Undefined when the target took it. */
  private handOver(target: EventTarget, input: string, ruleArn: string): string | undefined {
    this.count++;
    const { machines, pipelines, queues, simulation, topics } = this.props;
    const topic = topics.get(target.arn);
    switch (serviceOf(target.arn)) {
      case 'lambda':
        simulation.after(0, () => this.invoke({ arn: target.arn, event: JSON.parse(input), invokedBy: ruleArn }));
        return undefined;
      case 'sns':
        return topic === undefined ? 'no such topic' : void topics.publish(topic, EVENTS, { body: input });
      case 'sqs':
        queues.get(target.arn)?.messages.push(input);
        return undefined;
      case 'states':
        machines.start({ arn: target.arn, name: this.unique(target.arn), input, startedBy: ruleArn });
        return undefined;
      default:
        pipelines.start(target.arn, this.unique(target.arn));
        return undefined;
    }
  }

  /** An asynchronous invocation: a failed one is tried again, and then given up. */
  private async invoke(call: AsynchronousCall, attempt = 0): Promise<void> {
    const { functions, recorder, simulation } = this.props;
    const { arn, event, invokedBy } = call;
    const retry = (): void => {
      const minutes = ASYNC_RETRY_MINUTES[attempt];
      if (minutes === undefined) {
        recorder.problem('event', 'an event was given up', `${recorder.title(arn)} failed ${attempt + 1} times`);
      } else {
        simulation.after(minutes * 60_000, () => this.invoke(call, attempt + 1));
      }
    };
    await functions.invokeAsynchronously(arn, event, invokedBy).then(() => undefined, retry);
  }

  /** A name that no other delivery has: these targets do not recognise a second delivery. */
  private unique(arn: string): string {
    return createHash('sha256').update(`${arn} ${this.count}`).digest('hex').slice(0, 40);
  }
}

/** What a target gets of an event. */
function inputOf({ input, transformer }: EventTarget, event: BusEvent): string {
  if (transformer !== undefined) {
    return transformedInput(transformer, event);
  }
  return input ?? JSON.stringify(event);
}

/** `lambda` of `arn:aws:lambda:...`. */
export function serviceOf(arn: string): string {
  return arn.split(':')[2] ?? '';
}
