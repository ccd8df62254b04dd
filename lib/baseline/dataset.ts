import * as fs from 'node:fs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { BUCKET } from '../core/cdk-shapes';
import { DatasetFormat } from '../core/dataset-format';
import { listLengthProblems } from '../core/list-length';
import { BOOLEAN, map, NUMBER, oneOf, optional, requireProps, type Shapes, struct, TEXT } from '../core/prop-shapes';
import { validateKeyOrFolder } from '../core/s3-key';
import { type Problem, throwIfAny } from '../core/validation-error';
import type { DatasetFormatConfig } from './contract';
import { COLUMNS, type DatasetColumns } from './dataset-columns';

/** What a column of a dataset is, whatever its values look like. */
export enum ColumnType {
  /** Values that are compared one by one, as the codes of districts or of products are, although they are numbers. At most 120 different ones. */
  CATEGORICAL = 'Categorical',

  /** Numbers, all of them: another value fails the deployment. */
  NUMERIC = 'Numeric',

  /** Free text: no value is a category. Compared are how many values are known, their length, and what they are made of. */
  TEXT = 'Text',

  /** What tells records apart, as the number of an order: new values are expected, of the same length and made of the same characters. */
  IDENTIFIER = 'Identifier',

  /** Nothing is asked of it, not even that it is there. */
  IGNORED = 'Ignored',
}

/** What a baseline keeps of the values of text with more than 120 different ones, beside their length and what they are made of. */
export enum TextValues {
  /** Hashes with a key, by which no value can be read. */
  HASHED = 'Hashed',

  /** The most frequent values in clear, too. */
  IN_CLEAR = 'InClear',
}

/** What is known of a dataset. */
export interface DatasetOptions {
  /**
   * What columns are, by their names, where their values do not tell: `{ zip: ColumnType.CATEGORICAL }`. Names are those of the header, and `_c0`, `_c1`,
   * ... without one; one that the dataset lacks fails the deployment.
   *
   * On `MonitoringEngine.serverless()` with its own `Checks`: the container of Model Monitor goes by the values alone.
   *
   * @default - columns are what their values look like: numbers, or text with at most 120 different values as categories
   */
  readonly columnTypes?: { readonly [column: string]: ColumnType };

  /**
   * Whether the most frequent values of text with more than 120 different ones are kept in clear, so that a finding about known values names which came
   * and which went. **Values of records then stand in files and events**: up to 20 of each such column, but for identifiers, in the baseline's
   * `text-statistics.json`, and up to six, of the baseline and of captured records, in a violation's description: in `constraint_violations.json`,
   * `report.json` and the event of a run. Messages to people have figures alone.
   *
   * On `MonitoringEngine.serverless()` with its own `Checks`: the container of Model Monitor keeps nothing of such text.
   *
   * @default TextValues.HASHED
   */
  readonly textValues?: TextValues;

  /**
   * Columns that are no plain features.
   *
   * @default - all columns are features
   */
  readonly columns?: DatasetColumns;
}

/** What the fields of a CSV dataset are separated by. */
export enum CsvDelimiter {
  /** `,` */
  COMMA = ',',

  /** `;`, as spreadsheets write where numbers have decimal commas. Such numbers are texts here: write them with a point. */
  SEMICOLON = ';',

  /** A tab. */
  TAB = '\t',

  /** `|` */
  PIPE = '|',
}

/**
 * What the bytes of a dataset are text in. A byte order mark of UTF-8 or UTF-16 says more: such a file is read as its mark says.
 *
 * @see https://encoding.spec.whatwg.org/
 */
export enum DatasetEncoding {
  /** UTF-8. */
  UTF_8 = 'UTF-8',

  /** UTF-16, the lower byte first, as Windows writes it. */
  UTF_16LE = 'UTF-16LE',

  /** UTF-16, the higher byte first. */
  UTF_16BE = 'UTF-16BE',

  /** Windows-1252, and Latin-1 (ISO 8859-1), whose characters it has: Western European text of spreadsheets and of older systems. */
  WINDOWS_1252 = 'Windows-1252',
}

/** How a CSV dataset is written, and what is known of it. */
export interface CsvDatasetOptions extends DatasetOptions {
  /**
   * Whether the first line holds the names of the columns. Without, they are called `_c0`, `_c1`, ...
   *
   * @default true
   */
  readonly header?: boolean;

  /**
   * What the fields are separated by. On `MonitoringEngine.serverless()`: the container of Model Monitor takes commas alone.
   *
   * @default CsvDelimiter.COMMA
   */
  readonly delimiter?: CsvDelimiter;

  /**
   * What its bytes are text in. On `MonitoringEngine.serverless()`: the container of Model Monitor has no setting for it.
   *
   * @default DatasetEncoding.UTF_8
   */
  readonly encoding?: DatasetEncoding;
}

/** How a JSON dataset is written, and what is known of it. */
export interface JsonDatasetOptions extends DatasetOptions {
  /**
   * Lists in records, by their flattened keys, and how many values each has, 1 to 1000: `{ embedding: 8 }` makes the columns `embedding.0` to `embedding.7`. A
   * record with a list of another length fails the deployment, and so does a list that no record has. Captured records become the same columns by
   * `RecordTransformation.spread`.
   *
   * On `MonitoringEngine.serverless()`: the container of Model Monitor reads no lists.
   *
   * @default - records have no lists
   */
  readonly listLengths?: { readonly [column: string]: number };

  /**
   * What its bytes are text in. On `MonitoringEngine.serverless()`: the container of Model Monitor has no setting for it.
   *
   * @default DatasetEncoding.UTF_8
   */
  readonly encoding?: DatasetEncoding;
}

/**
 * Where a dataset lies, and how it is written.
 *
 * @internal
 */
export interface DatasetConfig {
  /** The bucket. */
  readonly bucket: IBucket;
  /** Key of the object; one that ends with a slash stands for all objects below it. */
  readonly objectKey: string;
  /** How the objects are written. */
  readonly format: DatasetFormat;
  /**
   * Of CSV: what fields are separated by.
   *
   * @default CsvDelimiter.COMMA
   */
  readonly delimiter?: CsvDelimiter;
  /**
   * Of CSV and JSON: what the bytes are text in.
   *
   * @default DatasetEncoding.UTF_8
   */
  readonly encoding?: DatasetEncoding;
  /**
   * Of JSON: lists and their lengths.
   *
   * @default - records have no lists
   */
  readonly listLengths?: { readonly [column: string]: number };
  /**
   * Columns that are no plain features.
   *
   * @default - all columns are features
   */
  readonly columns?: DatasetColumns;
  /**
   * What is kept of text with many values.
   *
   * @default TextValues.HASHED
   */
  readonly textValues?: TextValues;
  /**
   * What columns are, by their names.
   *
   * @default - what their values look like
   */
  readonly columnTypes?: { readonly [column: string]: ColumnType };
}

/**
 * A dataset that a baseline is computed from: usually the training data.
 *
 * Its columns have the order of the captured data: the model's output (prediction) first, then its input. A bucket of another account is imported with its
 * `account`, by `Bucket.fromBucketAttributes`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-create-baseline.html
 */
export abstract class Dataset {
  /**
   * A CSV object, or all CSV objects below a prefix. Lines end with LF, CRLF or CR, in any mixture.
   *
   * @param objectKey key of the object; a prefix if it ends with a slash
   * @see https://spark.apache.org/docs/latest/sql-data-sources-csv.html
   */
  public static csv(bucket: IBucket, objectKey: string, options: CsvDatasetOptions = {}): Dataset {
    requireProps({ bucket, objectKey, options }, { bucket: BUCKET, objectKey: TEXT, options: CSV_OPTIONS });
    const { header, ...known } = options;
    return new BucketDataset({ bucket, objectKey, format: DatasetFormat.csv({ header }), ...known });
  }

  /**
   * A JSON object of the form `[{"score":0.9,"user":{"age":31}}, ...]`, or all such objects below a prefix. The example has the columns
   * `score` and `user.age`; a key that a record lacks is missing there. Lists of fixed length become columns by `listLengths`.
   *
   * @param objectKey key of the object; a prefix if it ends with a slash
   */
  public static json(bucket: IBucket, objectKey: string, options: JsonDatasetOptions = {}): Dataset {
    requireProps({ bucket, objectKey, options }, { bucket: BUCKET, objectKey: TEXT, options: JSON_OPTIONS });
    throwIfAny('InvalidDataset', listProblems(options));
    return new BucketDataset({ bucket, objectKey, format: DatasetFormat.JSON, ...options });
  }

  /**
   * A JSON Lines object (`{"score":0.9,"user":{"age":31}}` on each line), or all such objects below a prefix. The example has the columns
   * `score` and `user.age`; a key that a line lacks is missing there. Lists of fixed length become columns by `listLengths`.
   *
   * @param objectKey key of the object; a prefix if it ends with a slash
   * @see https://jsonlines.org/
   */
  public static jsonLines(bucket: IBucket, objectKey: string, options: JsonDatasetOptions = {}): Dataset {
    requireProps({ bucket, objectKey, options }, { bucket: BUCKET, objectKey: TEXT, options: JSON_OPTIONS });
    throwIfAny('InvalidDataset', listProblems(options));
    return new BucketDataset({ bucket, objectKey, format: DatasetFormat.JSON_LINES, ...options });
  }

  /**
   * An Apache Parquet object, or all Parquet objects below a prefix: each up to 256 MiB, as is each of their row groups in memory. Nulls and
   * empty texts are missing values; fields of structs become columns `struct.field`. Lists and maps cannot be read.
   *
   * Compressed with Snappy, gzip, Brotli, Zstandard or not at all.
   *
   * @param objectKey key of the object; a prefix if it ends with a slash
   * @see https://parquet.apache.org/docs/file-format/
   */
  public static parquet(bucket: IBucket, objectKey: string, options: DatasetOptions = {}): Dataset {
    requireProps({ bucket, objectKey, options }, { bucket: BUCKET, objectKey: TEXT, options: OPTIONS });
    return new BucketDataset({ bucket, objectKey, format: DatasetFormat.PARQUET, ...options });
  }

  /**
   * A CSV file on the machine that synthesizes the app. It is uploaded as an asset: changed content makes a new baseline.
   *
   * @param path of the file, absolute or relative to the working directory of the app
   */
  public static csvFile(path: string, options: CsvDatasetOptions = {}): Dataset {
    requireProps({ path, options }, { path: TEXT, options: CSV_OPTIONS });
    return new FileDataset(path, options);
  }

  /**
   * Binds the dataset to the construct that uses it.
   *
   * @internal
   */
  public abstract _bind(scope: Construct): DatasetConfig;
}

const DATASET: Shapes<DatasetOptions> = {
  columns: optional(COLUMNS),
  columnTypes: optional(map(oneOf(ColumnType))),
  textValues: optional(oneOf(TextValues)),
};
const OPTIONS = struct(DATASET);
const CSV_OPTIONS = struct<CsvDatasetOptions>({
  ...DATASET,
  header: optional(BOOLEAN),
  delimiter: optional(oneOf(CsvDelimiter)),
  encoding: optional(oneOf(DatasetEncoding)),
});

const JSON_OPTIONS = struct<JsonDatasetOptions>({
  ...DATASET,
  listLengths: optional(map(NUMBER)),
  encoding: optional(oneOf(DatasetEncoding)),
});

function listProblems({ listLengths = {} }: JsonDatasetOptions): Problem[] {
  return Object.entries(listLengths).flatMap(([column, length]) => listLengthProblems(`listLengths.${column}`, length));
}

class BucketDataset extends Dataset {
  constructor(private readonly config: DatasetConfig) {
    super();
    throwIfAny('InvalidDataset', validateKeyOrFolder('objectKey', config.objectKey));
  }

  public _bind(): DatasetConfig {
    return this.config;
  }
}

class FileDataset extends Dataset {
  constructor(
    private readonly path: string,
    private readonly options: CsvDatasetOptions,
  ) {
    super();
  }

  public _bind(scope: Construct): DatasetConfig {
    throwIfAny('InvalidDataset', folderProblems(this.path), scope);
    const asset = new assets.Asset(scope, 'Dataset', { path: this.path });
    const { header, ...known } = this.options;
    return { bucket: asset.bucket, objectKey: asset.s3ObjectKey, format: DatasetFormat.csv({ header }), ...known };
  }
}

/** Says that a path is a folder, which would be uploaded as an archive. Says nothing of one that does not exist: the asset does. */
function folderProblems(got: string): Problem[] {
  if (!fs.statSync(got, { throwIfNoEntry: false })?.isDirectory()) return [];
  const advice = "name the file; for several, put them into a bucket and use Dataset.csv(bucket, 'folder/')";
  return [{ prop: 'path', got, allowed: 'the path of a file', advice }];
}

/** How files are written. */
type WrittenDataset = Pick<DatasetConfig, 'format' | 'delimiter' | 'encoding' | 'listLengths'>;

/**
 * The format as SageMaker's analyzer and this library's read it.
 *
 * @internal
 */
export function datasetFormatOf({ format, delimiter, encoding, listLengths }: WrittenDataset): DatasetFormatConfig {
  const written = { encoding: besides(DatasetEncoding.UTF_8, encoding) };
  switch (format.name) {
    case 'csv':
      return { csv: { header: format.header, delimiter: besides(CsvDelimiter.COMMA, delimiter), ...written } };
    case 'parquet':
      return { parquet: {} };
    default:
      return { json: { lines: format === DatasetFormat.JSON_LINES, listLengths, ...written } };
  }
}

/**
 * What is asked for, unless it goes without saying: so what was computed before is found again.
 *
 * @internal
 */
export const besides = <T>(usual: T, asked: T | undefined): T | undefined => (asked === usual ? undefined : asked);
