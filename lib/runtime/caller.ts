import { S3Client } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
import { Failure, wordsOf } from './failure';
import { Sha256 } from './sha256';

/** Whose credentials are used. */
export interface Caller {
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
}

const TIMEOUT = 10_000;
const QUERY = { Action: 'GetCallerIdentity', Version: '2011-06-15' } as const;

/**
 * Asks STS who one is, with the credentials and in the region that the SDK finds, as of a profile: this needs no permission. Throws `CallerUnknown`.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function callerIdentity(): Promise<Caller> {
  try {
    const region = await new S3Client({}).config.region();
    const { Arn: arn, Account: accountId } = await answered(region);
    return { arn, accountId, region };
  } catch (cause) {
    const advice = 'sign in, and set AWS_PROFILE and AWS_REGION, or what else says them';
    throw new Failure('CallerUnknown', `STS does not say who this is: ${wordsOf(cause)}; ${advice}`, { cause });
  }
}

async function answered(region: string): Promise<{ readonly Arn: string; readonly Account: string }> {
  const { url, headers } = await signed(region);
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT) });
  const text = await response.text();
  if (!response.ok) throw new Error(`status ${response.status}, ${text.slice(0, 200)}`);
  return JSON.parse(text).GetCallerIdentityResponse.GetCallerIdentityResult;
}

async function signed(region: string) {
  const base = process.env.AWS_ENDPOINT_URL_STS ?? process.env.AWS_ENDPOINT_URL ?? `https://${hostOf(region)}`;
  const url = new URL(`/?${new URLSearchParams(QUERY)}`, base);
  const { credentials } = new S3Client({}).config;
  const { headers } = await new SignatureV4({ service: 'sts', region, sha256: Sha256, credentials }).sign({
    method: 'GET',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    query: QUERY,
    headers: { host: url.host, accept: 'application/json' },
  });
  return { url, headers };
}

/** @see https://docs.aws.amazon.com/general/latest/gr/sts.html */
function hostOf(region: string): string {
  return `sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}
