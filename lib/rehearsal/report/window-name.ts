import { windowName as nameOf } from '../../report/figures';
import type { WindowResult } from '../result';

/** "14:00 – 15:00" of a window in UTC; with the day where a window is longer than one. */
export function windowName({ outcome }: WindowResult): string {
  return nameOf(outcome);
}
