import { expectAll, expectHeld, interceptedSuite } from './seeds';
import { drawnTurns, everyLateSwitch } from './turns';

// Requests that give engines their turns, of which some are delivered several times, or once more while a later one is answered; drawn by seeds, and all of a rollback with one fault.

interceptedSuite();

test('of 200 drawn trials, engines have their turns in the order of deployments, whatever is delivered again', async () => {
  await expectHeld(200, drawnTurns);
});

test('of a rollback whose switch is delivered again, with one fault at any call, the engine that came back has its turn', async () => {
  const count = await everyLateSwitch(expectAll);
  process.stdout.write(`${count} trials of two deliveries\n`);
  expect(count).toBeGreaterThan(100);
});
