import { createHash } from 'node:crypto';

/** An identifier that follows from a text, in the form of a random one. */
export function uuid(seed: string): string {
  const digits = createHash('sha256').update(seed).digest('hex');
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}
