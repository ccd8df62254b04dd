import { DRAIN_ENV } from '../../lib/engine/model-monitor/schedule/drain/contract';
import { drawnDrain } from './drain';
import { MACHINE } from './drain-cloud';
import { expectHeld, foundOut, interceptedSuite } from './seeds';

interceptedSuite();
process.env[DRAIN_ENV.stateMachineArn] = MACHINE;
afterAll(() => {
  delete process.env[DRAIN_ENV.stateMachineArn];
});

test('of 150 drawn trials, each schedule ends as its deployment needs it, and CloudFormation is told so', async () => {
  await expectHeld(150, (seed) => drawnDrain(seed));
});

test('a service that starts an execution of one name twice is found out: a late delivery tells a failure after the success of its request', async () => {
  expect(await foundOut(150, (seed) => drawnDrain(seed, { knowsNames: false }))).toContain(
    'request one: a success was taken back',
  );
});

test('requests of which nobody knows when they were made are found out: a late one drains what the rollback has brought back', async () => {
  expect(await foundOut(150, (seed) => drawnDrain(seed, { made: 'unsaid' }))).toContain(
    'the rollback left gone silent',
  );
});
