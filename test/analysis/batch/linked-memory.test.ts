import { LinkedMemory } from '../../../lib/analysis/batch/linked-memory';

const BYTES = 3 * 64 * 1024;

test('a memory that was given back is taken again, and has nothing of what was in it', () => {
  const first = LinkedMemory.taken(BYTES);
  new Uint8Array(first.buffer).fill(7);
  first.giveBack();
  const second = LinkedMemory.taken(BYTES - 1);
  expect(second).toBe(first);
  expect(new Uint8Array(second.buffer).some((byte) => byte !== 0)).toBe(false);
});

test('two that are in use are never one, nor is one of another size', () => {
  const [one, other] = [LinkedMemory.taken(BYTES), LinkedMemory.taken(BYTES)];
  expect(other).not.toBe(one);
  one.giveBack();
  expect(LinkedMemory.taken(2 * BYTES)).not.toBe(one);
  expect(LinkedMemory.taken(BYTES)).toBe(one);
});

test('no more are kept than a few', () => {
  const memories = Array.from({ length: 20 }, () => LinkedMemory.taken(BYTES));
  for (const memory of memories) memory.giveBack();
  const again = Array.from({ length: 20 }, () => LinkedMemory.taken(BYTES));
  expect(again.filter((memory) => memories.includes(memory))).toHaveLength(4);
});
