import type { ProfileInput } from '../../../../analysis';
import type { BaselineRequest } from '../../../../baseline/contract';
import type { AnalysisRequest } from '../../contract';
import { windowOf } from '../../request-window';

/** Whether a dataset has the columns of captured data, and nothing else is said of them. */
export const isPlain = ({ predictions, groups }: BaselineRequest): boolean =>
  predictions === undefined && groups === undefined;

/** What a request makes profiles of: captured records of a window, what transform jobs read or wrote in it, or the records of a dataset. */
export function profileInput(request: AnalysisRequest): ProfileInput {
  if (request.mode === 'baseline') return { kind: 'dataset', format: request.format };
  const { transforms } = request;
  if (transforms) return { kind: 'dataset', format: transforms.format, hasGeneratedIds: transforms.generatedIds };
  const { start, end } = windowOf(request);
  const window = { start: start.toISOString(), end: end.toISOString() };
  const { filter, recordFormat, transformations } = request;
  return { kind: 'capture', window, filter, recordFormat, transformations };
}
