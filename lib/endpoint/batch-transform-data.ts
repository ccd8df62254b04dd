import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { BUCKET, KEY } from '../core/cdk-shapes';
import { DatasetFormat } from '../core/dataset-format';
import { BOOLEAN, instance, oneOf, optional, requireProps, type Shapes, struct, TEXT } from '../core/prop-shapes';
import { grantListFromAnywhere, grantObjectsFromAnywhere, grantReadBelow } from '../core/s3-grants';
import { validatePrefix } from '../core/s3-prefix';
import { type Problem, throwIfAny } from '../core/validation-error';
import { TransformRows } from './transform-rows';

/** A place in S3: all objects below a prefix. */
export interface BucketPrefix {
  /** The bucket. */
  readonly bucket: s3.IBucket;
  /** Precedes the keys, without slash at start and end. */
  readonly prefix: string;
}

/** What is known of the batch transform jobs that are watched. */
export interface BatchTransformDataProps {
  /**
   * `DataCaptureConfig.DestinationS3Uri` of the transform jobs. They write lists of objects to `{prefix}/input/yyyy/mm/dd/hh/` and
   * `{prefix}/output/yyyy/mm/dd/hh/`, not the data themselves.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-batch.html
   */
  readonly captured: BucketPrefix;

  /** Where the objects lie that the jobs transform: the lists name them, and the monitor's job reads them. */
  readonly transformInput: BucketPrefix;

  /** Where the jobs put their predictions: the lists name them, too. */
  readonly transformOutput: BucketPrefix;

  /**
   * How those objects are written.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringDatasetFormat.html
   */
  readonly format: DatasetFormat;

  /**
   * `DataCaptureConfig.KmsKeyId` of the transform jobs; readers are granted `kms:Decrypt` on it.
   *
   * @default - the key of the bucket, if it has one
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * `DataCaptureConfig.GenerateInferenceId` of the transform jobs. By the identifier that they add to each prediction it finds its label: monitors of model
   * quality and bias on `MonitoringEngine.serverless()` need it. Identifier and time are no features, and no other monitor looks at them.
   *
   * @default false
   */
  readonly generateInferenceId?: boolean;

  /**
   * Whose rows monitors of data quality and of attributions on `MonitoringEngine.serverless()` analyse: the baseline of the former has the same columns.
   * Model quality and bias read predictions, which stand in the output. On Model Monitor the service decides.
   *
   * @default TransformRows.INPUT
   */
  readonly rows?: TransformRows;
}

const PLACE = struct<BucketPrefix>({ bucket: BUCKET, prefix: TEXT });

const PROPS: Shapes<BatchTransformDataProps> = {
  captured: PLACE,
  transformInput: PLACE,
  transformOutput: PLACE,
  format: instance(DatasetFormat),
  encryptionKey: optional(KEY),
  generateInferenceId: optional(BOOLEAN),
  rows: optional(oneOf(TransformRows)),
};

/**
 * The captured data of batch transform jobs, which a monitor reads in place of an endpoint's.
 *
 * CloudFormation knows no transform jobs, so whoever starts them (a pipeline, say) gives them their `DataCaptureConfig`:
 *
 * ```json
 * {"DestinationS3Uri": "s3://bucket/transform/captured", "GenerateInferenceId": true}
 * ```
 *
 * `GenerateInferenceId` is for monitors that need ground truth: it adds to each prediction the identifier by which it is joined with its
 * label. Output in CSV gets two more columns at the end (identifier and time), output in JSON the keys `SageMakerInferenceId` and
 * `SageMakerInferenceTime`; there is none for Parquet.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-batch.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_BatchDataCaptureConfig.html
 *
 * @example
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * declare const bucket: s3.IBucket;
 * new BatchTransformData({
 *   captured: { bucket, prefix: 'transform/captured' },
 *   transformInput: { bucket, prefix: 'transform/in' },
 *   transformOutput: { bucket, prefix: 'transform/out' },
 *   format: DatasetFormat.csv(),
 * });
 */
export class BatchTransformData {
  /** Where the transform jobs write what they have read and written. */
  public readonly captured: BucketPrefix;
  /** How the transformed objects are written. */
  public readonly format: DatasetFormat;
  /** Whether the transform jobs generate inference ids. */
  public readonly generateInferenceId: boolean;
  /** Whose rows monitors of data quality and of attributions analyse on `MonitoringEngine.serverless()`. */
  public readonly rows: TransformRows;
  /**
   * Whose rows were asked for, if any were.
   *
   * @internal
   */
  public readonly _askedRows?: TransformRows;
  private readonly transformInput: BucketPrefix;
  private readonly transformOutput: BucketPrefix;
  private readonly encryptionKey?: kms.IKey;

  constructor(props: BatchTransformDataProps) {
    requireProps(props, PROPS);
    const { captured, transformInput, transformOutput } = props;
    throwIfAny('InvalidBatchTransformData', [
      ...validatePrefix('captured.prefix', captured.prefix),
      ...validatePrefix('transformInput.prefix', transformInput.prefix),
      ...validatePrefix('transformOutput.prefix', transformOutput.prefix),
      ...generatedIdProblems(props),
    ]);
    this.captured = captured;
    this.format = props.format;
    this.transformInput = transformInput;
    this.transformOutput = transformOutput;
    this.generateInferenceId = props.generateInferenceId ?? false;
    this._askedRows = props.rows;
    this.rows = props.rows ?? TransformRows.INPUT;
    this.encryptionKey = props.encryptionKey;
  }

  /** Permits to list and to read the lists, and the objects that they name. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    const places = [this.captured, this.transformInput, this.transformOutput];
    const read = places.map(({ bucket, prefix }) => grantReadBelow(grantee, bucket, prefix));
    const decrypt = this.encryptionKey?.grant(grantee, 'kms:Decrypt');
    return [...read, ...(decrypt ? [decrypt] : [])].reduce((all, grant) => all.combine(grant));
  }

  /**
   * Where the objects lie that have some rows.
   *
   * @internal
   */
  public _dataOf(rows: TransformRows): BucketPrefix {
    return rows === TransformRows.INPUT ? this.transformInput : this.transformOutput;
  }

  /**
   * Permits one to read the lists and to list what they name, and another to read that, of the rows that are analysed.
   *
   * @internal
   */
  public _grantAnalysis(rows: TransformRows, { lister, reader }: TransformReaders): void {
    const { bucket, prefix } = this.captured;
    const data = this._dataOf(rows);
    const lists = `${prefix}/${rows}/*`;
    grantListFromAnywhere(lister, bucket, lists);
    grantObjectsFromAnywhere(lister, bucket, { actions: ['s3:GetObject'], keyPattern: lists });
    (this.encryptionKey ?? bucket.encryptionKey)?.grantDecrypt(lister);
    grantListFromAnywhere(lister, data.bucket, `${data.prefix}/*`);
    grantObjectsFromAnywhere(reader, data.bucket, { actions: ['s3:GetObject'], keyPattern: `${data.prefix}/*` });
    data.bucket.encryptionKey?.grantDecrypt(reader);
  }
}

/** Who finds the objects of transform jobs, and who reads them. */
interface TransformReaders {
  readonly lister: iam.IGrantable;
  readonly reader: iam.IGrantable;
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-batch.html */
function generatedIdProblems({ format, generateInferenceId }: BatchTransformDataProps): Problem[] {
  if (!generateInferenceId || format !== DatasetFormat.PARQUET) return [];
  const advice = 'output in Parquet gets no inference ids: leave it out, or let the jobs write CSV or JSON';
  return [{ prop: 'generateInferenceId', got: true, allowed: 'false with DatasetFormat.PARQUET', advice }];
}
