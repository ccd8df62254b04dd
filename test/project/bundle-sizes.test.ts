import { type Bundle, bundleAll, packageOf, sdkPackages } from './bundles';
import { filesBelow } from './source-files';

/**
 * What a handler may weigh beyond the AWS SDK, minified: the analyses of all kinds, and no library that only synthesis or a page needs. On two virtual processors 10 kB
 * more take half a millisecond of each cold start, of some 60 that are the SDK's and Node.js's.
 */
const LIMIT = 300_000;

const HANDLERS = filesBelow('lib')
  .filter((file) => file.endsWith('.lambda.ts'))
  .map((file) => file.replace(/.*\/(.*)\.lambda\.ts$/, '$1'));

let bundles: ReadonlyMap<string, Bundle>;
beforeAll(async () => {
  bundles = await bundleAll();
});

test('every handler is bundled under its name, and so is the command line', () => {
  expect(HANDLERS.length).toBeGreaterThan(10);
  expect([...bundles.keys()].sort()).toEqual([...HANDLERS, 'cli'].sort());
});

test.each(HANDLERS)(`%s adds at most ${LIMIT / 1000} kB to the AWS SDK`, (name) => {
  const sdk = sdkPackages();
  const { bytes, bytesBySource } = bundles.get(name) as Bundle;
  const ours = Object.entries(bytesBySource).filter(([file]) => !sdk.has(packageOf(file) ?? ''));
  const weight = ours.reduce((sum, [, size]) => sum + size, 0);
  expect(ours.some(([file]) => file.startsWith('lib/'))).toBe(true);
  expect(weight).toBeLessThan(bytes.length);
  expect(weight).toBeLessThanOrEqual(LIMIT);
  process.stdout.write(
    `${name}: ${(weight / 1000).toFixed(1)} kB beyond the SDK, ${(bytes.length / 1000).toFixed(1)} kB in all\n`,
  );
});

test('the analyzer is in the bundle of what profiles', () => {
  const { bytesBySource } = bundles.get('profile') as Bundle;
  expect(Object.keys(bytesBySource)).toContain('lib/analysis/profile/kll-sketch.ts');
});
