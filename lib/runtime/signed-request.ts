import { S3Client } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from './sha256';

/** A question to a service of which a client is not worth its bytes. */
export interface SignedQuestion {
  /** as signatures call the service */
  readonly service: string;
  /** where it is, without protocol */
  readonly host: string;
  readonly region: string;
  readonly path: string;
  readonly query?: { readonly [name: string]: string };
  /** as `AWS_ENDPOINT_URL_STS` has it: an address to ask in place of the service's */
  readonly addressVariable: string;
}

const TIMEOUT = 10_000;

/** The region that the SDK finds, as of a profile. */
export const ownRegion = (): Promise<string> => new S3Client({}).config.region();

/** Asks with the credentials that the SDK finds; throws what the service answers where it refuses. */
export async function answerTo(question: SignedQuestion): Promise<unknown> {
  const { url, headers } = await signed(question);
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT) });
  const text = await response.text();
  if (!response.ok) throw new Error(`status ${response.status}, ${text.slice(0, 200)}`);
  return JSON.parse(text);
}

async function signed({ service, host, region, path, query = {}, addressVariable }: SignedQuestion) {
  const base = process.env[addressVariable] ?? process.env.AWS_ENDPOINT_URL ?? `https://${host}`;
  const url = new URL(base);
  url.pathname = path;
  url.search = String(new URLSearchParams(query));
  const { credentials } = new S3Client({}).config;
  const { headers } = await new SignatureV4({ service, region, sha256: Sha256, credentials }).sign({
    method: 'GET',
    protocol: url.protocol,
    hostname: url.hostname,
    path,
    query,
    headers: { host: url.host, accept: 'application/json' },
  });
  return { url, headers };
}

/** The host of a service in a region. @see https://docs.aws.amazon.com/general/latest/gr/sts.html */
export function hostOf(service: string, region: string): string {
  return `${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}
