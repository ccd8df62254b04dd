import type { CustomResourceOutcome } from './custom-resource';
import { Failure } from './failure';

/** What CloudFormation's console shows of a reason; the whole is in the log. */
const REASON_CHARACTERS = 1000;

/**
 * Signals a wait condition of CloudFormation: a PUT of JSON to the pre-signed URL of its handle, which is signed for an empty content type.
 *
 * The condition waits for one signal, so its id is always the same, and a repeated one changes nothing.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-waitcondition.html
 */
export async function signal(url: string, outcome: CustomResourceOutcome): Promise<void> {
  const isSuccess = outcome.status === 'SUCCESS';
  const { status } = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': '' },
    body: JSON.stringify({
      Status: isSuccess ? 'SUCCESS' : 'FAILURE',
      Reason: isSuccess ? 'the baseline is there' : outcome.reason.slice(0, REASON_CHARACTERS),
      UniqueId: 'baseline',
      Data: '',
    }),
  });
  if (status >= 200 && status < 300) return;
  const cause = Object.assign(new Error(`HTTP status ${status}`), { $metadata: { httpStatusCode: status } });
  throw new Failure(
    'SignalRefused',
    `CloudFormation refused the signal to a wait condition with status ${status}: a deployment that has ended takes none; deploy again`,
    { cause },
  );
}
