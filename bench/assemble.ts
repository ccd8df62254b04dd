import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { assemble } from './web-assembly';

const ANALYSIS = join(__dirname, '..', 'lib', 'analysis');

/** The modules of `lib/analysis` that are written as WebAssembly text. */
export const MODULES = ['reading/capture-fields', 'batch/field-hashes', 'batch/field-numbers', 'profile/sorted-values'];

/** The source file that holds the module assembled from a `.wat` file. */
export function moduleSource(name: string): string {
  const bytes = assemble(readFileSync(join(ANALYSIS, `${name}.wat`), 'utf8'));
  const lines =
    Buffer.from(bytes)
      .toString('hex')
      .match(/.{1,116}/g) ?? [];
  const text = lines.map((line) => `  '${line}'`).join(' +\n');
  const constant = `${basename(name).toUpperCase().replaceAll('-', '_')}_MODULE`;
  return `// written by bench/assemble.ts from ${basename(name)}.wat\n\n/** The WebAssembly module, in hexadecimal digits. */\nexport const ${constant} =\n${text};\n`;
}

if (require.main === module) {
  for (const name of MODULES) writeFileSync(join(ANALYSIS, `${name}-module.ts`), moduleSource(name));
}
