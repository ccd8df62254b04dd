import type { RequestState } from '../labels/request-records';
import { OutcomeCodes } from './outcome-codes';
import { type ScoredPredictions, ScoredRecords } from './scored-records';

/** Raised with every change to what is stored: parts of two versions are never mixed. */
const VERSION = 2;

interface ScoredState extends RequestState<ScoredPredictions> {
  readonly version: number;
  readonly outcomes: string[];
}

/** Writes scored records as compact JSON, from which {@link decodeScored} restores them to the bit. */
export function encodeScored(records: ScoredRecords): string {
  const state: ScoredState = { version: VERSION, outcomes: records.outcomes.texts, ...records.state };
  return JSON.stringify(state);
}

/** Restores scored records. Throws when the text has none, or those of another version. */
export function decodeScored(text: string): ScoredRecords {
  const state: ScoredState = JSON.parse(text);
  if (state?.version !== VERSION) {
    throw new Error(
      `ScoredVersion: the part has the version ${state?.version}, this analysis reads ${VERSION}; read the data again`,
    );
  }
  const records = new ScoredRecords(new OutcomeCodes(state.outcomes));
  records.keepClasses(state.predictions.classes?.length ?? 0); // absent in parts of before there were any
  return records.restore(state);
}

/** Merges parts that were read in this order. The parts stay as they are; an empty list gives an empty part. */
export function mergeScored(parts: Iterable<ScoredRecords>): ScoredRecords {
  const whole = new ScoredRecords();
  for (const part of parts) whole.merge(part);
  return whole;
}
