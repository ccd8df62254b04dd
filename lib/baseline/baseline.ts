import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { grantGetObjects, grantListPrefixes, grantPutObjects } from '../core/s3-grants';
import { validateKey } from '../core/s3-key';
import { throwIfAny } from '../core/validation-error';
import { type ConstraintOverrides, constraintOverridesConfig } from './constraint-overrides';
import {
  BASELINE_ATTRIBUTES,
  BASELINE_RESOURCE_TYPE,
  type BaselineSpec,
  type ConstraintOverridesConfig,
} from './contract';
import { type Dataset, type DatasetConfig, datasetFormatOf } from './dataset';

/** The files of a baseline that exists. */
export interface BaselineFiles {
  /** The bucket that holds both files. */
  readonly bucket: IBucket;

  /** Key of `statistics.json`, as Model Monitor or this library wrote it. */
  readonly statisticsKey: string;

  /** Key of `constraints.json`, as Model Monitor or this library wrote it. */
  readonly constraintsKey: string;
}

/** Where the files of a baseline lie. */
export interface BaselineConfig {
  /** The bucket that holds the statistics. */
  readonly statisticsBucket: IBucket;
  /** Key of `statistics.json`. */
  readonly statisticsKey: string;
  /** The bucket that holds the constraints. */
  readonly constraintsBucket: IBucket;
  /** Key of `constraints.json`. */
  readonly constraintsKey: string;
}

/** What uses a baseline: an engine, for one monitor. */
export interface IBaselineConsumer extends iam.IGrantable {
  /** The bucket in which files may be made. */
  readonly bucket: IBucket;

  /** Below this prefix, without slash at either end. */
  readonly prefix: string;

  /** The function that answers the baseline's custom resource. */
  baselineHandler(): lambda.IFunction;

  /** Lets the engine read a dataset, or throws if it cannot compute a baseline. */
  admitDataset(dataset: DatasetConfig): void;
}

/**
 * What a monitor compares with: the statistics of a good dataset, and the constraints that were suggested from them.
 */
export abstract class Baseline {
  /**
   * A baseline whose two files exist, made by Model Monitor or by this library.
   *
   * They are read at every run: who overwrites them changes the baseline.
   */
  public static fromFiles(files: BaselineFiles): Baseline {
    return new FilesBaseline(files);
  }

  /**
   * A baseline that is computed from a dataset when the stack is deployed.
   *
   * The deployment waits for it (at most an hour), and fails with the reason if it fails. It is computed again only when the
   * dataset's location, its format or the overrides change; a `Dataset.csvFile` changes its location with its content.
   */
  public static fromDataset(dataset: Dataset): Baseline {
    return new DatasetBaseline(dataset);
  }

  /**
   * The same baseline with some constraints changed. A second call replaces what the first one changed.
   *
   * The changed constraints are written when the stack is deployed, and again only when their source or the changes change: with
   * overrides, who overwrites a given `constraints.json` changes nothing.
   */
  public abstract withOverrides(overrides: ConstraintOverrides): Baseline;

  /** Binds the baseline to what uses it: creates it where that is needed, and grants reading it. */
  public abstract bind(scope: Construct, consumer: IBaselineConsumer): BaselineConfig;
}

class FilesBaseline extends Baseline {
  constructor(
    private readonly files: BaselineFiles,
    private readonly overrides?: ConstraintOverridesConfig,
  ) {
    super();
    const { statisticsKey, constraintsKey } = files;
    const problems = [...validateKey('statisticsKey', statisticsKey), ...validateKey('constraintsKey', constraintsKey)];
    throwIfAny('InvalidBaselineFiles', problems);
  }

  public withOverrides(overrides: ConstraintOverrides): Baseline {
    return new FilesBaseline(this.files, constraintOverridesConfig(overrides));
  }

  public bind(scope: Construct, consumer: IBaselineConsumer): BaselineConfig {
    const { bucket, statisticsKey, constraintsKey } = this.files;
    grantGetObjects(consumer, bucket, statisticsKey);
    const statistics = { statisticsBucket: bucket, statisticsKey };
    if (!this.overrides) {
      grantGetObjects(consumer, bucket, constraintsKey);
      return { ...statistics, constraintsBucket: bucket, constraintsKey };
    }
    const handler = consumer.baselineHandler();
    grantGetObjects(handler, bucket, constraintsKey);
    grantPutObjects(handler, consumer.bucket, `${outputPrefix(consumer)}/*`);
    const overridden = baselineResource(scope, consumer, {
      constraints: { bucket: bucket.bucketName, key: constraintsKey },
      overrides: this.overrides,
    });
    return { ...overridden, ...statistics };
  }
}

class DatasetBaseline extends Baseline {
  constructor(
    private readonly dataset: Dataset,
    private readonly overrides?: ConstraintOverridesConfig,
  ) {
    super();
  }

  public withOverrides(overrides: ConstraintOverrides): Baseline {
    return new DatasetBaseline(this.dataset, constraintOverridesConfig(overrides));
  }

  public bind(scope: Construct, consumer: IBaselineConsumer): BaselineConfig {
    const dataset = this.dataset.bind(scope);
    consumer.admitDataset(dataset);
    // finds the files of an earlier deployment again, as in a rollback; the analysis writes them
    grantListPrefixes(consumer.baselineHandler(), consumer.bucket, `${outputPrefix(consumer)}/*`);
    return baselineResource(scope, consumer, {
      dataset: {
        location: { bucket: dataset.bucket.bucketName, key: dataset.objectKey },
        format: datasetFormatOf(dataset),
      },
      overrides: this.overrides,
    });
  }
}

/** The custom resource that makes the files at deployment, below the content hash of its specification. */
function baselineResource(
  scope: Construct,
  consumer: IBaselineConsumer,
  source: Omit<BaselineSpec, 'output'>,
): BaselineConfig {
  const { bucket } = consumer;
  const prefix = outputPrefix(consumer);
  const spec: BaselineSpec = { ...source, output: { bucket: bucket.bucketName, prefix } };
  grantGetObjects(consumer, bucket, `${prefix}/*`);
  const resource = new CustomResource(scope, 'Baseline', {
    serviceToken: consumer.baselineHandler().functionArn,
    resourceType: BASELINE_RESOURCE_TYPE,
    serviceTimeout: Duration.hours(1),
    properties: { Spec: Stack.of(scope).toJsonString(spec) },
  });
  return {
    statisticsBucket: bucket,
    statisticsKey: resource.getAttString(BASELINE_ATTRIBUTES.statisticsKey),
    constraintsBucket: bucket,
    constraintsKey: resource.getAttString(BASELINE_ATTRIBUTES.constraintsKey),
  };
}

/** The handler adds a folder per specification, named by the hash of its content. */
function outputPrefix(consumer: IBaselineConsumer): string {
  return `${consumer.prefix}/baseline`;
}
