import { createHash } from 'node:crypto';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { OutcomeClaim } from '../outcome/contract';
import { type ToldOutcome, toldOutcome } from '../outcome/handler/told-outcome';
import { noteBeside, type RetrainingDecidedDetail } from '../outcome/retraining/contract';
import { documentationUrl } from '../runtime/documentation';
import { Failure } from '../runtime/failure';
import { log } from '../runtime/log';
import type { DigestRequest } from './contract';
import { decisionMessage } from './decision-message';
import { digest } from './digest';
import { keptDecision } from './handler/kept-decision';
import { sendOnce } from './handler/message-note';
import { testSoFar } from './handler/test-so-far';
import { isTold } from './headline';
import type { Digest } from './message-format';

const sns = new SNSClient({});

/**
 * Sends a readable message about a run that changes an incident, or about what was done about one, to the topic, as the report of the run and what was kept beside it have it: once for each, however
 * often an event tells of it. A request that is not ours, or whose report is not there, throws, so that it ends in a dead-letter queue.
 */
export const handler = async (request: DigestRequest): Promise<void> => {
  const { topicArn, eventId, region, detail } = request;
  if (!topicArn || !region || detail?.version !== '1' || !(isDecision(detail) || Array.isArray(detail.violations))) {
    throw new Failure(
      'MalformedEvent',
      "the request has no 'topicArn' or no 'region', or its 'detail' is not that of a concluded monitoring execution, or of what was done about one, version '1'; the digest's rule sends such requests, and nothing else calls it",
    );
  }
  const told = await toldOutcome(request as OutcomeClaim); // of what was done about a run it reads which run that is
  const { outcomeId, monitorId, executionId, status } = told?.outcome ?? detail;
  const about = { eventId, outcomeId, monitorId, executionId, status };
  if (!told) return log('not sent', { ...about, reason: 'AnotherOutcome' });
  const message = await messageOf(request, told);
  if (typeof message === 'string') return log('not sent', { ...about, reason: message });
  const messageId = await sent(request, told, message);
  if (messageId === undefined) log('not sent', { ...about, reason: 'AlreadySent' });
  else log('sent', { ...about, messageId });
};

const isDecision = (detail: DigestRequest['detail']): detail is RetrainingDecidedDetail => 'decision' in detail;

/** What there is to tell. */
interface NewMessage extends Digest {
  /** tells it from another message about the run; empty for that about the run itself */
  readonly about: string;
}

/** A message, or why there is none. */
async function messageOf(request: DigestRequest, told: ToldOutcome): Promise<NewMessage | string> {
  const { detail, region, message } = request;
  const { outcome } = told;
  const context = { ...message, region, documentationUrl: request.documentationUrl ?? documentationUrl() };
  if (!isDecision(detail)) {
    if (!isTold(outcome)) return 'NothingNew';
    const test = message?.hasTests ? await testSoFar(told) : undefined;
    return { ...digest(outcome, context, test), about: '' };
  }
  const decision = detail.isKept && (await keptDecision(told, detail.trigger));
  if (!decision) return 'NotKept';
  if (decision.decision === 'Declined' && !isTold(outcome)) return 'NothingNew';
  return { ...decisionMessage(outcome, decision, context), about: `-${decision.trigger}` };
}

/** Sends what is told; returns the id of the message, or undefined where it was sent before. Of an event that is believed nobody knows whether it was. */
async function sent(request: DigestRequest, told: ToldOutcome, message: NewMessage): Promise<string | undefined> {
  const { topicArn: TopicArn } = request;
  const { subject: Subject, body: Message, about } = message;
  const send = async () => {
    const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Subject, Message }));
    return MessageId ?? '';
  };
  if (told.location === undefined) return send();
  const topic = createHash('sha256').update(TopicArn).digest('hex').slice(0, 16);
  const { outcomeId, executionId } = told.outcome;
  return sendOnce({ location: noteBeside(told.location, `${topic}${about}`), about: outcomeId ?? executionId, send });
}
