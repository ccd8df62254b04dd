import type { ComparedVariants } from '../../outcome/comparison/contract';
import type { SameRequests } from '../../outcome/tested/contract';

const NONE: SameRequests = { reference: 0, candidate: 0, shared: 0 };

/** Adds the rows of a window; one whose rows could not be held adds nothing. */
export function withRequests(
  before: SameRequests = NONE,
  { rows, agreement }: Pick<ComparedVariants, 'rows' | 'agreement'>,
): SameRequests {
  if (!rows) return before;
  const shared = before.shared + (agreement?.rows ?? 0);
  return {
    ...before,
    reference: before.reference + rows.reference,
    candidate: before.candidate + rows.candidate,
    shared,
    ...added(before, agreement, shared),
  };
}

function added(
  { agreeing, meanDistance = 0, ...before }: SameRequests,
  agreement: ComparedVariants['agreement'],
  shared: number,
): Pick<SameRequests, 'agreeing' | 'meanDistance'> {
  if (!agreement) return {};
  const { meanDistance: own, rows } = agreement;
  if (!own) return { agreeing: (agreeing ?? 0) + (agreement.agreeing ?? 0) };
  return { meanDistance: (meanDistance * before.shared + own.value * rows) / shared };
}
