import * as fs from 'node:fs';
import * as path from 'node:path';
import { build } from 'esbuild';
import { ROOT, readText } from './source-files';
import { temporaryFolder } from './synthesis';

const TASKS = JSON.parse(readText('.projen/tasks.json')).tasks as Record<string, { steps: { execArgs: string[] }[] }>;

/** The tasks that bundle handlers and the command line. */
export const BUNDLES = Object.keys(TASKS).filter((name) => name.startsWith('bundle:'));

/** A bundle, and how many of its bytes come from which source file. */
export interface Bundle {
  readonly bytes: Buffer;
  readonly bytesBySource: { readonly [file: string]: number };
}

/** What a task would write, by esbuild itself. */
export async function bundle(name: string): Promise<Bundle> {
  const [, ...args] = TASKS[name].steps[0].execArgs;
  const entry = args.find((arg) => arg.startsWith('lib/')) as string;
  const option = (key: string) => args.find((arg) => arg.startsWith(`--${key}=`))?.slice(key.length + 3) ?? '';
  const outfile = path.join(temporaryFolder(), 'index.mjs');
  const { metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: ROOT,
    bundle: true,
    minify: args.includes('--minify'),
    platform: 'node',
    format: 'esm',
    target: option('target'),
    mainFields: option('main-fields').split(','),
    banner: { js: option('banner:js') },
    outfile,
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  const bytesBySource = Object.entries(output.inputs).map(([file, { bytesInOutput }]) => [file, bytesInOutput]);
  return { bytes: fs.readFileSync(outfile), bytesBySource: Object.fromEntries(bytesBySource) };
}

/** The packages that the AWS SDK brings: its clients, and all that these depend on. */
export function sdkPackages(): Set<string> {
  const { packages } = JSON.parse(readText('package-lock.json')) as {
    packages: Record<string, { dependencies?: Record<string, string> }>;
  };
  const found = new Set<string>();
  const visit = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    for (const [file, { dependencies = {} }] of Object.entries(packages)) {
      if (file.endsWith(`node_modules/${name}`)) Object.keys(dependencies).forEach(visit);
    }
  };
  for (const file of Object.keys(packages)) {
    if (/^node_modules\/@aws-sdk\/client-[^/]+$/.test(file)) visit(file.slice('node_modules/'.length));
  }
  return found;
}

/** The package of a bundled file; undefined for our own. */
export function packageOf(file: string): string | undefined {
  return file.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1];
}
