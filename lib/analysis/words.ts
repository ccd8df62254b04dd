/** What to do where a window has too little of something to be told from chance. */
export const LONGER_WINDOWS = 'run the monitor less often, so that windows are longer';

/** Why a metric is not judged beside chance, and what to do. */
export const CHANCE_UNKNOWN =
  'how much chance is in it is not known; Checks.MODEL_MONITOR judges it as it is, by the rule of the container';

/** Characters of a word or a name in a message. */
const CHARACTERS = 40;

/** How many names a list in a message has. */
const NAMES = 10;

/** A word or a name in quotes, cut where it is long. */
export const brief = (text: string): string =>
  JSON.stringify(text.length > CHARACTERS ? `${text.slice(0, CHARACTERS)}...` : text);

/** "column 1", or "columns 1, 2, 3 and 4 more" */
export function listed(noun: string, all: readonly string[]): string {
  const more = all.length > NAMES ? ` and ${all.length - NAMES} more` : '';
  return `${noun}${all.length === 1 ? '' : 's'} ${all.slice(0, NAMES).join(', ')}${more}`;
}
