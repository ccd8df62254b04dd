import type { ComparedVariants } from '../../outcome/comparison/contract';
import type { SameRequests } from '../contract';

const NONE: SameRequests = { reference: 0, candidate: 0, shared: 0 };

/** Adds the rows of a window; one whose rows could not be held adds nothing. */
export function withRequests(
  before: SameRequests = NONE,
  { rows, agreement }: Pick<ComparedVariants, 'rows' | 'agreement'>,
): SameRequests {
  if (!rows) return before;
  const shared = before.shared + (agreement?.rows ?? 0);
  return {
    reference: before.reference + rows.reference,
    candidate: before.candidate + rows.candidate,
    shared,
    ...added(before, agreement, shared),
  };
}

function added(
  { agreeing, meanDistance, shared }: SameRequests,
  agreement: ComparedVariants['agreement'],
  all: number,
): Pick<SameRequests, 'agreeing' | 'meanDistance'> {
  if (!agreement || agreement.rows === 0)
    return { ...(agreeing !== undefined && { agreeing }), ...(meanDistance !== undefined && { meanDistance }) };
  if (agreement.agreeing !== undefined) return { agreeing: (agreeing ?? 0) + agreement.agreeing };
  const distance = (meanDistance ?? 0) * shared + (agreement.meanDistance?.value ?? 0) * agreement.rows;
  return { meanDistance: distance / all };
}
