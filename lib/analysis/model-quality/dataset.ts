import { columnNumber } from '../labels/column-row';
import { type LinePlace, RecordFiles } from '../labels/record-files';
import type { FileReader } from '../profile/profiler';
import type { DefectReason } from '../reading/defects';
import { checkProblem, classesOf, type QualityProblem, readOutcome, readPrediction } from './problem';
import { ReadRecords } from './read-records';

/** A dataset of predictions and labels, as a baseline job reads it. */
export interface QualityDatasetInput {
  readonly problem: QualityProblem;
  /** where the label is */
  readonly groundTruthAttribute: string;
  /** CSV with a header where absent */
  readonly format?: { readonly csv?: { readonly header: boolean } };
}

/** Takes files one after the other. */
export interface QualityDatasetReader {
  /** Begins a file. The name appears in what is reported as unreadable. */
  file(name: string): FileReader;
  /** The rows of all files, which must have ended. */
  finish(): ReadRecords;
}

/**
 * Starts to read a dataset for a model-quality baseline. Rows are sampled for standard deviations by their number in the file. Throws when the problem
 * or an attribute makes no sense.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-baseline.html
 */
export function createQualityDataset(input: QualityDatasetInput): QualityDatasetReader {
  checkProblem(input.problem);
  const records = new ReadRecords(classesOf(input.problem).length);
  const files = new RecordFiles(records);
  const hasHeader = input.format?.csv?.header ?? true;
  if (!hasHeader) columnsOf(input);
  return {
    file: (name) => {
      let columns = hasHeader ? undefined : columnsOf(input);
      let row = 0;
      return files.csv(name, (fields, place) => {
        if (!columns) columns = columnsOf(input, fields);
        else if (addRow({ input, records, files, columns }, fields, { ...place, row })) row += 1;
      });
    },
    finish: () => {
      files.checkEnded();
      return records;
    },
  };
}

/** Column indexes; -1 when the header does not have the column. */
interface Columns {
  readonly label: number;
  readonly inference?: number;
  readonly probability?: number;
  /** of each label, where they have one */
  readonly probabilities?: readonly number[];
  /** those that the header does not have */
  readonly absent: readonly string[];
}

function columnsOf({ problem, groundTruthAttribute }: QualityDatasetInput, header?: readonly string[]): Columns {
  const absent: string[] = [];
  const required = (attribute: string) => {
    const index = columnIndex(attribute, header);
    if (index < 0) absent.push(`"${attribute}"`);
    return index;
  };
  const optional = (attribute?: string) => (attribute === undefined ? undefined : required(attribute));
  return {
    absent,
    label: required(groundTruthAttribute),
    inference: optional(problem.inferenceAttribute),
    probability: optional(problem.probabilityAttribute),
    probabilities: problem.probabilityAttributes && Object.values(problem.probabilityAttributes).map(required),
  };
}

function columnIndex(attribute: string, header?: readonly string[]): number {
  const named = header?.indexOf(attribute) ?? -1;
  if (named >= 0) return named;
  const index = columnNumber(attribute);
  if (index === undefined && !header) {
    throw new Error(`QualityAttribute: "${attribute}" is not the index of a column, and the dataset has no header`);
  }
  return index ?? -1;
}

interface RowContext {
  readonly input: QualityDatasetInput;
  readonly records: ReadRecords;
  readonly files: RecordFiles;
  readonly columns: Columns;
}

/** Adds a row, `row` of those of its file that can be read; false where it cannot. */
function addRow(
  { input, records, files, columns }: RowContext,
  fields: readonly string[],
  { row, ...place }: LinePlace & { readonly row: number },
): boolean {
  const { probabilities = [] } = columns;
  const indexes = [columns.label, columns.inference, columns.probability, ...probabilities];
  const defect = (reason: DefectReason, detail: string) => {
    files.defect(place, { reason, detail });
    return false;
  };
  if (columns.absent.length > 0) {
    return defect('no-such-column', `its header has no ${columns.absent.join(' and no ')}`);
  }
  if (indexes.some((index) => index !== undefined && fields[index] === undefined)) {
    return defect('wrong-width', 'it does not have the columns of the prediction and the label');
  }
  const actual = readOutcome(input.problem, fields[columns.label]);
  const text = (index?: number) => (index === undefined ? undefined : fields[index]);
  const texts = {
    inference: text(columns.inference),
    probability: text(columns.probability),
    probabilities: columns.probabilities?.map((index) => fields[index]),
  };
  const prediction = readPrediction(input.problem, texts);
  if (typeof actual === 'object') return defect('malformed-data', `the label is ${actual.invalid}`);
  if ('invalid' in prediction) return defect('malformed-data', prediction.invalid);
  records.addPair(String(row), prediction, actual);
  return true;
}
