import { drawnPages } from './pages';
import { expectHeld, interceptedSuite } from './seeds';

const calls = interceptedSuite();
beforeEach(() => calls.setClock(new Date('2026-03-04T09:30:00Z')));

test('of 10,000 drawn trials, the page of a run is of the report that stands, or its event lies in the queue', async () => {
  await expectHeld(10_000, drawnPages);
}, 1_200_000);
