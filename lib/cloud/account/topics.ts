import type { Statement } from '../semantics/policy/policy';
import { refuseViolations } from '../stand-in/service';
import type { Recorder } from './recorder';

/**
 * A topic and the statements of its policy; [] where the template gives it none.
 *
 * A topic without a policy refuses every service here. The service is milder: its default policy lets the topic's own account publish,
 * alarms included. Who relies on that loses it with the first policy, and CloudFormation replaces the default one silently.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export interface Topic {
  readonly arn: string;
  readonly name: string;
  readonly policy: Statement[];
}

/** The topics of the account and every message that arrived at one. */
export class Topics {
  private readonly topics = new Map<string, Topic>();
  private count = 0;

  public constructor(private readonly recorder: Recorder) {}

  public add(topic: Topic): void {
    this.topics.set(topic.arn, topic);
  }

  public remove(arn: string): void {
    this.topics.delete(arn);
  }

  public get(arn: string): Topic | undefined {
    return this.topics.get(arn);
  }

  /** Takes a message that SNS takes, from whomever, and returns its id. */
  public publish(topic: Topic, sender: string, { subject, body }: { subject?: string; body: string }): string {
    const input = { TopicArn: topic.arn, Subject: subject, Message: body };
    refuseViolations('sns Publish', input, 'InvalidParameter');
    const time = this.recorder.time;
    const title = this.recorder.title(topic.arn);
    this.recorder.messages.push({
      time,
      topic: title,
      sender,
      ...(subject === undefined ? {} : { subject }),
      body,
    });
    this.recorder.happened('notification', `${title}: ${subject ?? 'a message'}`, `from ${sender}`);
    this.count++;
    return `message-${this.count}`;
  }
}
