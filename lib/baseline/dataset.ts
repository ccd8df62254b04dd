import type { IBucket } from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { validateKey } from '../core/s3-key';
import { throwIfAny } from '../core/validation-error';
import type { DatasetFormatConfig } from './contract';

/** How a CSV dataset is written. */
export interface CsvDatasetOptions {
  /**
   * Whether the first line holds the names of the columns. Without, they are called `_c0`, `_c1`, ...
   *
   * @default true
   */
  readonly header?: boolean;
}

/** How the objects of a dataset are written. */
export enum DatasetFormat {
  /** Comma-separated values, UTF-8. */
  CSV = 'CSV',
  /** A document that is an array of objects; keys of nested objects are joined by a dot. */
  JSON = 'JSON',
  /** One JSON object a line; keys of nested objects are joined by a dot. */
  JSON_LINES = 'JSON_LINES',
  /** Apache Parquet. */
  PARQUET = 'PARQUET',
}

/** Where a dataset lies, and how it is written. */
export interface DatasetConfig {
  /** The bucket. */
  readonly bucket: IBucket;
  /** Key of the object; one that ends with a slash stands for all objects below it. */
  readonly objectKey: string;
  /** How the objects are written. */
  readonly format: DatasetFormat;
  /**
   * Whether the first line of each CSV object holds the names of the columns.
   *
   * @default true
   */
  readonly header?: boolean;
}

/**
 * A dataset that a baseline is computed from: usually the training data.
 *
 * Its columns have the order of the captured data: the model's output (prediction) first, then its input.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-create-baseline.html
 */
export abstract class Dataset {
  /**
   * A CSV object, or all CSV objects below a prefix.
   *
   * @param objectKey key of the object; a prefix if it ends with a slash
   */
  public static csv(bucket: IBucket, objectKey: string, options: CsvDatasetOptions = {}): Dataset {
    return new BucketDataset({ bucket, objectKey, format: DatasetFormat.CSV, header: options.header ?? true });
  }

  /**
   * A JSON object of the form `[{"score":0.9,"user":{"age":31}}, ...]`, or all such objects below a prefix. The example has the columns
   * `score` and `user.age`; a key that a record lacks is missing there. Records with arrays cannot be read.
   *
   * @param objectKey key of the object; a prefix if it ends with a slash
   */
  public static json(bucket: IBucket, objectKey: string): Dataset {
    return new BucketDataset({ bucket, objectKey, format: DatasetFormat.JSON });
  }

  /**
   * A JSON Lines object (`{"score":0.9,"user":{"age":31}}` on each line), or all such objects below a prefix. The example has the columns
   * `score` and `user.age`; a key that a line lacks is missing there. Records with arrays cannot be read.
   *
   * @param objectKey key of the object; a prefix if it ends with a slash
   * @see https://jsonlines.org/
   */
  public static jsonLines(bucket: IBucket, objectKey: string): Dataset {
    return new BucketDataset({ bucket, objectKey, format: DatasetFormat.JSON_LINES });
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
  public static parquet(bucket: IBucket, objectKey: string): Dataset {
    return new BucketDataset({ bucket, objectKey, format: DatasetFormat.PARQUET });
  }

  /**
   * A CSV file on the machine that synthesizes the app. It is uploaded as an asset: changed content makes a new baseline.
   *
   * @param path of the file, absolute or relative to the working directory of the app
   */
  public static csvFile(path: string, options: CsvDatasetOptions = {}): Dataset {
    return new FileDataset(path, options.header ?? true);
  }

  /** Binds the dataset to the construct that uses it. */
  public abstract bind(scope: Construct): DatasetConfig;
}

class BucketDataset extends Dataset {
  constructor(private readonly config: DatasetConfig) {
    super();
    throwIfAny('InvalidDataset', validateKey('objectKey', config.objectKey));
  }

  public bind(): DatasetConfig {
    return this.config;
  }
}

class FileDataset extends Dataset {
  constructor(
    private readonly path: string,
    private readonly header: boolean,
  ) {
    super();
  }

  public bind(scope: Construct): DatasetConfig {
    const asset = new assets.Asset(scope, 'Dataset', { path: this.path });
    return { bucket: asset.bucket, objectKey: asset.s3ObjectKey, format: DatasetFormat.CSV, header: this.header };
  }
}

/**
 * The format as the analyzer reads it.
 *
 * @internal
 */
export function datasetFormatOf({ format, header }: DatasetConfig): DatasetFormatConfig {
  switch (format) {
    case DatasetFormat.CSV:
      return { csv: { header: header ?? true } };
    case DatasetFormat.JSON:
    case DatasetFormat.JSON_LINES:
      return { json: { lines: format === DatasetFormat.JSON_LINES } };
    case DatasetFormat.PARQUET:
      return { parquet: {} };
  }
}
