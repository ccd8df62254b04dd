/** Over how many windows the quality of a model may not fall, where nobody says. */
export const WATCHED_WINDOWS = 10;
