import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { toldOutcome } from '../outcome/handler/told-outcome';
import { documentationUrl } from '../runtime/documentation';
import { Failure } from '../runtime/failure';
import { log } from '../runtime/log';
import type { DigestRequest } from './contract';
import { digest } from './digest';

const sns = new SNSClient({});

/**
 * Sends a readable message about one run to the topic, as the report of the run has it. A request that is not ours, or whose report is not there, throws, so
 * that it ends in a dead-letter queue.
 */
export const handler = async (request: DigestRequest): Promise<void> => {
  const { topicArn: TopicArn, eventId, region, detail } = request;
  if (!TopicArn || !region || detail?.version !== '1' || !Array.isArray(detail.violations)) {
    throw new Failure(
      'MalformedEvent',
      "the request has no 'topicArn' or no 'region', or its 'detail' is not that of a concluded monitoring execution, version '1'; the digest's rule sends such requests, and nothing else calls it",
    );
  }
  const told = await toldOutcome(request);
  const { outcomeId, monitorId, executionId, status } = told?.outcome ?? detail;
  if (!told) return log('not sent', { eventId, outcomeId, monitorId, executionId, status, reason: 'AnotherOutcome' });
  const { subject, body } = digest(told.outcome, region, request.documentationUrl ?? documentationUrl());
  const { MessageId: messageId } = await sns.send(new PublishCommand({ TopicArn, Subject: subject, Message: body }));
  log('sent', { eventId, outcomeId, monitorId, executionId, status, messageId });
};
