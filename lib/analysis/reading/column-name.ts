import { utf8Length } from './record-size';

/**
 * Bytes of UTF-8 that the name of a column may have. It is made for each key below another one, kept with each column, and looked up in each record:
 * without a bound, a long key over many short ones costs their product.
 */
export const MAX_NAME_BYTES = 1024;

/** The name of a key below others, whose own name is `prefix`; undefined where it would be too long, and then it is not made. */
export function joinedName(prefix: string, key: string): string | undefined {
  const units = prefix.length + key.length;
  if (units > MAX_NAME_BYTES) return undefined;
  const name = prefix + key;
  return 3 * units <= MAX_NAME_BYTES || utf8Length(name, 0, units) <= MAX_NAME_BYTES ? name : undefined;
}
