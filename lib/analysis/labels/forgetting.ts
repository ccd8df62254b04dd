import { identifierHash, identifierKey, type Words128 } from '../batch/identifier-hash';
import { ID_WORDS } from './identifiers';
import { RANGES, RangedPart, RangedWords, rowWordsOf } from './ranged-part';
import { eachRecord } from './written-record';

/** A part of which records were taken away. */
export interface ForgottenPart {
  readonly bytes: Uint8Array;
  /** requests with their predictions, and labels, that are no more in it */
  readonly predictions: number;
  readonly labels: number;
}

/** Hashes of identifiers, as parts have them. */
export function hashedIdentifiers(keyDigits: string, identifiers: readonly string[]): Words128[] {
  const key = identifierKey(keyDigits);
  return identifiers.map((identifier) => identifierHash(key, identifier).slice());
}

/**
 * A part as it was written without the records of some identifiers; undefined where it has none of them. What it says of its files, of what could not be read and of
 * values that numbers stand for stays. Throws for bytes that are no part, or one of another version.
 */
export function withoutIdentifiers(bytes: Uint8Array, identifiers: readonly Words128[]): ForgottenPart | undefined {
  const part = new RangedPart(bytes);
  const words = part.words(0, RANGES);
  const kept = new RangedWords();
  let [predictions, labels] = [0, 0];
  eachRecord(words, rowWordsOf(part.head), ({ from, to, isLabel }) => {
    if (!identifiers.some((id) => isAt(words, from, id))) kept.list(words[from]).add(words.subarray(from, to));
    else if (isLabel) labels += 1;
    else predictions += 1;
  });
  return predictions + labels === 0 ? undefined : { bytes: kept.bytes(part.head), predictions, labels };
}

function isAt(words: Int32Array, at: number, id: Words128): boolean {
  for (let word = 0; word < ID_WORDS; word += 1) if (words[at + word] !== id[word]) return false;
  return true;
}
