import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { grantGetObjects, grantListPrefixes } from '../core/s3-grants';
import { validatePrefix } from '../core/s3-prefix';
import { throwIfAny } from '../core/validation-error';

/** What is special about the objects that hold labels. */
export interface GroundTruthOptions {
  /**
   * Encrypts the objects; readers are granted `kms:Decrypt` on it.
   *
   * @default - the key of the bucket, if it has one
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * The labels that come after the predictions: what the model should have said.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
 */
export class GroundTruth {
  /**
   * Labels in a bucket, below `{prefix}/yyyy/mm/dd/hh/`.
   *
   * @param prefix without slash at start and end
   */
  public static fromBucket(bucket: s3.IBucket, prefix: string, options: GroundTruthOptions = {}): GroundTruth {
    return new GroundTruth(bucket, prefix, options.encryptionKey);
  }

  private constructor(
    /** Holds the labels. */
    public readonly bucket: s3.IBucket,
    /** Precedes the date in the keys. */
    public readonly prefix: string,
    private readonly encryptionKey?: kms.IKey,
  ) {
    throwIfAny('InvalidGroundTruth', validatePrefix('prefix', prefix));
  }

  /** Permits to list and to read the labels. */
  public grantRead(grantee: iam.IGrantable): void {
    grantListPrefixes(grantee, this.bucket, `${this.prefix}/*`);
    grantGetObjects(grantee, this.bucket, `${this.prefix}/*`);
    this.encryptionKey?.grant(grantee, 'kms:Decrypt');
  }
}
