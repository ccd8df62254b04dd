import { existsSync } from 'node:fs';
import type { GivenObject } from '../rehearsal/rehearsal';

/**
 * An object that a file stands for, of `key=file` or `s3://bucket/key=file`; returns what is wrong as a text. The last `=` counts, since keys may have some.
 */
export function givenObject(text: string): GivenObject | string {
  const [, bucket, rest = text] = /^s3:\/\/([^/=]+)\/(.*)$/s.exec(text) ?? [];
  const key = rest.slice(0, Math.max(rest.lastIndexOf('='), 0));
  const file = rest.slice(key.length + 1);
  if (key === '' || key.startsWith('/') || key.startsWith('s3:') || file === '') {
    return `--object is "${text}": training/data.csv=local.csv is needed, or s3://bucket/training/data.csv=local.csv`;
  }
  if (!existsSync(file)) {
    return `--object is "${text}": "${file}" does not exist`;
  }
  return { ...(bucket === undefined ? {} : { bucket }), key, file };
}
