import type { ExecutionError } from '../../../outcome/contract';
import { errorWords } from '../../../outcome/execution-error';
import { listObjects, readText } from '../../../runtime/s3';
import type { ConcludeEvent } from '../contract';
import { lastAttempts, workFolder } from '../plan-items';
import { isCutShort } from './attempt';
import { madeItems } from './made-items';

/** Attempts whose words are looked at: as many items as are read at the same time, if nothing else is said. */
const ATTEMPTS = 10;

/** Why an execution failed: in the words of an item's last attempt where an item failed, else in those of the state machine. */
export async function executionFailure(error: ExecutionError, event: ConcludeEvent): Promise<string> {
  return errorWords(error, await itemWords(event));
}

/** An error's own words before those of a function that was ended: what was still being read when another item failed has these as well. */
async function itemWords({ request, execution, plan }: ConcludeEvent): Promise<string | undefined> {
  const work = { output: request.output, execution };
  const { prefix, ...bucket } = workFolder(work);
  const keys = (await listObjects(bucket, `${prefix}/`)).map(({ key }) => key);
  let first: string | undefined;
  for (const key of lastAttempts(keys, work, await madeItems(request, work, { plan, keys })).slice(0, ATTEMPTS)) {
    const words = await readText({ ...bucket, key });
    if (!isCutShort(words)) return words;
    first ??= words;
  }
  return first;
}
