// Names that the digest's construct and its handler share. Imports types only.
import type { ExecutionCompletedDetail, OutcomeClaim } from '../outcome/contract';
import type { RetrainingDecidedDetail } from '../outcome/retraining/contract';

/** What a digest's rule makes of an event for the handler. */
export interface DigestRequest extends Omit<OutcomeClaim, 'detail'> {
  /** of a run, or of what was done about one */
  readonly detail: ExecutionCompletedDetail | RetrainingDecidedDetail;
  /** receives the message */
  readonly topicArn: string;
  /** `id` of the event */
  readonly eventId: string;
  /** where the documents of this library are read; without it where the function's environment says */
  readonly documentationUrl?: string;
  /** absent in what rules of earlier versions make */
  readonly message?: MessageSettings;
}

/** Forms of messages, as `MessageFormat` has them. */
export type MessageFormatName = 'Text' | 'Json' | 'AmazonQ';

/** How a digest's messages are written, and where they lead. */
export interface MessageSettings {
  /** `Text` where absent */
  readonly format?: MessageFormatName;
  /** to which the URL-encoded address of a page of the console is added */
  readonly consoleSignIn?: string;
  /** of CloudWatch */
  readonly dashboardName?: string;
  /** whether runs leave a page beside their report */
  readonly hasPages?: boolean;
  /** whether the windows of a monitor are added up by a test of variants, which is told as well */
  readonly hasTests?: boolean;
}

/** The member of a `DigestRequest` by which the target of a digest's rule is known. */
export const DIGEST_TOPIC: keyof DigestRequest = 'topicArn';

/**
 * Times of the digest that fit into each other, in seconds. Who is sending a message holds others off for longer than it may run, with some seconds for clocks that
 * differ, and for less than Lambda waits before it tries again, a minute.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export const DIGEST_SECONDS = { limit: 30, held: 45 } as const;
