/** Rows with a label that a window has to have before its metrics are judged. */
export const MIN_JUDGED_ROWS = 30;
