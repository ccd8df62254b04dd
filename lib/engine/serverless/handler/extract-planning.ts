import type { ExtractItem, MonitorRequest } from '../contract';
import { extractItems, extractsOf, type ListedVersion, variantOfTask } from '../extracts';
import { partsLocation, partVariantsLocation, type WorkLocation } from '../plan-items';
import { writeIntermediate } from './intermediate-object';

/** The objects of a window, of records and of their labels, as they were listed. */
interface ListedObjects {
  readonly records: readonly ListedVersion[];
  readonly labels: readonly ListedVersion[];
}

/** What is to be read for a window from which extracts are left, or to be found as one. The names of its extracts are written down for its conclusion. */
export async function plannedExtracts(
  request: MonitorRequest,
  work: WorkLocation,
  { records, labels }: ListedObjects,
): Promise<ExtractItem[]> {
  const tasks = extractsOf(request, records, labels);
  const names = tasks.map(({ name }) => name);
  if (names.length > 0) await writeIntermediate(partsLocation(work), JSON.stringify(names));
  if (names.length > 0 && request.variants?.apart) {
    const variants = tasks.map((task) => variantOfTask(request, task) ?? null);
    await writeIntermediate(partVariantsLocation(work), JSON.stringify(variants));
  }
  return extractItems(tasks);
}
