import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { BUCKET, KEY } from '../core/cdk-shapes';
import { optional, requireProps, struct, TEXT } from '../core/prop-shapes';
import { grantListFromAnywhere, grantObjectsFromAnywhere } from '../core/s3-grants';
import { validatePrefix } from '../core/s3-prefix';
import { throwIfAny } from '../core/validation-error';

/** What is special about the objects at a place of captured data. */
export interface CapturedDataOptions {
  /**
   * Encrypts the captured objects; readers are granted `kms:Decrypt` on it.
   *
   * @default - the key of the bucket, if it has one
   */
  readonly encryptionKey?: kms.IKey;
}

const OPTIONS = struct<CapturedDataOptions>({ encryptionKey: optional(KEY) });

/**
 * The place in S3 where an endpoint's captured requests and responses lie.
 *
 * SageMaker writes below it, per endpoint and variant, by the hour in UTC:
 *
 * ```text
 * s3://{bucket}/{prefix}/{endpoint}/{variant}/2026/01/31/09/26-34-845-68ed6c40.jsonl
 * ```
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
 *
 * @example
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * declare const bucket: s3.IBucket;
 * CapturedData.at(bucket, 'data-capture');
 */
export class CapturedData {
  /**
   * Names where the captured data of an endpoint lie that this library did not configure.
   *
   * @param bucket the bucket of the endpoint's `DestinationS3Uri`; one of another account is imported with its `account`
   * @param prefix the path of the `DestinationS3Uri`, without slash at start and end, without the endpoint's name
   * @param options of the captured objects
   */
  public static at(bucket: s3.IBucket, prefix: string, options: CapturedDataOptions = {}): CapturedData {
    requireProps({ bucket, prefix, options }, { bucket: BUCKET, prefix: TEXT, options: OPTIONS });
    return new CapturedData(bucket, prefix, options.encryptionKey ?? bucket.encryptionKey);
  }

  /** Holds the captured data. */
  public readonly bucket: s3.IBucket;
  /** Precedes the endpoint's name in the keys; without slash at start and end. */
  public readonly prefix: string;
  /** Encrypts the captured objects; absent when no customer managed key is known. */
  public readonly encryptionKey?: kms.IKey;

  private constructor(bucket: s3.IBucket, prefix: string, encryptionKey?: kms.IKey) {
    throwIfAny('InvalidCapturedData', validatePrefix('prefix', prefix));
    this.bucket = bucket;
    this.prefix = prefix;
    this.encryptionKey = encryptionKey;
  }

  /**
   * Permits to list and to read the captured data of one endpoint, and of no other.
   *
   * @param grantee reads the data
   * @param endpointName as the endpoint is called, in its own case: the keys contain it
   */
  public grantRead(grantee: iam.IGrantable, endpointName: string): iam.Grant {
    return this.grantGet(grantee, endpointName).combine(this.grantList(grantee, endpointName));
  }

  /**
   * Permits to list the captured objects of one endpoint, and of no other.
   *
   * @param grantee lists the objects
   * @param endpointName as the endpoint is called, in its own case: the keys contain it
   */
  public grantList(grantee: iam.IGrantable, endpointName: string): iam.Grant {
    // `*` also matches nothing: both `{prefix}/{endpoint}/` and what lies deeper may be listed
    return grantListFromAnywhere(grantee, this.bucket, this.objectsOf(endpointName));
  }

  /**
   * Permits to read the captured objects of one endpoint, and of no other.
   *
   * @param grantee reads the objects
   * @param endpointName as the endpoint is called, in its own case: the keys contain it
   */
  public grantGet(grantee: iam.IGrantable, endpointName: string): iam.Grant {
    const keyPattern = this.objectsOf(endpointName);
    const get = grantObjectsFromAnywhere(grantee, this.bucket, { actions: ['s3:GetObject'], keyPattern });
    const decrypt = this.encryptionKey?.grant(grantee, 'kms:Decrypt');
    return decrypt ? get.combine(decrypt) : get;
  }

  /**
   * Permits to put captured objects below the prefix, of any endpoint: what the execution role of a captured model needs.
   *
   * @param grantee writes the objects
   */
  public grantWrite(grantee: iam.IGrantable): iam.Grant {
    const keyPattern = `${this.prefix}/*`;
    const put = grantObjectsFromAnywhere(grantee, this.bucket, { actions: ['s3:PutObject'], keyPattern });
    const encrypt = this.encryptionKey?.grant(grantee, 'kms:Encrypt', 'kms:GenerateDataKey*');
    return encrypt ? put.combine(encrypt) : put;
  }

  private objectsOf(endpointName: string): string {
    requireProps({ endpointName }, { endpointName: TEXT });
    return `${this.prefix}/${endpointName}/*`;
  }
}
