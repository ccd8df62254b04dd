import type { Home } from '../core/contract';

/** What Lambda tells a function about itself, beside the event, as far as it says where the function runs. */
export interface Invocation {
  readonly invokedFunctionArn: string;
}

/**
 * Account and region of the function that runs, by its own ARN: `arn:aws:lambda:{region}:{account}:function:{name}`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export function homeOf({ invokedFunctionArn }: Invocation): Home {
  const [, , , region, accountId] = invokedFunctionArn.split(':');
  return { accountId, region };
}
