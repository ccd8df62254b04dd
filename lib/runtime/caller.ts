import { Failure, wordsOf } from './failure';
import { answerTo, hostOf, ownRegion } from './signed-request';

/** Whose credentials are used. */
export interface Caller {
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
}

const QUERY = { Action: 'GetCallerIdentity', Version: '2011-06-15' } as const;

/**
 * Asks STS who one is, with the credentials and in the region that the SDK finds, as of a profile: this needs no permission. Throws `CallerUnknown`.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function callerIdentity(): Promise<Caller> {
  try {
    const region = await ownRegion();
    const { Arn: arn, Account: accountId } = await answered(region);
    return { arn, accountId, region };
  } catch (cause) {
    const advice = 'sign in, and set AWS_PROFILE and AWS_REGION, or what else says them';
    throw new Failure('CallerUnknown', `STS does not say who this is: ${wordsOf(cause)}; ${advice}`, { cause });
  }
}

/** What STS answers. */
interface Answer {
  readonly GetCallerIdentityResponse: {
    readonly GetCallerIdentityResult: { readonly Arn: string; readonly Account: string };
  };
}

async function answered(region: string) {
  const question = { service: 'sts', host: hostOf('sts', region), region, path: '/', query: QUERY };
  const answer = (await answerTo({ ...question, addressVariable: 'AWS_ENDPOINT_URL_STS' })) as Answer;
  return answer.GetCallerIdentityResponse.GetCallerIdentityResult;
}
