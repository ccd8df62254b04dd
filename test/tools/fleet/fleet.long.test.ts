import { PROMISE, quietFleet, RETURNING } from '../../../tools/fleet/fleet';

test.each(RETURNING)(
  'a fleet in which nothing changes makes no more pages in a month than are promised, where of the records %p come back in the next window (seed 1)',
  (returning) => {
    const { windows, pages, explained } = quietFleet({ ...PROMISE, seed: 1 }, returning);
    expect(windows).toBe(864_000);
    expect(explained).toBe(PROMISE.pages);
    expect(pages).toBeLessThanOrEqual(PROMISE.pages);
  },
  600_000,
);
