/**
 * When CloudFormation made a request, as its pre-signed URL says: `20260304T101000Z`, so that texts are in the order of times. Undefined where it does not.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function requestTime(responseUrl: string): string | undefined {
  return /[?&]X-Amz-Date=(\d{8}T\d{6}Z)(?:&|$)/.exec(responseUrl)?.[1];
}

/** The name of the execution for a request: a repeated invocation starts no second one, and others see in it when the request was made. */
export function drainName({ responseUrl, requestId }: { readonly responseUrl: string; readonly requestId: string }) {
  return ['drain', requestTime(responseUrl), requestId].filter(Boolean).join('-');
}

/** When the request of an execution was made; undefined where its name does not say. */
export function timeInName(executionArn: string): string | undefined {
  return /:drain-(\d{8}T\d{6}Z)-[^:]*$/.exec(executionArn)?.[1];
}
