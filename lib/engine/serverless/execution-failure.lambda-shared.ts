import { errorWords } from '../../outcome/execution-error';
import { listObjects, readText } from '../../runtime/s3';
import type { ConcludeEvent, PrefixLocation } from './contract';
import { failurePrefix } from './plan-items';

/** Why an execution failed: in the words of the first item that left some, else in those of the state machine. */
export async function executionFailure(
  error: NonNullable<ConcludeEvent['error']>,
  output: PrefixLocation,
  execution: string,
): Promise<string> {
  const [first] = await listObjects(output.bucket, failurePrefix(output, execution));
  return errorWords(error, first && (await readText(first)));
}
