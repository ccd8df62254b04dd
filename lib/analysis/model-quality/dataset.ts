import type { FileReader } from '../profile/profiler';
import type { Unreadable } from '../reading/unreadable';
import { columnNumber } from './attribute';
import { type QualityProblem, readOutcome, readPrediction } from './problem';
import { QualityProfile } from './quality-profile';
import { type LinePlace, RecordFiles } from './record-files';

/** A dataset of predictions and labels, as a baseline job reads it. */
export interface QualityDatasetInput {
  readonly problem: QualityProblem;
  /** where the label is */
  readonly groundTruthAttribute: string;
  /** CSV with a header where absent */
  readonly format?: { readonly csv?: { readonly header: boolean } };
}

/** What a dataset holds. */
export interface QualityDataset {
  readonly profile: QualityProfile;
  /** rows that could not be read; `recordCount` are the rows of `profile` */
  readonly unreadable: Unreadable;
}

/** Takes files one after the other. */
export interface QualityDatasetReader {
  /** Begins a file. The name appears in what is reported as unreadable. */
  file(name: string): FileReader;
  /** The rows of all files, which must have ended. */
  finish(): QualityDataset;
}

/**
 * Starts to read a dataset for a model-quality baseline, in memory bounded as {@link QualityProfile} says. Rows are sampled for standard deviations by
 * their number. Throws when the problem or an attribute makes no sense.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-baseline.html
 */
export function createQualityDataset(input: QualityDatasetInput): QualityDatasetReader {
  const profile = new QualityProfile(input.problem);
  const files = new RecordFiles();
  const hasHeader = input.format?.csv?.header ?? true;
  if (!hasHeader) columnsOf(input);
  return {
    file: (name) => {
      let columns = hasHeader ? undefined : columnsOf(input);
      return files.csv(name, (fields, place) => {
        if (columns) addRow({ input, profile, files, columns }, fields, place);
        else columns = columnsOf(input, fields);
      });
    },
    finish: () => ({ profile, unreadable: files.unreadable(profile.itemCount, 0) }),
  };
}

/** Column indexes; -1 when the header does not have the column. */
interface Columns {
  readonly label: number;
  readonly inference?: number;
  readonly probability?: number;
}

function columnsOf({ problem, groundTruthAttribute }: QualityDatasetInput, header?: readonly string[]): Columns {
  const optional = (attribute?: string) => (attribute === undefined ? undefined : columnIndex(attribute, header));
  return {
    label: columnIndex(groundTruthAttribute, header),
    inference: optional(problem.inferenceAttribute),
    probability: optional(problem.probabilityAttribute),
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
  readonly profile: QualityProfile;
  readonly files: RecordFiles;
  readonly columns: Columns;
}

function addRow({ input, profile, files, columns }: RowContext, fields: readonly string[], place: LinePlace): void {
  const indexes = [columns.label, columns.inference, columns.probability];
  if (indexes.some((index) => index !== undefined && fields[index] === undefined)) {
    const detail = 'it does not have the columns of the prediction and the label';
    files.defect(place, { reason: 'wrong-width', detail });
    return;
  }
  const actual = readOutcome(input.problem, fields[columns.label]);
  const text = (index?: number) => (index === undefined ? undefined : fields[index]);
  const texts = { inference: text(columns.inference), probability: text(columns.probability) };
  const prediction = readPrediction(input.problem, texts);
  if (typeof actual === 'object') {
    files.defect(place, { reason: 'malformed-data', detail: `the label is ${actual.invalid}` });
  } else if ('invalid' in prediction) {
    files.defect(place, { reason: 'malformed-data', detail: prediction.invalid });
  } else profile.add({ ...prediction, actual }, String(profile.itemCount));
}
