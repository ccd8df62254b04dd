/**
 * Applies an asynchronous function to every item, at most `limit` at a time; results are in the order of the items.
 *
 * The first rejection rejects the whole; what is under way then is not awaited.
 */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  limit: number,
  apply: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const work = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await apply(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return results;
}
