import { KllSketch } from '../../profile/kll-sketch';

/** Rows up to which a sketch is built to see its height; of more rows it follows from these. */
const LARGEST_BUILT = 1 << 17;

/**
 * The highest level that has items in the sketch of so many values; it does not depend on the values. 0 up to 2,050 values. Twice the values
 * fill at most one level more, which is what is assumed beyond 131,072: the result is then not below the true one.
 */
export function sketchHeight(rows: number): number {
  const halvings = Math.max(0, Math.ceil(Math.log2(rows / LARGEST_BUILT)));
  const built = Math.min(rows, LARGEST_BUILT);
  const sketch = new KllSketch();
  for (let row = 0; row < built; row++) sketch.add(row);
  const isFilled = sketch.data().map((items) => items.length > 0);
  return Math.max(0, isFilled.lastIndexOf(true)) + halvings;
}
