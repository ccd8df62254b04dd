/** S3 answers a listing with at most so many objects; a run lists its window, the hour before, and the window before. */
const PAGE = 1000;
const LISTED = 3;

/** Hours that the first run of a day lists beside, for what came late. */
const LATE_HOURS = 48;

/** Pages of a run's listing beyond the first. @param objects of a run */
export const furtherPages = (objects: number): number => Math.floor((LISTED * objects) / PAGE);

/** Of each run, its share of the pages that the first run of a day lists for what came late. @param objects of a run */
export function lateListings(hours: number, objects: number): number {
  return (Math.min(hours, 24) / 24) * (1 + Math.floor(((LATE_HOURS / hours) * objects) / PAGE));
}
