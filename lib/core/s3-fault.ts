/**
 * What is wrong with a key or a prefix: what is allowed in its place, and what to change.
 *
 * @internal
 */
export type S3Fault = readonly [allowed: string, advice: string];

/** As in `s3://bucket/key`, `https://bucket.s3.amazonaws.com/key` and `arn:aws:s3:::bucket/key`. */
const ADDRESS = /^([a-z][a-z0-9+.-]*:\/\/|arn:)/i;

/**
 * Says that a text is an address of S3, which S3 would take for a key as any other text. Its beginning tells, also where the rest is a token.
 *
 * @param what the text should be: `key` or `prefix`
 * @internal
 */
export function addressFaults(text: string, what: string): S3Fault[] {
  if (!ADDRESS.test(text)) return [];
  return [[`the ${what} alone, without scheme, bucket or ARN`, 'leave them out: the bucket is given beside it']];
}

/**
 * Says that a text begins with a slash.
 *
 * @internal
 */
export function leadingSlashFaults(text: string): S3Fault[] {
  return text.startsWith('/') ? [['no leading slash', 'remove the slash at the start']] : [];
}
