import { XxHash64 } from './xx-hash';

const hash = new XxHash64(42);
const encoder = new TextEncoder();
let scratch = new Uint8Array(1024);

/** The xxHash64 (seed 42) of a text as UTF-8; it holds until the next call. */
export function hashOf(text: string): Pick<XxHash64, 'high' | 'low'> {
  const length = utf8(text); // first: it may replace the scratch
  hash.hash(scratch, length);
  return hash;
}

/** Writes the text's UTF-8 bytes to `scratch` and returns their number. */
function utf8(text: string): number {
  if (text.length * 3 > scratch.length) scratch = new Uint8Array(text.length * 4);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) return encoder.encodeInto(text, scratch).written;
    scratch[at] = code;
  }
  return text.length;
}
