import type { PrefixLocation } from '../../../core/contract';
import { mapConcurrently } from '../../../runtime/concurrency';
import { listObjects, readJsonIfExists } from '../../../runtime/s3';
import { type OwnCallRun, runsOf } from '../own-calls';
import type { Interval } from './kinds/kind-analysis';

/** Notes that are read at once. */
const READS = 16;

/** The runs that may have asked in an interval. */
export async function runsThatAsked(ledger: PrefixLocation, interval: Interval): Promise<OwnCallRun[]> {
  const found = await listObjects(ledger, `${ledger.prefix}/`, runsOf(ledger, interval));
  const runs = await mapConcurrently(found, READS, (object) => readJsonIfExists<OwnCallRun>(object));
  return runs.filter((run) => run !== undefined);
}
