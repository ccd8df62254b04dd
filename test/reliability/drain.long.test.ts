import { DRAIN_ENV } from '../../lib/engine/model-monitor/schedule/drain/contract';
import { DEPLOYMENTS, drawnDrain, everyDrainOfTwo } from './drain';
import { MACHINE } from './drain-cloud';
import { expectAll, expectHeld, interceptedSuite } from './seeds';

interceptedSuite();
process.env[DRAIN_ENV.stateMachineArn] = MACHINE;
afterAll(() => {
  delete process.env[DRAIN_ENV.stateMachineArn];
});

test.each(DEPLOYMENTS)(
  'of two deliveries of the requests of a %s that take turns, with one fault at any call, schedules end as it needs them',
  async (deployment) => {
    const count = await everyDrainOfTwo(deployment, expectAll);
    process.stdout.write(`${count} trials of two deliveries, ${deployment}\n`);
    expect(count).toBeGreaterThan(100);
  },
  1_200_000,
);

test('of 10,000 drawn trials, each schedule ends as its deployment needs it, and CloudFormation is told so', async () => {
  await expectHeld(10_000, (seed) => drawnDrain(seed));
}, 1_200_000);
