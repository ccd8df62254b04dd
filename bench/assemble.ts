import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemble } from './web-assembly';

const ANALYSIS = join(__dirname, '..', 'lib', 'analysis');

/** The source file that holds the module assembled from `field-hashes.wat`. */
export function moduleSource(): string {
  const bytes = assemble(readFileSync(join(ANALYSIS, 'field-hashes.wat'), 'utf8'));
  const lines =
    Buffer.from(bytes)
      .toString('hex')
      .match(/.{1,116}/g) ?? [];
  const text = lines.map((line) => `  '${line}'`).join(' +\n');
  return `// written by bench/assemble.ts from field-hashes.wat\n\n/** The WebAssembly module, in hexadecimal digits. */\nexport const FIELD_HASHES_MODULE =\n${text};\n`;
}

if (require.main === module) writeFileSync(join(ANALYSIS, 'field-hashes-module.ts'), moduleSource());
