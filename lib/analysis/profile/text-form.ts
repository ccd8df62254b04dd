/**
 * What a text is made of: the classes of its characters, each once, in this order: `A` capital letters, `a` small letters, `9` digits, `_` white space,
 * `-` hyphens, `.` what separates (`. , / : ;`), `#` other ASCII, `*` whatever is beyond ASCII. `AB-12` has the form `A9-`. A form says nothing of
 * which characters there are, nor of how many.
 */
export type TextForm = string;

const CLASSES = 'Aa9_-.#*';
const OTHER = 6;
const WIDE = 7;

/** How many forms there are. */
export const FORM_COUNT = 1 << CLASSES.length;

/** The class of every byte, as a bit. */
export const CLASS_BITS = Uint8Array.from({ length: 256 }, (_, byte) => 1 << classOf(byte));

function classOf(byte: number): number {
  if (byte > 127) return WIDE;
  const character = String.fromCharCode(byte);
  const at = [/[A-Z]/, /[a-z]/, /[0-9]/, /[\0-\x20]/, /[-_]/, /[.,/:;]/].findIndex((pattern) =>
    pattern.test(character),
  );
  return at < 0 ? OTHER : at;
}

/** The classes of a text, as bits: a number below {@link FORM_COUNT}; 0 for the empty text. */
export function formBits(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at++) bits |= CLASS_BITS[Math.min(text.charCodeAt(at), 255)];
  return bits;
}

/** The form that has these bits; empty for 0. */
export const formOf = (bits: number): TextForm =>
  Array.from(CLASSES)
    .filter((_, at) => bits & (1 << at))
    .join('');
