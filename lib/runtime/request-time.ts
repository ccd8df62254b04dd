/**
 * When CloudFormation made a request, as its pre-signed URL says: `20260304T101000Z`, so that texts are in the order of times. Undefined where it does not.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function requestTime(responseUrl: string): string | undefined {
  return /[?&]X-Amz-Date=(\d{8}T\d{6}Z)(?:&|$)/.exec(responseUrl)?.[1];
}

/** The same as a time. */
export function requestDate(responseUrl: string): Date | undefined {
  const text = requestTime(responseUrl);
  return text === undefined ? undefined : new Date(text.replace(/(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'));
}
