import { createHash } from 'node:crypto';
import type { MonitorRequest } from '../../contract';
import { windowOf } from '../../request-window';

/** Which captured records a run compares with labels, and what it keeps of their identifiers. */
export function recordsOf(request: MonitorRequest) {
  const { scheduledTime, monitor } = request;
  const { start, end } = windowOf(request);
  const window = { start: start.toISOString(), end: end.toISOString() };
  return { window, keptId: identifierHash(`${monitor.id}\n${scheduledTime}\n`) };
}

/** 128 bits of what an identifier and the run come to: of bounded length, and no identifier. */
function identifierHash(salt: string): (id: string) => string {
  return (id) => createHash('sha256').update(salt).update(id).digest('base64url').slice(0, 22);
}
