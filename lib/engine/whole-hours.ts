import type { WholeDuration } from '../core/whole-duration';

/**
 * A time that a run may tolerate: as long as the shortest thing of which something is told.
 *
 * @internal
 */
export const WHOLE_HOURS: WholeDuration = { unit: 'hours', least: 1 };
