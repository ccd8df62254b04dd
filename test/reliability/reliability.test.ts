import { Scenery } from './scenes';
import { expectHeld, foundOut, interceptedSuite } from './seeds';
import { drawnTrial } from './trial';

// Interleavings and faults of the functions that conclude and reconcile, drawn by seeds; `reliability.long.test.ts` draws more, and goes through those of
// two executions one by one. A trial that fails prints its seed and its steps; SEED begins elsewhere.

const calls = interceptedSuite();
let scenery: Scenery;

beforeAll(async () => {
  scenery = await Scenery.make(calls);
});

test('of 300 drawn trials, each window is decided once, told alike at least once, and counted once', async () => {
  await expectHeld(300, (seed) => drawnTrial(scenery, seed));
});

test('a store that takes no conditions is found out: a window is decided twice', async () => {
  expect(await foundOut(60, (seed) => drawnTrial(scenery, seed, false))).toContain('revision was decided twice');
});

test('a trial comes to the same steps each time that it is drawn', async () => {
  for (const seed of [3, 5, 8]) {
    expect((await drawnTrial(scenery, seed)).steps).toEqual((await drawnTrial(scenery, seed)).steps);
  }
});
