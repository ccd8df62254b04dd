import type { ExecutionError } from '../../../outcome/contract';
import { errorWords } from '../../../outcome/execution-error';
import { listObjects, readText } from '../../../runtime/s3';
import { lastAttempts, type WorkLocation, workFolder } from '../plan-items';
import { isCutShort } from './attempt';

/** Attempts whose words are looked at: as many items as are read at the same time, if nothing else is said. */
const ATTEMPTS = 10;

/** Why an execution failed: in the words of an item's last attempt where an item failed, else in those of the state machine. */
export async function executionFailure(error: ExecutionError, work: WorkLocation): Promise<string> {
  return errorWords(error, await itemWords(work));
}

/** An error's own words before those of a function that was ended: what was still being read when another item failed has these as well. */
async function itemWords(work: WorkLocation): Promise<string | undefined> {
  const { prefix, ...bucket } = workFolder(work);
  const keys = (await listObjects(bucket, `${prefix}/`)).map(({ key }) => key);
  let first: string | undefined;
  for (const key of lastAttempts(keys, work).slice(0, ATTEMPTS)) {
    const words = await readText({ ...bucket, key });
    if (!isCutShort(words)) return words;
    first ??= words;
  }
  return first;
}
