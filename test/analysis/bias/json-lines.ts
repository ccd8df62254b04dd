import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The documents of a file of figures, one per line. */
export function jsonLines<T>(file: string): T[] {
  const text = readFileSync(join(__dirname, '../../oracles', file), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}
