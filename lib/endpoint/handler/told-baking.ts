import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { EVENT_SOURCE } from '../../outcome/contract';
import { putEvent } from '../../runtime/events';
import { wordsOf } from '../../runtime/failure';
import { log } from '../../runtime/log';
import { endpointQuery, metricValues, type ReadMetric } from '../../runtime/metric-values';
import { requestDate } from '../../runtime/request-time';
import { bakingMessage } from '../baking-message';
import { ROLLOUT_ENDED, type RolloutEndedDetail, type RolloutProperties } from '../contract';
import type { RolloutEvent } from './rollout-fulfilment';

const sns = new SNSClient({});

/** How long before its end an update may have begun: SageMaker gives one up after 8 hours. The name of its configuration is no other's. */
const LONGEST = 24 * 3_600_000;

const MINUTE = 60_000;

const INVOCATIONS: ReadMetric = { name: 'Invocations', statistic: 'Sum', seconds: MINUTE / 1000 };

/**
 * Tells how many requests the new fleet of an update got until it was the only one, where that is to be counted; of the first deployment, and of an update to the configuration of before, nothing baked.
 *
 * An update that has baked is not taken back because CloudWatch cannot say what it saw: then nobody has seen it.
 */
export async function tellBaking(event: RolloutEvent): Promise<void> {
  const { EndpointName = '', EndpointConfigName = '', LeastRequests } = event.ResourceProperties;
  if (event.RequestType !== 'Update' || LeastRequests === undefined) return;
  if (event.OldResourceProperties.EndpointConfigName === EndpointConfigName) return;
  const requests = await requestsOf(event.ResourceProperties, endOfBaking(event));
  const leastRequests = Number(LeastRequests);
  const outcome = requests !== undefined && requests >= leastRequests ? 'Baked' : 'BakedUnseen';
  const names = { endpointName: EndpointName, endpointConfigName: EndpointConfigName };
  await tell({ version: '1', ...names, outcome, requests, leastRequests }, event.ResourceProperties.TopicArn);
}

/** The last whole minute before the request, which CloudFormation makes when the update has ended: a repetition counts none that came after it. */
function endOfBaking({ ResponseURL }: RolloutEvent): Date {
  const asked = requestDate(ResponseURL) ?? new Date();
  return new Date(Math.floor(asked.getTime() / MINUTE) * MINUTE);
}

/** By the configuration, so that the old fleet's do not count. */
async function requestsOf(properties: Partial<RolloutProperties>, end: Date): Promise<number | undefined> {
  const { EndpointName = '', EndpointConfigName = '', VariantNames = [] } = properties;
  const queries = VariantNames.map((VariantName, index) =>
    endpointQuery(`v${index}`, INVOCATIONS, { EndpointName, VariantName, EndpointConfigName }),
  );
  try {
    const found = await metricValues(queries, { start: new Date(end.getTime() - LONGEST), end });
    return [...found.values()].flatMap((values) => [...values.values()]).reduce((sum, value) => sum + value, 0);
  } catch (error) {
    log('requests not counted', { endpoint: EndpointName, reason: wordsOf(error) });
    return undefined;
  }
}

async function tell(detail: RolloutEndedDetail, TopicArn: string | undefined): Promise<void> {
  const { endpointName: endpoint, outcome, requests } = detail;
  await putEvent({ Source: EVENT_SOURCE, DetailType: ROLLOUT_ENDED, Detail: JSON.stringify(detail) });
  log('update baked', { endpoint, outcome, requests });
  if (TopicArn === undefined || outcome === 'Baked') return;
  const { subject, body } = bakingMessage(detail);
  await sns.send(new PublishCommand({ TopicArn, Subject: subject, Message: body }));
}
