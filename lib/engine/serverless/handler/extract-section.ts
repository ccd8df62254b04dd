import type { ExpectedColumns } from '../../../analysis';
import type { PrefixLocation } from '../../../core/contract';
import type { ExtractSection, ExtractTask } from '../contract';
import { extractLocation } from '../extracts';
import { columnsIfKnown } from './baseline-columns';
import { layoutFolder } from './extract-layout';
import { sizesOfExtracts } from './extract-sizes';
import type { ExtractingRequest } from './has-extracts';

/** What is read of the objects of some extracts for one monitor, and which of them are there. */
export interface SectionShelf {
  /** of the monitor that it is read for */
  readonly request: ExtractingRequest;
  readonly columns: ExpectedColumns | undefined;
  readonly folder: PrefixLocation;
  /** whether the columns of the baseline are known, if it has any: without them nothing is left for others */
  readonly isKnown: boolean;
  /** whether the extract is there */
  has(task: ExtractTask): boolean;
}

/** The section of a request, of these extracts. */
export async function shelfOf(request: ExtractingRequest, tasks: readonly ExtractTask[]): Promise<SectionShelf> {
  const columns = await columnsIfKnown(request);
  const folder = layoutFolder(request, columns);
  const names = tasks.map(({ name }) => name);
  const made = await sizesOfExtracts(folder, names);
  return {
    request,
    columns,
    folder,
    isKnown: columns !== undefined || request.baseline.statistics === undefined,
    has: ({ name }) => made.has(extractLocation(folder, name).key),
  };
}

/** The requests of other monitors of the same data, as far as these decide what is read of records, or of labels at this place. */
export function otherRequests(request: ExtractingRequest, content: ExtractTask['content']): ExtractingRequest[] {
  const { others = [] } = request.extracts;
  const isMeant = ({ labels }: ExtractSection) => content === undefined || isSamePlace(labels, request.labels?.place);
  return others.filter(isMeant).map(({ kind, statistics, labels, ...reading }) => ({
    ...request,
    ...NOTHING_OWN,
    ...reading,
    monitor: { ...request.monitor, kind },
    baseline: { ...request.baseline, statistics },
  }));
}

/** What of a request is not another monitor's, where that does not say it. */
const NOTHING_OWN = {
  filter: undefined,
  recordFormat: undefined,
  transformations: undefined,
  problem: undefined,
  unit: undefined,
  groups: undefined,
};

const isSamePlace = (one?: PrefixLocation, other?: PrefixLocation): boolean =>
  one?.bucket === other?.bucket && one?.prefix === other?.prefix;
