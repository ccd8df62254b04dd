import { listLengthProblems } from '../core/list-length';
import { list, map, NUMBER, oneOf, requireProps, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { nameProblems } from './analysis-problems';
import type { RecordTransformationSettings } from './contract';

/** What values of a column are made. */
export enum CastType {
  /** Whole numbers without a point: `3.0`, `3e0` and `3` are `3`, `true` is `1`. */
  INTEGRAL = 'Integral',

  /** Numbers with a point: `3` is `3.0`, `.5` is `0.5`. */
  FRACTIONAL = 'Fractional',

  /** `true` and `false`: `1`, `1.0` and `True` are `true`. */
  BOOLEAN = 'Boolean',
}

/**
 * A change to captured rows, in the place of Model Monitor's preprocessing scripts: `MonitoredData` takes a list of them, of which each sees what the one before
 * made. They change what was captured, after the filter; the dataset of a baseline is what they make already.
 *
 * Columns are called as in `RecordFilter.column`: in JSON by the flattened key, as `user.country`, in CSV by the index from `'0'` on. A row of JSON without
 * the column is left as it is. A row that a change cannot be made to is a misfit, counted with its reason; nothing is overwritten or emptied. Columns that
 * no row of a window has are told in the report, and the health of the run says so.
 *
 * @example
 * [
 *   RecordTransformation.unwrap('features'),
 *   RecordTransformation.rename({ yearlyIncome: 'income' }),
 *   RecordTransformation.drop('requestId'),
 *   RecordTransformation.cast('isMember', CastType.BOOLEAN),
 * ];
 */
export class RecordTransformation {
  /**
   * Columns with other names. A row that has the new name already is a misfit (`name-taken`), but columns may change names with one another. Rows of
   * CSV have no names.
   *
   * @param names the new ones by the old ones
   */
  public static rename(names: { readonly [column: string]: string }): RecordTransformation {
    requireProps({ names }, { names: map(TEXT) });
    throwIfAny('InvalidRecordTransformation', renameProblems(names));
    return new RecordTransformation({ rename: { ...names } });
  }

  /**
   * Rows without these columns. Those of CSV behind it move up: later changes call them by their new index.
   *
   * @param columns at least one
   */
  public static drop(...columns: string[]): RecordTransformation {
    requireProps({ columns }, { columns: list(TEXT) });
    throwIfAny('InvalidRecordTransformation', nameProblems('columns', columns));
    return new RecordTransformation({ drop: columns });
  }

  /**
   * A column whose values are written as one type. What is missing stays so; a row whose value is none of the type is a misfit (`failed-cast`). Quotes
   * of JSON need none: `"12"` is read as `12` is.
   *
   * @param column one
   * @param castType what its values are made
   */
  public static cast(column: string, castType: CastType): RecordTransformation {
    requireProps({ column, castType }, { column: TEXT, castType: oneOf(CastType) });
    throwIfAny('InvalidRecordTransformation', nameProblems('column', [column]));
    return new RecordTransformation({ cast: column, to: castType });
  }

  /**
   * What is below a key, without its name: `features.age` is `age`. Other columns stay. A row that has such a column already is a misfit
   * (`name-taken`).
   *
   * @param key flattened, as `features` or `body.features`
   */
  public static unwrap(key: string): RecordTransformation {
    requireProps({ key }, { key: TEXT });
    throwIfAny('InvalidRecordTransformation', nameProblems('key', [key]));
    return new RecordTransformation({ unwrap: key });
  }

  /**
   * A column whose text is a JSON object, as `{"body": "{\"age\": 34}"}` has one: the keys in the text, flattened, are columns in its place. Other texts are misfits
   * (`unread-text`).
   *
   * @param column with the text
   */
  public static parseJson(column: string): RecordTransformation {
    requireProps({ column }, { column: TEXT });
    throwIfAny('InvalidRecordTransformation', nameProblems('column', [column]));
    return new RecordTransformation({ parseJson: column });
  }

  /**
   * A column whose text is a line of CSV, as `{"data": "34,0.5"}` has one: its fields are columns in its place. Texts that are no single line are misfits
   * (`unread-text`), and so are those with another number of fields (`wrong-width`).
   *
   * @param column with the text
   * @param names of the fields, in order
   */
  public static parseCsv(column: string, ...names: string[]): RecordTransformation {
    requireProps({ column, names }, { column: TEXT, names: list(TEXT) });
    const problems = [...nameProblems('column', [column]), ...nameProblems('names', names)];
    throwIfAny('InvalidRecordTransformation', problems);
    return new RecordTransformation({ parseCsv: column, names });
  }

  /**
   * A column whose value is a list, as `{"embedding": [0.1, 0.7]}` has one: its items are columns in its place, `embedding.0` and `embedding.1`. Lists of another
   * length are misfits (`wrong-width`), and so is what is no list, or has lists or objects in it (`unread-list`). The dataset of the baseline has the same
   * columns: by its `listLengths`, or by such names in the header of CSV.
   *
   * @param column with the list
   * @param length of the list, 1 to 1000
   */
  public static spread(column: string, length: number): RecordTransformation {
    requireProps({ column, length }, { column: TEXT, length: NUMBER });
    const problems = [...nameProblems('column', [column]), ...listLengthProblems('length', length)];
    throwIfAny('InvalidRecordTransformation', problems);
    return new RecordTransformation({ spread: column, length });
  }

  /**
   * What the handlers of an engine are told.
   *
   * @internal
   */
  public readonly _settings: RecordTransformationSettings;

  private constructor(settings: RecordTransformationSettings) {
    this._settings = settings;
  }

  /**
   * The change as JSON, for an engine of your own: an object with one of `rename`, `drop`, `cast` (with `to`), `unwrap`, `parseJson`, `parseCsv` (with
   * `names`) and `spread` (with `length`).
   *
   * `{"cast":"isMember","to":"Boolean"}`
   */
  public toJson(): string {
    return JSON.stringify(this._settings);
  }
}

function renameProblems(names: { readonly [column: string]: string }): Problem[] {
  const pairs = Object.entries(names);
  const isKept = pairs.some(([from, to]) => from === to);
  const both = [...nameProblems('names', Object.keys(names)), ...nameProblems('names', Object.values(names))];
  const allowed = 'at least one pair of different names, none empty, each new name once';
  return both.length > 0 || isKept ? [{ prop: 'names', got: names, allowed }] : [];
}
