import { drawnConfigs } from './configs';
import { expectHeld, interceptedSuite } from './seeds';

interceptedSuite();

test('of 10,000 drawn trials, each request for a configuration is answered as it is, and what it names is there', async () => {
  await expectHeld(10_000, drawnConfigs);
}, 1_200_000);
