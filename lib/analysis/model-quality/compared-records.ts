import type { RangedPart } from '../labels/ranged-part';
import type { OpenedPart, RangeSpan } from '../labels/ranged-records';
import { ScoredRecords } from './scored-records';

/** What is kept of two variants at once: predictions of the one whose parts come first, and of the other. */
export class ComparedRecords extends ScoredRecords {
  /** by request: whether the reference has answered it */
  readonly ofReference: boolean[] = [];
  private readonly references = new Set<OpenedPart>();
  private opened = 0;

  /** @param isReference of each part, in the order in which they are opened */
  constructor(private readonly isReference: readonly boolean[]) {
    super();
  }

  open(part: RangedPart): OpenedPart {
    const opened = super.open(part);
    if (this.isReference[this.opened]) this.references.add(opened);
    this.opened += 1;
    return opened;
  }

  addRanges(part: OpenedPart, span: RangeSpan, most?: number): void {
    super.addRanges(part, span, most);
    const isReference = this.references.has(part);
    while (this.ofReference.length < this.predictions.ids.length) this.ofReference.push(isReference);
  }

  clear(): void {
    super.clear();
    this.ofReference.length = 0;
  }
}
