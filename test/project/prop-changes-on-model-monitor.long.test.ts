import { gathered, propChanges, updatesOf } from './prop-changes/checks';
import { MODEL_MONITOR, SHAPES } from './prop-changes/shapes';

test('a deployed stack on Model Monitor gets each change, rolls it back, loses it, and is deleted', async () => {
  const updates = updatesOf(SHAPES[MODEL_MONITOR]);
  expect(updates.size).toBeGreaterThan(100);
  expect(await gathered(propChanges(MODEL_MONITOR))).toEqual({ faults: [], count: updates.size + 1 });
}, 600_000);
