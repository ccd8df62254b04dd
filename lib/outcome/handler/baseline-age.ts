import type { ObjectLocation } from '../../core/contract';
import { lastModified } from '../../runtime/s3';
import type { ExecutionReport } from '../contract';
import { HOUR_MILLISECONDS } from '../run-times';

/**
 * How old a baseline was when a window ended, whether the window had data or not: whole hours since this file of it was written, 0 where that was later. Nothing
 * without a file, of a baseline whose age has no limit.
 */
export async function baselineAge(
  file: ObjectLocation | undefined,
  windowEnd: Date,
): Promise<Pick<ExecutionReport, 'baselineAgeHours'>> {
  if (!file) return {};
  const written = await lastModified(file);
  const hours = Math.floor((windowEnd.getTime() - written.getTime()) / HOUR_MILLISECONDS);
  return { baselineAgeHours: Math.max(0, hours) };
}
