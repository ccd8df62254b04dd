import { type Caller, callerIdentity } from '../runtime/caller';
import { type FoundRun, findRun, type MonitorAddress } from './monitor-place';

/** Which monitor is meant, and whose its bucket is. */
export interface TriageTarget extends MonitorAddress {
  /** id of the account that the bucket has to belong to; the caller's where absent */
  readonly bucketOwner?: string;
}

/** Who asks, and the run that is meant. Throws `CallerUnknown`, or `NoSuchRun`. */
export async function target(address: TriageTarget): Promise<{ readonly caller: Caller; readonly run: FoundRun }> {
  const caller = await callerIdentity();
  return { caller, run: await findRun(address, address.bucketOwner ?? caller.accountId) };
}
