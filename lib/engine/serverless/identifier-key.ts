// What identifiers of requests are hashed with. Pure, and the same for whoever reads, or forgets.
import { createHash } from 'node:crypto';
import type { PrefixLocation } from '../../core/contract';

/** Of 128 bits. */
const KEY_DIGITS = 32;

/** The key of hashes in extracts, which have to meet: all of the same data at one place have the same. */
export const keyOfData = ({ bucket, prefix }: PrefixLocation, name: string | undefined): string =>
  keyOf(`${bucket}\n${prefix}\n${name}\n`);

/** 128 bits of what a salt comes to, as hexadecimal digits. */
export const keyOf = (salt: string): string => createHash('sha256').update(salt).digest('hex').slice(0, KEY_DIGITS);
