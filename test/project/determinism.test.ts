import * as fs from 'node:fs';
import * as path from 'node:path';
import type { App } from 'aws-cdk-lib';
import { build } from 'esbuild';
import { birdStrikes, modelMonitor, threeStacks } from './apps';
import { ROOT, readText } from './source-files';
import { templatesOf, temporaryFolder } from './synthesis';

const APPS = { birdStrikes, modelMonitor, threeStacks };
const NAMES = Object.keys(APPS) as (keyof typeof APPS)[];

test.each(NAMES)('two syntheses of %s write the same bytes', (name) => {
  const [first, second] = [1, 2].map(() => assemblyOf(APPS[name]({ outdir: temporaryFolder() })));
  expect(first.size).toBeGreaterThan(3);
  expect([...first.keys()]).toEqual([...second.keys()]);
  expect([...first].filter(([file, bytes]) => !second.get(file)?.equals(bytes)).map(([file]) => file)).toEqual([]);
});

test('an app without an account and a region synthesizes, and its template names neither', () => {
  const template = JSON.stringify([...templatesOf(birdStrikes({ outdir: temporaryFolder() })).values()]);
  expect(template).not.toMatch(/arn:aws:|"[a-z]{2}-[a-z]+-\d"|:\d{12}:/);
});

test('a tag of the app changes no asset', () => {
  const [plain, tagged] = [birdStrikes, birdStrikes].map((make) => make({ outdir: temporaryFolder() }));
  tagged.node.findChild('BirdStrikes').node.addMetadata('unrelated', 'change');
  expect(assetsOf(tagged)).toEqual(assetsOf(plain));
  expect(assetsOf(plain).length).toBeGreaterThan(5);
});

const TASKS = JSON.parse(readText('.projen/tasks.json')).tasks as Record<string, { steps: { execArgs: string[] }[] }>;
const BUNDLES = Object.keys(TASKS).filter((name) => name.startsWith('bundle:'));

test.each(BUNDLES)('%s gives the same bytes twice', async (name) => {
  const [first, second] = await Promise.all([bundle(name), bundle(name)]);
  expect(first.length).toBeGreaterThan(1000);
  expect(first.equals(second)).toBe(true);
});

/** What the task would write, by esbuild itself. */
async function bundle(name: string): Promise<Buffer> {
  const [, ...args] = TASKS[name].steps[0].execArgs;
  const entry = args.find((arg) => arg.startsWith('lib/')) as string;
  const option = (key: string) => args.find((arg) => arg.startsWith(`--${key}=`))?.slice(key.length + 3) ?? '';
  const outfile = path.join(temporaryFolder(), 'index.mjs');
  await build({
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
  });
  return fs.readFileSync(outfile);
}

/** Every file of the cloud assembly, by its path in it. */
function assemblyOf(app: App): Map<string, Buffer> {
  const { directory } = app.synth();
  const files = fs.readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name))).sort();
  return new Map(paths.map((file) => [file, fs.readFileSync(path.join(directory, file))]));
}

/** The hashes of the files and folders that are uploaded. */
function assetsOf(app: App): string[] {
  return fs
    .readdirSync(app.synth().directory)
    .filter((file) => file.startsWith('asset.'))
    .sort();
}
