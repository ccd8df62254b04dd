import { faultsOf, type Switch, switchTrial } from './engine-switch-trial';

// Switches of engines at the minutes that matter; the test beside this one has slow updates, and draws any.

const execution = { pendingMinutes: 10, runMinutes: 20 };
test.each<[string, Switch]>([
  [
    'from serverless, minutes after the hour, when its run is still to come',
    { from: 'serverless', createdAt: 50, switchedAt: 3 * 60, end: 'stays', execution },
  ],
  [
    'from Model Monitor, while its execution runs',
    { from: 'model-monitor', createdAt: 5, switchedAt: 25 * 60, end: 'stays', execution },
  ],
  [
    'from Model Monitor, before the run of that hour on the serverless engine',
    { from: 'model-monitor', createdAt: 25, switchedAt: 3 * 60, end: 'stays', execution },
  ],
  [
    'from serverless, in an update that fails after more than an hour',
    {
      from: 'serverless',
      createdAt: 15,
      switchedAt: 3000,
      slow: { minutes: 78, before: 'cleanup' },
      end: 'fails',
      execution,
    },
  ],
])('a switch %s, has each window told once, by the engine whose turn it is, and no run missed', async (_, given) => {
  const trial = await switchTrial(given);
  expect(faultsOf(trial)).toEqual([]);
  expect(trial.due.length).toBeGreaterThanOrEqual(7);
});
