import { type FileProblem, object, type Shape, TEXT } from './shape';

/** A text that names something. */
const ID: Shape = (value, place) =>
  value === ''
    ? [
        {
          weight: 'Type',
          place,
          found: 'an empty text',
          allowed: 'the inferenceId, or else the eventId, of a captured record',
        },
      ]
    : TEXT(value, place);

/** The one encoding of labels. Another one is not quoted: it is part of a record. */
const ENCODING: Shape = (value, place) => {
  if (value === 'CSV') return [];
  const [{ found } = { found: 'another text' }] = TEXT(value, place);
  return [{ weight: 'Type', place, found, allowed: '"CSV"' }];
};

/** The labels of one request, one a line. */
const LABELS = object({ data: TEXT, encoding: ENCODING });

/** Labels that were merged with a captured record; which encodings there are, is the reader's to say, as of the other sides. */
const MERGED = object({ data: TEXT });

const RECORD = object({ groundTruthData: LABELS, eventMetadata: object({ eventId: ID }) });

/**
 * Everything that is wrong with a record of ground truth, but for the labels in it, which the problem that the model solves decides on; what nothing
 * reads may be anything.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
 */
export function groundTruthProblems(record: unknown): FileProblem[] {
  return RECORD(record, '');
}

/** Everything that is wrong with labels that were merged with a captured record, its `groundTruthData`. */
export function mergedLabelProblems(labels: unknown): FileProblem[] {
  return MERGED(labels, 'groundTruthData');
}

/** "groundTruthData.encoding is another text, allowed is "CSV"; ...", without data. */
export function labelWords(problems: readonly FileProblem[]): string {
  return problems
    .map(({ place, found, allowed }) => `${place || 'the line'} is ${found}, allowed is ${allowed}`)
    .join('; ');
}
