import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { EventBridgeEvent } from 'aws-lambda';
import type { ExecutionCompletedDetail } from '../monitor/contract';
import { environment } from '../runtime/environment';
import { Failure } from '../runtime/failure';
import { log } from '../runtime/log';
import { DIGEST_ENV } from './contract';
import { digest } from './digest';

const sns = new SNSClient({});

/** Sends a readable message about one run to the topic. An event that is not ours throws, so that it ends in a dead-letter queue. */
export const handler = async (event: EventBridgeEvent<string, ExecutionCompletedDetail>): Promise<void> => {
  const { detail, region } = event;
  if (detail?.version !== '1' || !Array.isArray(detail.violations)) {
    throw new Failure(
      'MalformedEvent',
      "the event's 'detail' is not that of a concluded monitoring execution, version '1'",
    );
  }
  const { subject, body } = digest(detail, region);
  const TopicArn = environment(DIGEST_ENV.topicArn);
  const { MessageId: messageId } = await sns.send(new PublishCommand({ TopicArn, Subject: subject, Message: body }));
  const { monitorId, executionId, status } = detail;
  log('sent', { eventId: event.id, monitorId, executionId, status, messageId });
};
