import * as fs from 'node:fs';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

/** The templates of a cloud assembly, those of its stages included, by their paths. */
export type Templates = ReadonlyMap<string, unknown>;

/** Every template in the folder of a cloud assembly; throws when there is none. */
export function templatesIn(folder: string): Templates {
  const files = fs
    .readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((file) => file.endsWith('.template.json'));
  if (files.length === 0) throw new Error(`no template in ${folder}`);
  return new Map(files.sort().map((file) => [file, JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'))]));
}

/** Throws with the places at which two assemblies' templates differ, if any. */
export function expectSameTemplates(actual: Templates, expected: Templates): void {
  const found = differences(Object.fromEntries(actual), Object.fromEntries(expected));
  if (found.length > 0)
    throw new Error(`the templates differ in ${found.length} places:\n${found.slice(0, 20).join('\n')}`);
}

/** Each place at which two values of JSON differ: its path, and both values. */
export function differences(actual: unknown, expected: unknown, at = ''): string[] {
  if (isDeepStrictEqual(actual, expected)) return [];
  if (!isRecord(actual) || !isRecord(expected)) return [`${at}: ${textOf(actual)}, expected ${textOf(expected)}`];
  const keys = new Set([...Object.keys(actual), ...Object.keys(expected)]);
  return [...keys].flatMap((key) => differences(actual[key], expected[key], `${at}/${key}`));
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 200);
}
