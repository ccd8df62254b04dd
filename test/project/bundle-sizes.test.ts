import { BUNDLES, bundle, packageOf, sdkPackages } from './bundles';

/** What a handler may weigh beyond the AWS SDK, minified. */
const LIMIT = 150_000;

const HANDLERS = BUNDLES.filter((name) => name.endsWith('.lambda'));

test.each(HANDLERS)('%s adds at most 150 kB to the AWS SDK', async (name) => {
  const sdk = sdkPackages();
  const { bytes, bytesBySource } = await bundle(name);
  const ours = Object.entries(bytesBySource).filter(([file]) => !sdk.has(packageOf(file) ?? ''));
  const weight = ours.reduce((sum, [, size]) => sum + size, 0);
  expect(ours.some(([file]) => file.startsWith('lib/'))).toBe(true);
  expect(weight).toBeLessThan(bytes.length);
  expect(weight).toBeLessThanOrEqual(LIMIT);
  process.stdout.write(
    `${name}: ${(weight / 1000).toFixed(1)} kB beyond the SDK, ${(bytes.length / 1000).toFixed(1)} kB in all\n`,
  );
});

test('the analyzer is in the bundle of what profiles', async () => {
  const { bytesBySource } = await bundle('bundle:lib/engine/serverless/handler/profile.lambda');
  expect(Object.keys(bytesBySource)).toContain('lib/analysis/profile/kll-sketch.ts');
});
