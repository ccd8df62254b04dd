import { interceptCalls } from './intercepted';
import { Scenery } from './scenes';
import { drawnTrial, wordsOf } from './trial';

// Interleavings and faults of the functions that conclude and reconcile, drawn by seeds; `reliability.long.test.ts` draws more, and goes through those of
// two executions one by one. A trial that fails prints its seed and its steps; SEED begins elsewhere.

const FIRST_SEED = Number(process.env.SEED ?? 1);
const logged = jest.spyOn(console, 'log').mockImplementation();
const calls = interceptCalls();
let scenery: Scenery;

beforeAll(async () => {
  scenery = await Scenery.make(calls);
});
afterAll(() => {
  calls.restore();
  logged.mockRestore();
});

test('of 300 drawn trials, each window is decided once, told alike at least once, and counted once', async () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + 300; seed++) {
    expect(wordsOf(`seed ${seed}`, await drawnTrial(scenery, seed))).toBe('');
  }
});

test('a store that takes no conditions is found out: a window is decided twice', async () => {
  const found = new Set<string>();
  for (let seed = FIRST_SEED; seed < FIRST_SEED + 60; seed++) {
    for (const words of (await drawnTrial(scenery, seed, false)).broken) found.add(words);
  }
  expect([...found]).toContain('revision 1 was decided twice');
});

test('a trial comes to the same steps each time that it is drawn', async () => {
  for (const seed of [3, 5, 8]) {
    expect((await drawnTrial(scenery, seed)).steps).toEqual((await drawnTrial(scenery, seed)).steps);
  }
});
