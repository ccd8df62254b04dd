import { Failure } from '../../../runtime/failure';
import type { AnalysisRequest, AnalysisState, FoundBeside, PlannedItem } from '../contract';
import { planItems, planned } from '../plan-items';
import { partsWork } from '../samples';
import { type FoundObjects, labelObjects } from './captured-objects';
import { drawnOf } from './drawn-objects';
import { plannedExtracts } from './extract-planning';
import { hasExtracts } from './has-extracts';
import { lateWindows } from './late-windows';
import type { Listings } from './listings';
import { neverCaptured } from './never-captured';
import { objectsOfRun } from './run-objects';

/** What one plan holds at most: it is made in the memory of one function. */
const OBJECTS = 250_000;

const FEWER_OBJECTS: { readonly [mode in AnalysisRequest['mode']]: string } = {
  monitor: 'let the monitor run more often, so that its windows are shorter',
  baseline: 'write the dataset in fewer and larger objects',
};

/** What a run has to read, and what was found beside it. */
export interface RunItems {
  readonly items: readonly PlannedItem[];
  /** of all that was found, whether it is read or not */
  readonly objectCount: number;
  readonly found: FoundBeside;
}

/** Lists what there is to analyse and groups it. Throws `TooManyObjects` above 250,000; a window without data has no items. */
export async function runItems({ request, execution }: AnalysisState, listings: Listings): Promise<RunItems> {
  const { objects: all, listed: allListed, ...others } = await objectsOfRun(request, listings);
  const { objects, listed, ...sampled } = drawnOf(request, { objects: all, listed: allListed });
  const found = { ...others, ...sampled, ...(await foundBeside(request, listings, { objects: all, ...others })) };
  const labels = objects.length > 0 ? await labelObjects(request) : [];
  limitObjects(request, objects.length + labels.length);
  const work = { output: request.output, execution };
  const leaves = listed && hasExtracts(request);
  const items = leaves
    ? await plannedExtracts(request, work, { records: listed, labels })
    : planItems(objects, partsWork(request, execution), labels.map(planned));
  return { items, objectCount: all.length, found };
}

function limitObjects({ mode }: AnalysisRequest, count: number): void {
  if (count <= OBJECTS) return;
  throw new Failure(
    'TooManyObjects',
    `there are ${count} objects to analyse, at most ${OBJECTS} are allowed; ${FEWER_OBJECTS[mode]}`,
  );
}

/** What a monitor's window shows of other times, without what is not there. */
async function foundBeside(
  request: AnalysisRequest,
  listings: Listings,
  found: FoundObjects,
): Promise<Pick<FoundBeside, 'lateWindows' | 'neverCaptured'>> {
  if (request.mode !== 'monitor') return {};
  const late = await lateWindows(request, listings);
  const never = await neverCaptured(request, listings, found);
  return { ...(late.length > 0 && { lateWindows: late }), ...(never && { neverCaptured: never }) };
}
