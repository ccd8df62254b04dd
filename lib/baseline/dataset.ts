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

/** Where a dataset lies, and how it is written. */
export interface DatasetConfig {
  /** The bucket. */
  readonly bucket: IBucket;
  /** Key of the object; one that ends with a slash stands for all objects below it. */
  readonly objectKey: string;
  /** Whether the first line of each object holds the names of the columns. */
  readonly header: boolean;
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
    return new BucketDataset({ bucket, objectKey, header: options.header ?? true });
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
    return { bucket: asset.bucket, objectKey: asset.s3ObjectKey, header: this.header };
  }
}

/**
 * The format as the analyzer reads it.
 *
 * @internal
 */
export function datasetFormatOf(config: DatasetConfig): DatasetFormatConfig {
  return { csv: { header: config.header } };
}
