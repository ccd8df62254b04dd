import { objectIn } from '../../../core/contract';
import { parseJson, readVersionIfExists, type S3Address, writeJsonInPlaceOf } from '../../../runtime/s3';
import { type ExpectedMonitor, RECONCILER_KEYS, type Reconciled } from '../contract';
import { scheduleFolder } from '../monitoring-execution';

/** What the reconciler remembers of a monitor, as it was read. */
export interface Memory {
  readonly location: S3Address;
  /** absent, as its version, where nothing is remembered yet */
  readonly content?: Reconciled;
  readonly version?: string;
}

/** What is remembered of a monitor. */
export async function readMemory(monitor: ExpectedMonitor): Promise<Memory> {
  const folder = monitor.engine === 'serverless' ? monitor.output : scheduleFolder(monitor);
  const location = objectIn(folder, RECONCILER_KEYS.reconciled);
  const object = await readVersionIfExists(location);
  return { location, content: object && parseJson<Reconciled>(object.text, location), version: object?.etag };
}

/** Remembers something else; undefined where another reconciliation has done so meanwhile. */
export async function remember({ location, version }: Memory, content: Reconciled): Promise<Memory | undefined> {
  const written = await writeJsonInPlaceOf(location, version, content);
  return written === undefined ? undefined : { location, content, version: written };
}
