import { drawnBaseline, everyBaselineOfTwo, SOURCES } from './baseline';
import { ENVIRONMENT } from './baseline-cloud';
import { expectAll, expectHeld, interceptedSuite } from './seeds';

interceptedSuite();
Object.assign(process.env, ENVIRONMENT);
afterAll(() => {
  for (const name of Object.keys(ENVIRONMENT)) delete process.env[name];
});

test.each(SOURCES)(
  'of two deliveries of a request for a %s that take turns, with one fault at any call, it is answered as it is',
  async (source) => {
    const count = await everyBaselineOfTwo(source, expectAll);
    process.stdout.write(`${count} trials of two deliveries, ${source}\n`);
    expect(count).toBeGreaterThan(100);
  },
  1_200_000,
);

test('of 10,000 drawn trials, each request for a baseline is answered at least once, as it is, and for good', async () => {
  await expectHeld(10_000, drawnBaseline);
}, 1_200_000);
