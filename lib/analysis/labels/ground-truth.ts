import { csvBodyRows, MAX_BODY_LINES, tooManyRowsDetail } from '../reading/body-rows';
import type { DefectReason, RecordProblem } from '../reading/defects';
import { groundTruthProblems, labelWords } from '../validation/ground-truth';
import type { FileProblem } from '../validation/shape';
import { malformed, parseJson } from './json-record';

/** Text that is no label: the reason in words, without the text itself. */
export interface InvalidText {
  readonly invalid: string;
}

/** Characters of a label, or of the value of a group: it is kept once, and repeated in files and messages. */
export const MAX_LABEL = 1024;

/** How the text of a label is read. */
export type LabelReader<Label extends string | number> = (text: string) => Label | InvalidText;

/** What one line of ground truth holds: the labels of one request, one for each row of it, or a reason why it cannot be read. */
export type GroundTruthRecord<Label> =
  | { readonly id: string; readonly labels: Label[] }
  | { readonly problem: RecordProblem };

/**
 * Reads one line of ground truth. Details never quote the label. Its `eventId` is the `inferenceId` of the captured record, or, where
 * that has none, its `eventId`. Nothing else may be in `data` than the label; a request of several rows has one label a line.
 *
 * `{"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{"eventId":"aaaa-bbbb-cccc"},"eventVersion":"0"}`
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
 */
export function readGroundTruth<Label extends string | number>(
  line: string,
  readLabel: LabelReader<Label>,
): GroundTruthRecord<Label> {
  const record = parseJson(line);
  if (record === undefined) return malformed('malformed-record', 'the line is no JSON, allowed is one object a line');
  const problems = groundTruthProblems(record);
  if (problems.length > 0) return malformed(reasonOf(problems), labelWords(problems));
  const { groundTruthData, eventMetadata } = record as GroundTruth;
  const labels = readLabels(groundTruthData.data, readLabel);
  return Array.isArray(labels) ? { id: eventMetadata.eventId, labels } : labels;
}

/** A record that nothing is wrong with. */
interface GroundTruth {
  readonly groundTruthData: { readonly data: string };
  readonly eventMetadata: { readonly eventId: string };
}

/** Nothing but the encoding is wrong with an encoding that labels do not have. */
function reasonOf([{ place }, ...others]: readonly FileProblem[]): DefectReason {
  return place === 'groundTruthData.encoding' && others.length === 0 ? 'unknown-encoding' : 'malformed-record';
}

function readLabels<Label extends string | number>(
  data: string,
  readLabel: LabelReader<Label>,
): Label[] | { problem: RecordProblem } {
  const rows = csvBodyRows(data);
  if (!rows) return malformed('malformed-data', 'a quote is not closed');
  if (rows.length === 0) return malformed('empty-data', '"groundTruthData" has no label');
  if (rows.length > MAX_BODY_LINES) return malformed('too-many-rows', tooManyRowsDetail('groundTruthData'));
  const labels: Label[] = [];
  for (const [text, ...others] of rows) {
    if (others.length > 0) return malformed('malformed-data', '"groundTruthData" has more than the label');
    const label = readLabel(text);
    if (typeof label === 'object') return malformed('malformed-data', `the label is ${label.invalid}`);
    labels.push(label);
  }
  return labels;
}
