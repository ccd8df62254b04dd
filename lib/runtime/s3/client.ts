import { S3Client } from '@aws-sdk/client-s3';
import type { ObjectLocation } from '../../core/contract';
import { explained } from './refusal';

/**
 * Milliseconds in which nothing comes of an object, or of an answer, until the connection is cut: without it a stream that never ends would hold a function for as
 * long as it may run. Longer than the analysis needs for what it has of it, as nobody reads meanwhile.
 */
const SILENCE = 60_000;

/** Whom every request goes to. */
export const client = new S3Client({ requestHandler: { socketTimeout: SILENCE } });

/** Waits for an answer of S3, and says in an error which object it was about. */
export async function sent<T>(address: ObjectLocation, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw explained(address, cause);
  }
}
