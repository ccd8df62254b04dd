import { drawnTestEnd, drawnTriage, drawnWatch } from './deeds';
import { expectHeld, interceptedSuite } from './seeds';

const calls = interceptedSuite();
beforeEach(() => calls.setClock(new Date('2026-03-09T09:30:00Z')));

test.each([
  ['an issue of a training', drawnWatch],
  ['the end of a test of variants', drawnTestEnd],
  ['what several people say of findings at once', drawnTriage],
] as const)(
  'of 10,000 drawn trials of %s, all holds',
  async (_, trial) => {
    await expectHeld(10_000, trial);
  },
  1_200_000,
);
