import * as path from 'node:path';
import { build } from 'esbuild';
import { ROOT, readText } from './source-files';

const { bundle: TASK } = JSON.parse(readText('.projen/tasks.json')).tasks as {
  bundle: { steps: { execArgs: string[] }[] };
};

/** A bundle, and how many of its bytes come from which source file. */
export interface Bundle {
  readonly bytes: Buffer;
  readonly bytesBySource: { readonly [file: string]: number };
}

/** What `npm run bundle` would write, by esbuild itself and without a file: the handlers and the command line, by their names. */
export async function bundleAll(): Promise<ReadonlyMap<string, Bundle>> {
  const calls = TASK.steps.map(({ execArgs }) => execArgs).filter(([program]) => program === 'esbuild');
  const written = await Promise.all(calls.map(([, ...args]) => bundles(args)));
  return new Map(written.flat());
}

async function bundles(args: readonly string[]): Promise<[string, Bundle][]> {
  const option = (key: string) => args.find((arg) => arg.startsWith(`--${key}=`))?.slice(key.length + 3) ?? '';
  const entries = args.filter((arg) => !arg.startsWith('--')).map((arg) => arg.split('=') as [string, string]);
  const { metafile, outputFiles } = await build({
    entryPoints: Object.fromEntries(entries),
    absWorkingDir: ROOT,
    bundle: true,
    minify: args.includes('--minify'),
    platform: 'node',
    format: 'esm',
    target: option('target'),
    mainFields: option('main-fields').split(','),
    banner: { js: option('banner:js') },
    outExtension: { '.js': '.mjs' },
    outdir: option('outdir'),
    metafile: true,
    write: false,
  });
  return Object.entries(metafile.outputs).map(([file, { inputs }]) => {
    const bytesBySource = Object.entries(inputs).map(([source, { bytesInOutput }]) => [source, bytesInOutput]);
    const written = outputFiles.find((output) => output.path === path.resolve(ROOT, file));
    const bytes = Buffer.from(written?.contents ?? []);
    return [path.basename(path.dirname(file)), { bytes, bytesBySource: Object.fromEntries(bytesBySource) }];
  });
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
