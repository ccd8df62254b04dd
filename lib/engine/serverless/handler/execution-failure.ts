import type { ExecutionError } from '../../../outcome/contract';
import { errorWords } from '../../../outcome/execution-error';
import { listObjects, readText } from '../../../runtime/s3';
import { failureFolder, type WorkLocation } from '../plan-items';

/** Why an execution failed: in the words of the first item that left some, else in those of the state machine. */
export async function executionFailure(error: ExecutionError, work: WorkLocation): Promise<string> {
  const { bucket, prefix } = failureFolder(work);
  const [first] = await listObjects(bucket, `${prefix}/`);
  return errorWords(error, first && (await readText(first)));
}
