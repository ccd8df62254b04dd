import { drawnBaseline } from './baseline';
import { ENVIRONMENT } from './baseline-cloud';
import { expectHeld, interceptedSuite } from './seeds';

interceptedSuite();
Object.assign(process.env, ENVIRONMENT);
afterAll(() => {
  for (const name of Object.keys(ENVIRONMENT)) delete process.env[name];
});

test('of 200 drawn trials, each request for a baseline is answered at least once, as it is, and for good', async () => {
  await expectHeld(200, drawnBaseline);
});
