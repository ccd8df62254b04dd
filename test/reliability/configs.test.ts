import { drawnConfigs, everyConfigOfTwo } from './configs';
import { expectAll, expectHeld, interceptedSuite } from './seeds';

// Requests for analysis configurations, of which some are delivered several times; drawn by seeds, and all of two deliveries with one fault.

interceptedSuite();

test('of 200 drawn trials, each request for a configuration is answered as it is, and what it names is there', async () => {
  await expectHeld(200, drawnConfigs);
});

test('of two deliveries that take turns, with one fault at any call, a request for a configuration is answered as it is', async () => {
  const count = await everyConfigOfTwo(expectAll);
  process.stdout.write(`${count} trials of two deliveries\n`);
  expect(count).toBeGreaterThan(100);
});
