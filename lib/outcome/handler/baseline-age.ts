import type { ObjectLocation } from '../../core/contract';
import { lastModified } from '../../runtime/s3';
import { HOUR_MILLISECONDS } from '../run-times';

/** Whole hours since a file of a baseline was written when a window ended; 0 where that was later. */
export async function baselineAgeHours(file: ObjectLocation, windowEnd: Date): Promise<number> {
  const written = await lastModified(file);
  return Math.max(0, Math.floor((windowEnd.getTime() - written.getTime()) / HOUR_MILLISECONDS));
}
