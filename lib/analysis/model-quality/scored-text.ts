import type { Defect, DefectReason } from '../reading/defects';
import { OutcomeCodes } from './outcome-codes';
import { type ScoredLabels, type ScoredPredictions, ScoredRecords } from './scored-records';

/** Raised with every change to what is stored: parts of two versions are never mixed. */
const VERSION = 1;

interface ScoredState {
  readonly version: number;
  readonly fileNames: string[];
  readonly defects: { readonly counts: [DefectReason, number][]; readonly samples: Defect[] };
  readonly outsideWindow: number;
  readonly outcomes: string[];
  readonly predictions: ScoredPredictions;
  readonly labels: ScoredLabels;
  readonly refusal?: string;
}

/** Writes scored records as compact JSON, from which {@link decodeScored} restores them to the bit. */
export function encodeScored(records: ScoredRecords): string {
  const { fileNames, defects, outsideWindow, outcomes, predictions, labels, refusal } = records;
  const state: ScoredState = {
    version: VERSION,
    fileNames,
    defects: { counts: [...defects.counts], samples: defects.samples },
    outsideWindow,
    outcomes: outcomes.texts,
    predictions,
    labels,
    refusal,
  };
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
  Object.assign(records.predictions, state.predictions);
  Object.assign(records.labels, state.labels);
  records.fileNames.push(...state.fileNames);
  for (const [reason, count] of state.defects.counts) records.defects.addMany(reason, count, []);
  records.defects.samples.push(...state.defects.samples);
  records.outsideWindow = state.outsideWindow;
  records.refusal = state.refusal;
  return records;
}

/** Merges parts that were read in this order. The parts stay as they are; an empty list gives an empty part. */
export function mergeScored(parts: Iterable<ScoredRecords>): ScoredRecords {
  const whole = new ScoredRecords();
  for (const part of parts) whole.merge(part);
  return whole;
}
