import type { MonitorKindName } from '../../../../kind/kind-sheet';
import { KINDS } from '../../../../kind/kinds';
import { Failure } from '../../../../runtime/failure';
import type { AnalysisRequest } from '../../contract';

/**
 * What a list has for the kind of a request; a dataset becomes the baseline of the kind that compares statistics. Throws `UnsupportedKind` for
 * kinds that the list lacks.
 */
export function kindOf<Entry extends { readonly kind: MonitorKindName }>(
  entries: readonly Entry[],
  request: AnalysisRequest,
): Entry {
  const isMeant = ({ kind }: Entry) =>
    request.mode === 'monitor' ? kind === request.monitor.kind : KINDS[kind].baseline.hasStatistics;
  const found = entries.find(isMeant);
  if (found) return found;
  const kind = request.mode === 'monitor' ? request.monitor.kind : 'baseline';
  throw new Failure('UnsupportedKind', `the serverless engine runs no monitors of kind ${kind}`);
}
