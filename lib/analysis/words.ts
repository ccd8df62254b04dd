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
