// Names that the digest's construct and its handler share. Imports types only.
import type { OutcomeClaim } from '../outcome/contract';

/** What a digest's rule makes of an event for the handler. */
export interface DigestRequest extends OutcomeClaim {
  /** receives the message */
  readonly topicArn: string;
  /** `id` of the event */
  readonly eventId: string;
  /** where the documents of this library are read; without it where the function's environment says */
  readonly documentationUrl?: string;
}

/** The member of a `DigestRequest` by which the target of a digest's rule is known. */
export const DIGEST_TOPIC: keyof DigestRequest = 'topicArn';
