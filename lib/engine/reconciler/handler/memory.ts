import { type ObjectLocation, objectIn } from '../../../core/contract';
import { contended, parseJson, readVersionIfExists, WRITE_ROUNDS, writeJsonInPlaceOf } from '../../../runtime/s3';
import { type ClaimedRun, type ExpectedMonitor, RECONCILER_KEYS, type Reconciled } from '../contract';
import { withUntold } from '../due-runs';
import { scheduleFolder } from '../monitoring-execution';

/** What the reconciler remembers of a monitor, as it was read. */
export interface Memory {
  readonly location: ObjectLocation;
  /** absent, as its version, where nothing is remembered yet */
  readonly content?: Reconciled;
  readonly version?: string;
}

/** What is remembered of a monitor. */
export function readMemory(monitor: ExpectedMonitor): Promise<Memory> {
  const folder = monitor.engine === 'serverless' ? monitor.output : scheduleFolder(monitor);
  return memoryAt(objectIn(folder, RECONCILER_KEYS.reconciled));
}

async function memoryAt(location: ObjectLocation): Promise<Memory> {
  const object = await readVersionIfExists(location);
  return { location, content: object && parseJson<Reconciled>(object.text, location), version: object?.etag };
}

/** Remembers something else; undefined where another reconciliation has done so meanwhile. */
export async function remember({ location, version }: Memory, content: Reconciled): Promise<Memory | undefined> {
  const written = await writeJsonInPlaceOf(location, version, content);
  return written === undefined ? undefined : { location, content, version: written };
}

/** Remembers that runs are told, whatever else was remembered meanwhile. */
export async function rememberTold(memory: Memory, told: readonly ClaimedRun[]): Promise<void> {
  const isTold = ({ due }: ClaimedRun) => told.some((run) => run.due === due);
  let current = memory;
  for (let round = 0; round < WRITE_ROUNDS; round++) {
    const { content } = current;
    if (!content?.untold?.some(isTold)) return;
    const rest = content.untold.filter((run) => !isTold(run));
    if (await remember(current, withUntold(content, rest))) return;
    current = await memoryAt(memory.location);
  }
  throw contended(memory.location);
}
