import { type LinePlace, RecordFiles } from '../labels/record-files';
import type { FileReader } from '../profile/profiler';
import type { RecordProblem } from '../reading/defects';
import { featureValues } from './feature-rows';
import type { RowSample } from './row-sample';

/** Which columns of a dataset are features. */
export interface FeatureColumns {
  /** the names of the features, in their order: the header has them, or the columns stand so where it has none */
  readonly headers: readonly string[];
  /** columns that are none, of a dataset without a header: `_c0`, `_c1` and so on */
  readonly others?: readonly string[];
  /** CSV with a header where absent */
  readonly format?: { readonly csv?: { readonly header: boolean } };
}

/** Gives a row its rank, by what tells it from all others. */
export type RankRow = (identity: string) => string;

/** Starts to read a sample of the rows of a dataset. */
export function featureDataset(sample: RowSample, columns: FeatureColumns, rank: RankRow) {
  const files = new RecordFiles(sample);
  const { headers, others = [], format } = columns;
  const hasHeader = format?.csv?.header ?? true;
  const left = new Set(others.map((name) => Number(/^(?:_c)?(\d+)$/.exec(name)?.[1])));
  const unnamed = (fields: readonly string[]) => fields.filter((_, index) => !left.has(index));
  const take = (name: string, row: TakenRow, place: LinePlace) => {
    const values = 'problem' in row ? row : featureValues(row, headers);
    if ('problem' in values) files.defect(place, values.problem);
    else sample.add({ rank: rank(`${name}\n${place.line}`), values });
  };
  return {
    file: (name: string): FileReader => {
      let header: readonly string[] | undefined;
      return files.csv(name, (fields, place) => {
        if (hasHeader && !header)
          header = [...fields]; // the parser goes on with its own
        else take(name, header ? named(fields, header, headers) : unnamed(fields), place);
      });
    },
    finish: (): RowSample => {
      files.checkEnded();
      return sample;
    },
  };
}

type TakenRow = readonly string[] | { readonly problem: RecordProblem };

/** The features of a row, by the header of its file. */
function named(fields: readonly string[], header: readonly string[], headers: readonly string[]): TakenRow {
  const indexes = headers.map((name) => header.indexOf(name));
  const absent = headers.filter((_, at) => indexes[at] < 0).map((name) => `"${name}"`);
  if (absent.length > 0) {
    return { problem: { reason: 'no-such-column', detail: `its header has no ${absent.join(' and no ')}` } };
  }
  if (fields.length === header.length) return indexes.map((index) => fields[index]);
  return { problem: { reason: 'wrong-width', detail: `${fields.length} values below ${header.length} names` } };
}
