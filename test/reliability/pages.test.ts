import { drawnPages, everyPageOfTwo } from './pages';
import { expectAll, expectHeld, interceptedSuite } from './seeds';

// What draws runs, of which some are told several times, or give way to another; drawn by seeds, and all of two with one fault.

const calls = interceptedSuite();
beforeEach(() => calls.setClock(new Date('2026-03-04T09:30:00Z')));

test('of 200 drawn trials, the page of a run is of the report that stands, or its event lies in the queue', async () => {
  await expectHeld(200, drawnPages);
});

test('of a failed run and what takes its place, which are drawn in turns, with one fault at any call, the page is of the latter', async () => {
  const count = await everyPageOfTwo(expectAll);
  process.stdout.write(`${count} trials of two drawings\n`);
  expect(count).toBeGreaterThan(1000);
});
