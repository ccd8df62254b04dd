import * as fs from 'node:fs';
import * as path from 'node:path';
import type { App } from 'aws-cdk-lib';
import { APP_NAMES, APPS, birdStrikes } from './apps';
import { bundleAll } from './bundles';
import { ROOT } from './source-files';
import { templatesOf, temporaryFolder } from './synthesis';

test.each(APP_NAMES)('[F2][defect 8] two syntheses of %s write the same bytes', (name) => {
  const [first, second] = [1, 2].map(() => assemblyOf(APPS[name]({ outdir: temporaryFolder() })));
  expect(first.size).toBeGreaterThan(3);
  expect([...first.keys()]).toEqual([...second.keys()]);
  expect([...first].filter(([file, bytes]) => !second.get(file)?.equals(bytes)).map(([file]) => file)).toEqual([]);
});

test('[F8] an app without an account and a region synthesizes, and its template names neither', () => {
  const template = JSON.stringify([...templatesOf(birdStrikes({ outdir: temporaryFolder() })).values()]);
  expect(template).not.toMatch(/arn:aws:|"[a-z]{2}-[a-z]+-\d"|:\d{12}:/);
});

test('a tag of the app changes no asset', () => {
  const [plain, tagged] = [birdStrikes, birdStrikes].map((make) => make({ outdir: temporaryFolder() }));
  tagged.node.findChild('BirdStrikes').node.addMetadata('unrelated', 'change');
  expect(assetsOf(tagged)).toEqual(assetsOf(plain));
  expect(assetsOf(plain).length).toBeGreaterThan(5);
});

test('every bundle has the same bytes twice: `npm run bundle` wrote those of assets/', async () => {
  const bundles = await bundleAll();
  expect(bundles.size).toBeGreaterThan(10);
  const others = [...bundles].filter(([name, { bytes }]) => bytes.length < 1000 || !bytes.equals(written(name)));
  expect(others.map(([name]) => name)).toEqual([]);
});

function written(bundle: string): Buffer {
  return fs.readFileSync(path.join(ROOT, 'assets', bundle, 'index.mjs'));
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
