import * as fs from 'node:fs';
import * as path from 'node:path';
import { run } from './command';
import { NAME, ROOT, type Workspace } from './workspace';

const PACMAK = path.join(ROOT, 'node_modules/.bin/jsii-pacmak');

/** A language that users write apps in; TypeScript is the one that the library is written in. */
export type Language = 'python' | 'java' | 'dotnet' | 'go';

/** Makes the package of a language from the packed library and returns its folder; only its code where no toolchain shall build it. */
export function packageFor(workspace: Workspace, language: Language, { codeOnly = false } = {}): string {
  const library = path.join(workspace.appOnFloor(), 'node_modules', NAME);
  const outdir = workspace.subfolder('packages');
  const args = ['--targets', language, '--outdir', outdir, '--no-npmignore', ...(codeOnly ? ['--code-only'] : [])];
  run(PACMAK, [...args, library], { cwd: workspace.folder });
  return path.join(outdir, language);
}

/** Copies the README's first app as it is written in a language, and returns the folder of the copy. */
export function firstAppIn(workspace: Workspace, language: Language): string {
  const folder = workspace.subfolder(`first-app-${language}`);
  fs.cpSync(path.join(ROOT, 'examples/languages', language), folder, { recursive: true });
  return folder;
}

/** The one file of a folder, at any depth, whose path ends so. */
export function fileIn(folder: string, ending: string): string {
  const found = (fs.readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith(ending));
  if (found.length !== 1) throw new Error(`${found.length} files '*${ending}' in ${folder}`);
  return path.join(folder, found[0]);
}
