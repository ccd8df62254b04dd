import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DiskShelf } from '../../lib/engine/serverless/handler/disk-shelf';

const words = (first: number, length: number) => Int32Array.from({ length }, (_, index) => first + index);

/** Folders of shelves that are there. */
const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('parts-'));

test('what is kept is read from where it is, in memory as long as there is room, and then on the disk', () => {
  const shelf = new DiskShelf(4 * 100);
  const before = folders();
  const kept = [words(0, 60), words(1000, 40), words(2000, 70_000), words(90_000, 3)].map((each) => shelf.keep(each));
  expect(kept.map((each) => [...each.read(1, 3)])).toEqual([
    [1, 2],
    [1001, 1002],
    [2001, 2002],
    [90_001, 90_002],
  ]);
  expect(kept[2].read(0, 70_000)).toEqual(words(2000, 70_000));
  expect(kept[2].read(7, 7)).toHaveLength(0);
  expect(() => kept[3].read(0, 4)).toThrow('PartsFile');
  expect(folders()).toEqual(before); // it has no name from the beginning
  shelf.close();
  expect(() => kept[3].read(0, 1)).toThrow();
  expect([...kept[0].read(0, 2)]).toEqual([0, 1]);
});

test('there is room for what the disk of the function has, but for what else it may need', () => {
  expect(new DiskShelf().room).toBe(10_000 * 1024 * 1024);
});

test('of what is on the disk nothing is held in memory', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const shelf = new DiskShelf(0);
  const held: WeakRef<Int32Array>[] = [];
  const keep = (index: number) => {
    const part = words(index, 250_000);
    held.push(new WeakRef(part));
    return shelf.keep(part);
  };
  const kept = Array.from({ length: 20 }, (_, index) => keep(index));
  await setImmediate(); // what a WeakRef was made of stays until then
  collect();
  expect(held.filter((part) => part.deref() !== undefined)).toEqual([]);
  expect(kept.map((each) => each.read(9, 10)[0])).toEqual(kept.map((_, index) => index + 9));
  shelf.close();
});
