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
