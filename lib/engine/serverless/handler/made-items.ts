import { readText } from '../../../runtime/s3';
import type { AnalysisRequest, ExtractItem, Plan } from '../contract';
import { extractLocation, ownPartLocation } from '../extracts';
import type { WorkLocation } from '../plan-items';
import { columnsIfKnown } from './baseline-columns';
import { layoutFolder } from './extract-layout';
import { sizesOfExtracts } from './extract-sizes';
import { hasExtracts } from './has-extracts';

/** The items of a plan of extracts whose parts are all there, of the keys that an execution has made; none of another plan. */
export async function madeItems(
  request: AnalysisRequest,
  work: WorkLocation,
  { plan, keys }: { readonly plan?: Plan; readonly keys: readonly string[] },
): Promise<ReadonlySet<number>> {
  if (!plan?.itemCount || !hasExtracts(request)) return new Set();
  const lines = (await readText(plan)).split('\n').filter((line) => line !== '');
  const items = lines.map((line) => JSON.parse(line) as ExtractItem);
  const folder = layoutFolder(request, await columnsIfKnown(request));
  const names = items.flatMap(({ extracts }) => extracts.map(({ name }) => name));
  const made = new Set([...keys, ...(await sizesOfExtracts(folder, names)).keys()]);
  const isMade = ({ name, part }: ExtractItem['extracts'][number]) =>
    made.has(extractLocation(folder, name).key) || made.has(ownPartLocation(work, part).key);
  return new Set(items.filter(({ extracts }) => extracts.every(isMade)).map(({ index }) => index));
}
