import { createHash } from 'node:crypto';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { ObjectLocation } from '../core/contract';
import { FILES } from '../outcome/contract';
import { type ToldOutcome, toldOutcome } from '../outcome/handler/told-outcome';
import { documentationUrl } from '../runtime/documentation';
import { Failure } from '../runtime/failure';
import { log } from '../runtime/log';
import { type DigestRequest, NOTE_SUFFIX } from './contract';
import { digest } from './digest';
import { sendOnce } from './handler/message-note';
import { isTold } from './headline';

const sns = new SNSClient({});

/**
 * Sends a readable message about a run that changes an incident to the topic, as the report of the run has it: once for each outcome, however often an event tells of it. A request that is
 * not ours, or whose report is not there, throws, so that it ends in a dead-letter queue.
 */
export const handler = async (request: DigestRequest): Promise<void> => {
  const { topicArn, eventId, region, detail } = request;
  if (!topicArn || !region || detail?.version !== '1' || !Array.isArray(detail.violations)) {
    throw new Failure(
      'MalformedEvent',
      "the request has no 'topicArn' or no 'region', or its 'detail' is not that of a concluded monitoring execution, version '1'; the digest's rule sends such requests, and nothing else calls it",
    );
  }
  const told = await toldOutcome(request);
  const { outcomeId, monitorId, executionId, status } = told?.outcome ?? detail;
  const about = { eventId, outcomeId, monitorId, executionId, status };
  if (!told) return log('not sent', { ...about, reason: 'AnotherOutcome' });
  if (!isTold(told.outcome)) return log('not sent', { ...about, reason: 'NothingNew' });
  const messageId = await sent(request, told);
  if (messageId === undefined) log('not sent', { ...about, reason: 'AlreadySent' });
  else log('sent', { ...about, messageId });
};

/** Sends what is told; returns the id of the message, or undefined where it was sent before. Of an event that is believed nobody knows whether it was. */
async function sent(request: DigestRequest, { outcome, location: report }: ToldOutcome): Promise<string | undefined> {
  const { topicArn: TopicArn, region, message } = request;
  const where = { region, documentationUrl: request.documentationUrl ?? documentationUrl() };
  const { subject, body } = digest(outcome, { ...message, ...where });
  const send = async () => {
    const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Subject: subject, Message: body }));
    return MessageId ?? '';
  };
  if (report === undefined) return send();
  return sendOnce({ location: noteBeside(report, TopicArn), about: outcome.outcomeId ?? outcome.executionId, send });
}

/** Where the message to a topic is noted. */
function noteBeside({ key, ...bucket }: ObjectLocation, topicArn: string): ObjectLocation {
  const topic = createHash('sha256').update(topicArn).digest('hex').slice(0, 16);
  return { ...bucket, key: `${key.slice(0, -FILES.report.length)}${topic}${NOTE_SUFFIX}` };
}
