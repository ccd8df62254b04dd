import { interceptCalls } from './intercepted';
import { Scenery } from './scenes';
import { drawnTrial, everyTrialOfTwo, wordsOf } from './trial';

const FIRST_SEED = Number(process.env.SEED ?? 1);
const SEEDS = 10_000;
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

test('of two executions that take turns, with one fault at any call, the window is decided once and told alike at least once', async () => {
  const count = await everyTrialOfTwo(scenery, (name, tried) => {
    expect(wordsOf(name, tried)).toBe('');
  });
  process.stdout.write(`${count} trials of two executions\n`);
  expect(count).toBeGreaterThan(10_000);
}, 300_000);

test(`of ${SEEDS} drawn trials, each window is decided once, told alike at least once, and counted once`, async () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
    expect(wordsOf(`seed ${seed}`, await drawnTrial(scenery, seed))).toBe('');
  }
}, 300_000);
