import { createHash } from 'node:crypto';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { ObjectLocation } from '../../../../core/contract';
import { type Answer, answer, type CustomResourceOutcome, callbackOf } from '../../../../runtime/custom-resource';
import { malformedRequest } from '../../../../runtime/failure';
import { s3Uri, writeContent } from '../../../../runtime/s3';
import { ANALYSIS_CONFIG_FILE, ANALYSIS_CONFIG_KEY, type AnalysisConfigProperties } from './contract';

type AnalysisConfigEvent = CloudFormationCustomResourceEvent<AnalysisConfigProperties>;

/** Hexadecimal digits of the SHA-256 of a text that name its folder. */
const HASH_DIGITS = 16;

/**
 * Answers the custom resource of an analysis configuration: writes the text to an object whose key follows from it.
 *
 * Another text is another object, which replaces the resource; a repeated request writes the same again. Deletion leaves the object: a run that
 * has begun reads it.
 */
export const handler = async (event: AnalysisConfigEvent): Promise<Answer> =>
  answer(callbackOf(event), () => fulfil(event));

async function fulfil({ RequestType, ResourceProperties }: AnalysisConfigEvent): Promise<CustomResourceOutcome> {
  if (RequestType === 'Delete') return { status: 'SUCCESS' };
  const address = addressOf(ResourceProperties);
  await writeContent(address, ResourceProperties.Text);
  return { status: 'SUCCESS', data: { [ANALYSIS_CONFIG_KEY]: address.key }, physicalResourceId: s3Uri(address) };
}

function addressOf(properties: AnalysisConfigProperties): ObjectLocation {
  const { Bucket: bucket, BucketOwner: bucketOwner, Prefix: prefix, Text: text } = properties;
  if ([bucket, prefix, text].some((property) => typeof property !== 'string' || property === '')) {
    throw malformedRequest("properties 'Bucket', 'Prefix' and 'Text' are texts that are not empty");
  }
  const hash = createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS);
  return { bucket, bucketOwner, key: `${prefix}/${hash}/${ANALYSIS_CONFIG_FILE}` };
}
