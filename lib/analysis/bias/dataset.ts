import { MAX_LABEL } from '../labels/ground-truth';
import { type LinePlace, RecordFiles } from '../labels/record-files';
import type { FileReader } from '../profile/profiler';
import type { RecordProblem } from '../reading/defects';
import { type BiasRecords, emptyRecords } from './bias-records';
import { readLabel, readPredicted } from './predicted-label';

/** Which columns of a dataset have what is compared: by names of its header, or without one by `_c0`, `_c1`, ... or names of `headers`. */
export interface DatasetPlaces {
  readonly label: string;
  readonly predicted: string;
  /** above which label 1 is predicted; `predicted` is a label where absent */
  readonly threshold?: number;
  /** of a dataset without a header, in the order of its columns */
  readonly headers?: readonly string[];
  /** CSV with a header where absent */
  readonly format?: { readonly csv?: { readonly header: boolean } };
}

/** Takes files one after the other. */
export interface BiasDatasetReader {
  /** Begins a file. The name appears in what is reported as unreadable. */
  file(name: string): FileReader;
  /** The rows of all files, which must have ended. */
  finish(): BiasRecords;
}

/** Starts to read a dataset of labels, predictions and columns of groups for a baseline of bias. */
export function createBiasDataset(columns: readonly string[], places: DatasetPlaces): BiasDatasetReader {
  const records = emptyRecords(columns.length);
  const files = new RecordFiles(records);
  const hasHeader = places.format?.csv?.header ?? true;
  const names = [places.label, places.predicted, ...columns];
  return {
    file: (name) => {
      let indexes = hasHeader ? undefined : names.map((each) => unnamedIndex(each, places.headers));
      return files.csv(name, (fields, place) => {
        if (!indexes) indexes = names.map((each) => fields.indexOf(each));
        else addRow({ records, files, names, indexes, threshold: places.threshold }, fields, place);
      });
    },
    finish: () => {
      files.checkEnded();
      return records;
    },
  };
}

/** -1 for a name that says no place. */
function unnamedIndex(name: string, headers: readonly string[] = []): number {
  const [, number] = /^(?:_c)?(\d+)$/.exec(name) ?? [];
  return number === undefined ? headers.indexOf(name) : Number(number);
}

interface RowContext {
  readonly records: BiasRecords;
  readonly files: RecordFiles;
  readonly names: readonly string[];
  readonly indexes: readonly number[];
  readonly threshold?: number;
}

function addRow(context: RowContext, fields: readonly string[], place: LinePlace): void {
  const read = readRow(context, fields);
  if ('problem' in read) context.files.defect(place, read.problem);
  else context.records.addPair(read.row, read.label);
}

function readRow(
  { names, indexes, threshold }: RowContext,
  fields: readonly string[],
): { readonly label: string; readonly row: string[] } | { readonly problem: RecordProblem } {
  const absent = names.filter((_, at) => indexes[at] < 0);
  const problem = (reason: RecordProblem['reason'], detail: string) => ({ problem: { reason, detail } });
  if (absent.length > 0) {
    const quoted = [...new Set(absent)].map((name) => `"${name}"`);
    return problem('no-such-column', `its header has no ${quoted.join(' and no ')}`);
  }
  if (indexes.some((index) => fields[index] === undefined)) {
    return problem('wrong-width', 'it does not have the columns of the label, the prediction and the groups');
  }
  const [actual, said, ...values] = indexes.map((index) => fields[index]);
  const label = readLabel(actual);
  if (typeof label === 'object') return problem('malformed-data', `the label is ${label.invalid}`);
  const predicted = readPredicted(said, threshold);
  if (typeof predicted === 'object') return problem('malformed-data', `the prediction is ${predicted.invalid}`);
  if (values.some((text) => text.length > MAX_LABEL)) {
    return problem('malformed-data', `a value of a group is a text of more than ${MAX_LABEL} characters`);
  }
  return { label, row: [predicted, ...values] };
}
