// Assembles the WebAssembly texts of lib/analysis into source files: `npx tsx tools/web-assembly/assemble.ts`.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import wabt from 'wabt';

const ANALYSIS = join(__dirname, '..', '..', 'lib', 'analysis');

/** The modules of `lib/analysis` that are written as WebAssembly text. */
export const MODULES = [
  'reading/capture-fields',
  'batch/field-hashes',
  'batch/field-numbers',
  'batch/identifier-hashes',
  'profile/sorted-values',
];

/** The source file that holds the module assembled from a `.wat` file. */
export async function moduleSource(name: string): Promise<string> {
  const lines = (await hexadecimal(`${name}.wat`)).match(/.{1,116}/g) ?? [];
  const text = lines.map((line) => `  '${line}'`).join(' +\n');
  const constant = `${basename(name).toUpperCase().replaceAll('-', '_')}_MODULE`;
  return `// written by tools/web-assembly/assemble.ts from ${basename(name)}.wat\n\n/** The WebAssembly module, in hexadecimal digits. */\nexport const ${constant} =\n${text};\n`;
}

async function hexadecimal(file: string): Promise<string> {
  const { parseWat } = await wabt();
  const parsed = parseWat(file, readFileSync(join(ANALYSIS, file), 'utf8'), { simd: true });
  try {
    parsed.validate();
    return Buffer.from(parsed.toBinary({}).buffer).toString('hex');
  } finally {
    parsed.destroy();
  }
}

async function main(): Promise<void> {
  for (const name of MODULES) writeFileSync(join(ANALYSIS, `${name}-module.ts`), await moduleSource(name));
}

if (require.main === module) void main();
