const QUOTE = 34;
const BACKSLASH = 92;
/** What JavaScript, and after it Python's `json`, call a number that JSON has no text for. */
const NON_NUMBERS = ['NaN', 'Infinity', '-Infinity'];

/**
 * A document as valid JSON: the text itself, or, where it is none for this alone, with `null` in place of `NaN`, `Infinity` and `-Infinity`.
 * Undefined for all else, empty texts included. It takes time in proportion to the text, whatever is in it.
 *
 * @see https://docs.python.org/3/library/json.html#infinite-and-nan-number-values
 */
export function validJson(text: string): string | undefined {
  if (isJson(text)) return text;
  const replaced = withoutNonNumbers(text);
  return replaced !== undefined && isJson(replaced) ? replaced : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Puts `null` where a word for no number stands outside of strings; undefined where none does. That it stands where a value may is left to
 * who parses the text: a `null` in another place, or one that touches anything but a separator, is no JSON either.
 */
function withoutNonNumbers(text: string): string | undefined {
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const word = nonNumber(text, at);
    if (word !== undefined) {
      parts.push(text.slice(from, at), 'null');
      from = at + word.length;
      at = from;
    } else at = text.charCodeAt(at) === QUOTE ? stringEnd(text, at) : at + 1;
  }
  return parts.length === 0 ? undefined : parts.join('') + text.slice(from);
}

function nonNumber(text: string, at: number): string | undefined {
  return NON_NUMBERS.find((word) => text.startsWith(word, at));
}

/** The position behind a string that begins at `from`, or behind the text where it is not closed. */
function stringEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
}
