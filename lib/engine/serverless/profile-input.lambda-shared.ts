import type { ProfileInput } from '../../analysis';
import { KINDS } from '../../kind/kinds';
import { Failure } from '../../runtime/failure';
import type { AnalysisRequest } from './contract';
import { windowOf } from './plan-items';

/** How the analysis reads the objects of a request. Throws `UnsupportedKind` for monitors that this engine does not run. */
export function profileInput(request: AnalysisRequest): ProfileInput {
  if (request.mode === 'baseline') return { kind: 'dataset', format: request.format };
  const { kind } = request.monitor;
  if (!KINDS[kind]?.engines.includes('serverless')) {
    throw new Failure('UnsupportedKind', `the serverless engine runs no monitors of kind ${kind}`);
  }
  const { start, end } = windowOf(request);
  return { kind: 'capture', window: { start: start.toISOString(), end: end.toISOString() } };
}
