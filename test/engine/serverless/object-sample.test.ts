import fc from 'fast-check';
import { type Draw, drawnObjects } from '../../../lib/engine/serverless/object-sample';
import type { PlannedObject } from '../../../lib/engine/serverless/plan-items';

const MIB = 1024 * 1024;

const DRAW: Draw = { maximumBytes: 10 * MIB, salt: 'capture\ndata/churn/\n', variantOf: (key) => key.split('/')[0] };

const object = (key: string, size = MIB): PlannedObject => ({ bucket: 'capture', key, size });
const objectsOf = (variant: string, count: number, size?: number) =>
  Array.from({ length: count }, (_, index) => object(`${variant}/${String(index).padStart(4, '0')}.jsonl`, size));
const keysOf = (objects: readonly PlannedObject[]) => objects.map(({ key }) => key).sort();
const bytesOf = (objects: readonly PlannedObject[]) => objects.reduce((sum, { size }) => sum + size, 0);

test('a window with no more bytes than a run may read is read whole, and says nothing of a sample', () => {
  const objects = objectsOf('v', 10);
  expect(drawnObjects(objects, DRAW)).toEqual({ drawn: objects });
  expect(drawnObjects([], DRAW)).toEqual({ drawn: [] });
});

test('of one with more, as many are drawn as have room, and the sample says which share of the bytes that is', () => {
  const { drawn, sample } = drawnObjects(objectsOf('v', 40), DRAW);
  expect(drawn).toHaveLength(10);
  expect(sample).toEqual({ share: 0.25, bytes: 10 * MIB, ofBytes: 40 * MIB, objects: 10, ofObjects: 40 });
});

test('of each variant the same share is drawn, and of the smallest an object', () => {
  const objects = [...objectsOf('blue', 80), ...objectsOf('green', 20), ...objectsOf('new', 1, 100)];
  const { drawn } = drawnObjects(objects, DRAW);
  const countOf = (variant: string) => drawn.filter(({ key }) => key.startsWith(`${variant}/`)).length;
  expect([countOf('blue'), countOf('green'), countOf('new')]).toEqual([7, 1, 1]);
});

test('an object that is larger than all that a run may read is read where a window has no other', () => {
  const only = [object('v/a', 11 * MIB)];
  expect(drawnObjects(only, DRAW)).toEqual({ drawn: only });
  const { drawn, sample } = drawnObjects([...only, object('v/b', 11 * MIB)], DRAW);
  expect(drawn).toHaveLength(1);
  expect(sample?.share).toBe(0.5);
});

test('the same objects make the same sample in whatever order they are listed, which has no more bytes than are allowed but for one of each variant', () => {
  const sizes = fc.array(fc.record({ variant: fc.constantFrom('blue', 'green'), size: fc.nat(4 * MIB) }), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(sizes, fc.nat(1000), (drawnSizes, turn) => {
      const objects = drawnSizes.map(({ variant, size }, index) => object(`${variant}/${index}`, size));
      const turned = [...objects.slice(turn % 40), ...objects.slice(0, turn % 40)];
      const { drawn, sample } = drawnObjects(objects, DRAW);
      expect(keysOf(drawnObjects(turned, DRAW).drawn)).toEqual(keysOf(drawn));
      expect(bytesOf(drawn)).toBeLessThanOrEqual(DRAW.maximumBytes + 2 * 4 * MIB);
      if (sample) expect(sample.bytes / sample.ofBytes).toBe(sample.share);
      for (const { key } of objects) {
        const variant = DRAW.variantOf(key);
        expect(drawn.some((one) => DRAW.variantOf(one.key) === variant)).toBe(true);
      }
    }),
  );
});

test('fewer bytes draw a part of what more bytes draw, so that a smaller limit reads nothing else', () => {
  const objects = objectsOf('v', 100);
  const drawnBy = (maximumBytes: number) => keysOf(drawnObjects(objects, { ...DRAW, maximumBytes }).drawn);
  expect(drawnBy(30 * MIB)).toEqual(expect.arrayContaining(drawnBy(10 * MIB)));
});

test('a window has the same sample in every version of this library', () => {
  const numbers = keysOf(drawnObjects(objectsOf('v', 40), DRAW).drawn).map((key) => Number(/\d+/.exec(key)));
  expect(numbers).toEqual([3, 9, 11, 18, 19, 25, 27, 30, 31, 37]);
});

test('every object is drawn as often as any other, and others for other data', () => {
  const objects = objectsOf('v', 40);
  const counts = new Map<string, number>();
  const DATA = 2000;
  for (let data = 0; data < DATA; data += 1) {
    for (const { key } of drawnObjects(objects, { ...DRAW, salt: `${data}` }).drawn) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const expected = DATA / 4;
  const chiSquare = objects.reduce((sum, { key }) => sum + ((counts.get(key) ?? 0) - expected) ** 2 / expected, 0);
  expect(chiSquare).toBeLessThan(39 + 4 * Math.sqrt(2 * 39)); // four deviations above the mean of as many degrees of freedom, and these are drawn without replacement
});
