/** What the bytes of a file are text in. Latin-1 (ISO 8859-1) is read as Windows-1252, which has all of its characters. */
export type TextEncodingName = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252';

/** Takes the bytes of a file, cut anywhere. */
interface ByteSink {
  push(chunk: Uint8Array): void;
  end(): void;
}

/** Makes text of bytes, cut anywhere; without bytes, of what was left. */
type Decode = (bytes?: Uint8Array) => string;

/** Bytes of the longest byte order mark. */
const MARK_BYTES = 3;

/**
 * Gives what reads UTF-8 a file in any of the encodings. A byte order mark says more than what was declared, and is no part of the text. What is no
 * character of the encoding becomes U+FFFD.
 *
 * @see https://encoding.spec.whatwg.org/#decode
 */
export function encodedReader(reader: ByteSink, declared: TextEncodingName = 'UTF-8'): ByteSink {
  let head: Uint8Array = new Uint8Array();
  let sink: ByteSink | undefined;
  const begin = () => {
    const { encoding, length } = markOf(head) ?? { encoding: declared, length: 0 };
    sink = encoding === 'UTF-8' ? reader : recoded(reader, DECODERS[encoding]());
    sink.push(head.subarray(length));
    return sink;
  };
  return {
    push(chunk) {
      if (sink) {
        sink.push(chunk);
        return;
      }
      head = joined(head, chunk);
      if (head.length >= MARK_BYTES) begin();
    },
    end() {
      (sink ?? begin()).end();
    },
  };
}

/** What a file begins with that says its encoding. That of UTF-8 is left to who reads it. */
function markOf([first, second]: Uint8Array): { encoding: TextEncodingName; length: number } | undefined {
  if (first === 0xff && second === 0xfe) return { encoding: 'UTF-16LE', length: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: 'UTF-16BE', length: 2 };
  return first === 0xef && second === 0xbb ? { encoding: 'UTF-8', length: 0 } : undefined;
}

function recoded(reader: ByteSink, decode: Decode): ByteSink {
  const encoder = new TextEncoder();
  const push = (text: string) => reader.push(encoder.encode(text));
  return {
    push: (chunk) => push(decode(chunk)),
    end() {
      push(decode());
      reader.end();
    },
  };
}

const DECODERS = { 'UTF-16LE': littleEndian, 'UTF-16BE': bigEndian, 'Windows-1252': windows1252 };

function littleEndian(): Decode {
  const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });
  return (bytes) => decoder.decode(bytes, { stream: bytes !== undefined });
}

/** Node.js has no such decoder where it is built without ICU: the bytes change places. */
function bigEndian(): Decode {
  const decode = littleEndian();
  let rest: Uint8Array = new Uint8Array();
  return (bytes) => {
    if (!bytes) return decode(rest) + decode();
    const all = joined(rest, bytes);
    const whole = all.length - (all.length % 2);
    rest = all.subarray(whole);
    return decode(all.subarray(0, whole).map((_, at) => all[at ^ 1]));
  };
}

/**
 * Characters of the bytes from 0x80 to 0x9f; all others have the code of their byte. Written down, since Node.js decodes these bytes wrongly from 20.18.3
 * to 24.
 *
 * @see https://encoding.spec.whatwg.org/index-windows-1252.txt
 * @see https://github.com/nodejs/node/issues/56542
 */
const HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

function windows1252(): Decode {
  const decode = littleEndian();
  const codes = Uint16Array.from({ length: 256 }, (_, byte) => HIGH.charCodeAt(byte - 0x80) || byte);
  return (bytes) => {
    if (!bytes) return '';
    const pairs = new Uint8Array(2 * bytes.length);
    for (const [at, byte] of bytes.entries()) {
      pairs[2 * at] = codes[byte] & 0xff;
      pairs[2 * at + 1] = codes[byte] >> 8;
    }
    return decode(pairs);
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
