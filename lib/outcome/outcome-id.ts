import { createHash } from 'node:crypto';
import type { ExecutionCompletedDetail } from './contract';

const CHARACTERS = 32;

/** What tells an outcome from all others: of whom it is, of which window, and how often that was decided; the same whoever asks, and when. */
export function outcomeIdOf(detail: ExecutionCompletedDetail, revision: number): string {
  const { accountId, region, monitorId, windowStart, windowEnd } = detail;
  const parts = JSON.stringify([accountId, region, monitorId, windowStart, windowEnd, revision]);
  return createHash('sha256').update(parts).digest('hex').slice(0, CHARACTERS);
}
