import { mapConcurrently } from '../../../runtime/concurrency';
import { wordsOf } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { deleteObject, listObjects } from '../../../runtime/s3';
import { type WorkLocation, workFolder } from '../plan-items';

/** Deletions under way at once. */
const DELETIONS = 16;

/**
 * Deletes what the execution of a run made on the way, once its outcome is told: partial profiles hold values of records. One that failed keeps it, for
 * whoever looks into it. Where deleting fails, the log says so, and what is left expires by its tag.
 */
export async function removeWork(work: WorkLocation): Promise<void> {
  const folder = workFolder(work);
  try {
    const objects = await listObjects(folder, `${folder.prefix}/`);
    await mapConcurrently(objects, DELETIONS, deleteObject);
  } catch (error) {
    log('intermediate objects stay', { ...folder, reason: wordsOf(error) });
  }
}
