import type { BaselineRequest } from '../../../../baseline/contract';
import type { MonitorKindName } from '../../../../kind/kind-sheet';
import { Failure } from '../../../../runtime/failure';
import type { AnalysisRequest } from '../../contract';

/** What a list has for one kind. */
export interface KindEntry {
  readonly kind: MonitorKindName;
  /** Whether a dataset is read as this kind reads one; of all kinds, one does. */
  readonly readsDataset: (request: BaselineRequest) => boolean;
}

/** What a list has for the kind of a request. Throws `UnsupportedKind` for kinds that the list lacks. */
export function kindOf<Entry extends KindEntry>(entries: readonly Entry[], request: AnalysisRequest): Entry {
  const isMeant = ({ kind, readsDataset }: Entry) =>
    request.mode === 'monitor' ? kind === request.monitor.kind : readsDataset(request);
  const found = entries.find(isMeant);
  if (found) return found;
  const kind = request.mode === 'monitor' ? request.monitor.kind : 'baseline';
  throw new Failure('UnsupportedKind', `the serverless engine runs no monitors of kind ${kind}`);
}
