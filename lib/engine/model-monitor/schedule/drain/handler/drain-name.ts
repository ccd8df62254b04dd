import { requestTime } from '../../../../../runtime/request-time';

/** The name of the execution for a request: a repeated invocation starts no second one, and others see in it when the request was made. */
export function drainName({ responseUrl, requestId }: { readonly responseUrl: string; readonly requestId: string }) {
  return ['drain', requestTime(responseUrl), requestId].filter(Boolean).join('-');
}

/** When the request of an execution was made; undefined where its name does not say. */
export function timeInName(executionArn: string): string | undefined {
  return /:drain-(\d{8}T\d{6}Z)-[^:]*$/.exec(executionArn)?.[1];
}
