import type { RecordProblem } from '../reading/defects';
import { csvRows, isObject, malformed, parseJson } from './json-record';
import { type Outcome, type QualityProblem, readOutcome } from './problem';

/** What one line of ground truth holds: the labels of one request, one for each row of it, or a reason why it cannot be read. */
export type GroundTruthRecord =
  | { readonly id: string; readonly labels: Outcome[] }
  | { readonly problem: RecordProblem };

/**
 * Reads one line of ground truth. Details never quote the label. Its `eventId` is the `inferenceId` of the captured record, or, where
 * that has none, its `eventId`. Nothing else may be in `data` than the label; a request of several rows has one label a line.
 *
 * `{"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{"eventId":"aaaa-bbbb-cccc"},"eventVersion":"0"}`
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
 */
export function readGroundTruth(problem: QualityProblem, line: string): GroundTruthRecord {
  const record = parseJson(line);
  if (!isObject(record)) return malformed('malformed-record', 'not a JSON object');
  const id = isObject(record.eventMetadata) ? record.eventMetadata.eventId : undefined;
  if (typeof id !== 'string' || id === '') return malformed('malformed-record', 'no "eventId"');
  const truth = record.groundTruthData;
  if (!isObject(truth) || typeof truth.data !== 'string') return malformed('malformed-record', 'no "groundTruthData"');
  if (truth.encoding !== 'CSV') return malformed('unknown-encoding', '"groundTruthData" is not in the encoding CSV');
  const labels = readLabels(problem, truth.data);
  return Array.isArray(labels) ? { id, labels } : labels;
}

function readLabels(problem: QualityProblem, data: string): Outcome[] | { problem: RecordProblem } {
  const rows = csvRows(data);
  if (!rows) return malformed('malformed-data', 'a quote is not closed');
  if (rows.length === 0) return malformed('empty-data', '"groundTruthData" has no label');
  const labels: Outcome[] = [];
  for (const [text, ...others] of rows) {
    if (others.length > 0) return malformed('malformed-data', '"groundTruthData" has more than the label');
    const label = readOutcome(problem, text);
    if (typeof label === 'object') return malformed('malformed-data', `the label is ${label.invalid}`);
    labels.push(label);
  }
  return labels;
}
