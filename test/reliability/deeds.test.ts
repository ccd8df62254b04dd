import { drawnTestEnd, drawnTriage, drawnWatch } from './deeds';
import { expectHeld, interceptedSuite } from './seeds';

const calls = interceptedSuite();
beforeEach(() => calls.setClock(new Date('2026-03-09T09:30:00Z')));

test('of 200 drawn trials, each issue of a training is told, or lies in the queue, and stops what it is to alone', async () => {
  await expectHeld(200, drawnWatch);
});

test('of 200 drawn trials, the end of a test of variants is decided once, told alike, and takes requests back, or lies in the queue', async () => {
  await expectHeld(200, drawnTestEnd);
});

test('of 200 drawn trials, nothing is lost of what several people say of findings at once', async () => {
  await expectHeld(200, drawnTriage);
});
