import { createHash } from 'node:crypto';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { type CustomResourceOutcome, respond } from '../../../../runtime/custom-resource';
import { Failure, reasonOf } from '../../../../runtime/failure';
import { log } from '../../../../runtime/log';
import { type S3Address, s3Uri, writeText } from '../../../../runtime/s3';
import { ANALYSIS_CONFIG_FILE, ANALYSIS_CONFIG_KEY, type AnalysisConfigProperties } from './contract';

type AnalysisConfigEvent = CloudFormationCustomResourceEvent<AnalysisConfigProperties>;

/** Hexadecimal digits of the SHA-256 of a text that name its folder. */
const HASH_DIGITS = 16;

/**
 * Answers the custom resource of an analysis configuration: writes the text to an object whose key follows from it.
 *
 * Another text is another object, which replaces the resource; a repeated request writes the same again. Deletion leaves the object: a run that
 * has begun reads it. Whatever fails is answered with FAILED; only an answer that cannot be delivered throws.
 */
export const handler = async (event: AnalysisConfigEvent): Promise<void> => {
  const { outcome, physicalResourceId } = await fulfil(event);
  const { ResponseURL, StackId: stackId, RequestId: requestId, LogicalResourceId: logicalResourceId } = event;
  const reason = outcome.status === 'FAILED' ? outcome.reason : undefined;
  log('answered', { requestId, physicalResourceId, status: outcome.status, reason });
  await respond({ responseUrl: ResponseURL, stackId, requestId, logicalResourceId, physicalResourceId }, outcome);
};

async function fulfil(
  event: AnalysisConfigEvent,
): Promise<{ outcome: CustomResourceOutcome; physicalResourceId: string }> {
  const known = 'PhysicalResourceId' in event ? event.PhysicalResourceId : event.LogicalResourceId;
  if (event.RequestType === 'Delete') return { outcome: { status: 'SUCCESS' }, physicalResourceId: known };
  try {
    const address = addressOf(event.ResourceProperties);
    await writeText(address, event.ResourceProperties.Text);
    const outcome = { status: 'SUCCESS', data: { [ANALYSIS_CONFIG_KEY]: address.key } } as const;
    return { outcome, physicalResourceId: s3Uri(address) };
  } catch (error) {
    return { outcome: { status: 'FAILED', reason: reasonOf(error) }, physicalResourceId: known };
  }
}

function addressOf({ Bucket: bucket, Prefix: prefix, Text: text }: AnalysisConfigProperties): S3Address {
  if ([bucket, prefix, text].some((property) => typeof property !== 'string' || property === '')) {
    throw new Failure('MalformedRequest', "properties 'Bucket', 'Prefix' and 'Text' are texts that are not empty");
  }
  const hash = createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS);
  return { bucket, key: `${prefix}/${hash}/${ANALYSIS_CONFIG_FILE}` };
}
