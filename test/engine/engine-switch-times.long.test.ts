import * as fc from 'fast-check';
import { faultsOf, type Switch, switchTrial } from './engine-switch-trial';

// Switches of engines at any second of an hour, with whatever may come in their way. SEED looks further.

const switches = (daily: boolean): fc.Arbitrary<Switch> =>
  fc.record({
    from: fc.constantFrom('serverless', 'model-monitor'),
    dailyAt: fc.constant(daily ? 4 : undefined),
    createdAt: fc.integer({ min: 0, max: 59 }),
    switchedAt: fc.integer({ min: 0, max: 3599 }),
    slow: fc.option(
      fc.record({ minutes: fc.integer({ min: 1, max: 100 }), before: fc.constantFrom('turns', 'cleanup') }),
      { nil: undefined },
    ),
    end: fc.oneof(
      fc.constant('stays' as const),
      fc.constant('fails' as const),
      fc.record({ backAfter: fc.integer({ min: 1, max: 70 }) }),
    ),
    companion: fc.boolean(),
    execution: fc.record({
      pendingMinutes: fc.integer({ min: 1, max: 20 }),
      runMinutes: fc.integer({ min: 1, max: 9 }),
    }),
  });

test.each([
  [false, 40],
  [true, 8],
])(
  'every window is told once, by the engine whose turn it is, and none is missed (daily: %s)',
  async (daily, runs) => {
    await fc.assert(
      fc.asyncProperty(switches(daily), async (given) => {
        const trial = await switchTrial(given);
        expect(faultsOf(trial)).toEqual([]);
        expect(trial.due.length).toBeGreaterThanOrEqual(2);
      }),
      { seed: Number(process.env.SEED ?? 20260105), numRuns: Number(process.env.RUNS ?? runs), endOnFailure: true },
    );
  },
  3_600_000,
);

const execution = { pendingMinutes: 10, runMinutes: 20 };
const engines = ['serverless', 'model-monitor'] as const;
test.each<[string, Switch]>([
  ...engines.map((from): [string, Switch] => [
    `from ${from}, in an update that takes hours`,
    { from, createdAt: 33, switchedAt: 3000, slow: { minutes: 150, before: 'cleanup' }, end: 'stays', execution },
  ]),
  ...engines.map((from): [string, Switch] => [
    `from ${from}, in an update that fails after more than an hour`,
    { from, createdAt: 15, switchedAt: 3000, slow: { minutes: 78, before: 'cleanup' }, end: 'fails', execution },
  ]),
])('a switch %s, has each window told once, by the engine whose turn it is, and no run missed', async (_, given) => {
  const trial = await switchTrial(given);
  expect(faultsOf(trial)).toEqual([]);
  expect(trial.due.length).toBeGreaterThanOrEqual(7);
});
