import type { FieldBatch } from '../../../lib/analysis/batch/field-batch';
import { TEXT_AT } from '../../../lib/analysis/batch/field-memory';

/** Fills a batch with fields as one column, one directly behind the other. */
export function fillColumn(batch: FieldBatch, values: readonly Uint8Array[]): void {
  batch.width = 1;
  batch.size = values.length;
  let at = TEXT_AT;
  for (const [row, value] of values.entries()) {
    batch.memory.set(value, at);
    batch.starts[row] = at;
    at += value.length;
    batch.ends[row] = at;
  }
}
