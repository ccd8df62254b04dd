import { IN_MEMORY, RANGES, RangedPart } from './ranged-part';
import type { RangedRecords, RangeSpan } from './ranged-records';
import type { Requests } from './request-records';

/** Bytes of lines that are records at once. */
const BATCH_BYTES = 4 * 1024 * 1024;

/**
 * Brings together what was read in parts: some ranges of identifiers at a time, so that of all records there are their bytes, and of a few of them all that
 * a comparison needs. Parts are taken in the order in which they were read.
 */
export class PartsMeeting<Records extends RangedRecords<Requests>> {
  private readonly parts: RangedPart[] = [];
  private bytes = 0;

  /**
   * @param records without requests; they are those of one batch after the other, and at last say of all parts what is no request's
   * @param shelf where the records of parts are until it is their turn
   * @param batchBytes of records that meet at once, unless one range has more
   */
  constructor(
    private readonly records: Records,
    private readonly shelf = IN_MEMORY,
    private readonly batchBytes = BATCH_BYTES,
  ) {}

  /** Takes the bytes of a part. */
  add(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    if (this.bytes <= this.shelf.room) this.parts.push(new RangedPart(bytes, this.shelf));
    else this.records.refusal ??= tooMany(this.shelf.room);
  }

  /** Lets each batch meet: it has all that was read of its identifiers. */
  meet(take: (records: Records) => void): Records {
    const opened = this.parts.map((part) => this.records.open(part));
    const width = this.rangesAtOnce();
    for (let from = 0; from < RANGES && this.records.refusal === undefined; from += width) {
      this.records.clear();
      const span: RangeSpan = [from, from + width];
      const most = this.records.mostNumbersOf(opened, span);
      for (const part of opened) this.records.addRanges(part, span, most);
      if (this.records.refusal === undefined) take(this.records);
    }
    this.records.clear();
    return this.records;
  }

  private rangesAtOnce(): number {
    let width = RANGES;
    while (width > 1 && (this.bytes * width) / RANGES > this.batchBytes) width /= 2;
    return width;
  }
}

const tooMany = (bytes: number) =>
  `predictions and labels have more than ${bytes / 1024 / 1024} MiB, which is all that is compared at once: shorten the window`;
