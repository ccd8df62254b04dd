import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { BUCKET, KEY } from '../core/cdk-shapes';
import { optional, requireProps, struct, TEXT } from '../core/prop-shapes';
import { grantListFromAnywhere, grantObjectsFromAnywhere, grantReadBelow } from '../core/s3-grants';
import { validatePrefix } from '../core/s3-prefix';
import { throwIfAny } from '../core/validation-error';

/** What is special about the objects that hold labels. */
export interface GroundTruthOptions {
  /**
   * Encrypts the objects; readers are granted `kms:Decrypt` on it, writers `kms:Encrypt` and `kms:GenerateDataKey*`.
   *
   * @default - the key of the bucket, if it has one
   */
  readonly encryptionKey?: kms.IKey;
}

const OPTIONS = struct<GroundTruthOptions>({ encryptionKey: optional(KEY) });

/**
 * The labels that come after the predictions: what the model should have said.
 *
 * They are yours to write, as JSON Lines in objects that end in `.jsonl`, below an hour in UTC:
 *
 * ```text
 * s3://{bucket}/{prefix}/2026/01/31/09/labels.jsonl
 * {"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{"eventId":"aaaa-bbbb-cccc"},"eventVersion":"0"}
 * ```
 *
 * - `data` is the label and nothing else; `CSV` is the only encoding.
 * - `eventId` is the `inferenceId` of the captured record (what the caller of the endpoint sent as `InferenceId`), or, where that has none,
 *   its `eventId`. Records of batch transform jobs have an identifier if the job's `GenerateInferenceId` is true.
 * - The hour is, as documented, that at which a label is collected, and need not be that of its prediction. Runs on `serverless()` read the hours from the
 *   begin of their window up to themselves; runs on Model Monitor were seen to read the hours of their window alone. A label below the hour of its
 *   prediction is found either way, if it is there before the run: where labels are late, choose an `AnalysisWindow` that waits for them.
 * - A run without labels fails: on Model Monitor if it finds no object (`No S3 objects found under S3 URL ...`), on `serverless()` if no prediction has a
 *   label (`LabelsMissing`). Where some have none, report, event and message of `serverless()` say for how many there is one.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
 *
 * @example
 * import * as iam from 'aws-cdk-lib/aws-iam';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * declare const bucket: s3.IBucket;
 * declare const labelling: iam.IGrantable;
 * const groundTruth = GroundTruth.fromBucket(bucket, 'labels');
 * groundTruth.grantWrite(labelling);
 */
export class GroundTruth {
  /**
   * Labels in a bucket, below `{prefix}/yyyy/mm/dd/hh/`.
   *
   * @param prefix without slash at start and end
   */
  public static fromBucket(bucket: s3.IBucket, prefix: string, options: GroundTruthOptions = {}): GroundTruth {
    requireProps({ bucket, prefix, options }, { bucket: BUCKET, prefix: TEXT, options: OPTIONS });
    return new GroundTruth(bucket, prefix, options.encryptionKey ?? bucket.encryptionKey);
  }

  private constructor(
    /** Holds the labels. */
    public readonly bucket: s3.IBucket,
    /** Precedes the date in the keys. */
    public readonly prefix: string,
    /** Encrypts the labels; absent when no customer managed key is known. */
    public readonly encryptionKey?: kms.IKey,
  ) {
    throwIfAny('InvalidGroundTruth', validatePrefix('prefix', prefix));
  }

  /** Where the labels lie, without slash at the end: `s3://bucket/prefix`. What writes them adds `/yyyy/mm/dd/hh/{name}.jsonl`. */
  public get s3Uri(): string {
    return this.bucket.s3UrlForObject(this.prefix);
  }

  /**
   * Permits to list and to read the labels.
   *
   * @param grantee reads them
   */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    const { bucket, prefix, encryptionKey } = this;
    const read = grantReadBelow(grantee, bucket, prefix);
    const decrypt = encryptionKey === bucket.encryptionKey ? undefined : encryptionKey?.grant(grantee, 'kms:Decrypt');
    return decrypt ? read.combine(decrypt) : read;
  }

  /**
   * Permits to list the labels.
   *
   * @param grantee lists the objects
   */
  public grantList(grantee: iam.IGrantable): iam.Grant {
    return grantListFromAnywhere(grantee, this.bucket, `${this.prefix}/*`);
  }

  /**
   * Permits to read the labels, and not to list them.
   *
   * @param grantee reads the objects
   */
  public grantGet(grantee: iam.IGrantable): iam.Grant {
    const { bucket, prefix, encryptionKey } = this;
    const get = grantObjectsFromAnywhere(grantee, bucket, { actions: ['s3:GetObject'], keyPattern: `${prefix}/*` });
    const decrypt = encryptionKey?.grant(grantee, 'kms:Decrypt');
    return decrypt ? get.combine(decrypt) : get;
  }

  /**
   * Permits to put labels, and nothing else: what whoever collects them needs.
   *
   * @param grantee writes them
   */
  public grantWrite(grantee: iam.IGrantable): iam.Grant {
    const keyPattern = `${this.prefix}/*`;
    const put = grantObjectsFromAnywhere(grantee, this.bucket, { actions: ['s3:PutObject'], keyPattern });
    const encrypt = this.encryptionKey?.grant(grantee, 'kms:Encrypt', 'kms:GenerateDataKey*');
    return encrypt ? put.combine(encrypt) : put;
  }
}
