import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { BUCKET } from '../core/cdk-shapes';
import { requireProps, TEXT } from '../core/prop-shapes';
import { validateKey } from '../core/s3-key';
import { type Problem, throwIfAny } from '../core/validation-error';

/**
 * A model's artifact, as the model's definition names it.
 *
 * @internal
 */
export interface ModelDataConfig {
  /** `s3://bucket/key` */
  readonly modelDataUrl: string;
}

/**
 * The trained artifact of a model, a gzip-compressed tar archive.
 *
 * @example
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * declare const bucket: s3.IBucket;
 * ModelData.fromBucket(bucket, 'models/churn/model.tar.gz');
 */
export abstract class ModelData {
  /**
   * Takes an archive that lies in S3; the model's role may read that object alone.
   *
   * @param bucket holds the archive
   * @param objectKey of the archive, without leading slash: `models/churn/model.tar.gz`
   */
  public static fromBucket(bucket: s3.IBucket, objectKey: string): ModelData {
    requireProps({ bucket, objectKey }, { bucket: BUCKET, objectKey: TEXT });
    return new BucketModelData(bucket, objectKey);
  }

  /**
   * Permits the model to read the archive, and returns where it lies.
   *
   * @param scope the model
   * @param grantee the model's role
   *
   * @internal
   */
  public abstract _bind(scope: Construct, grantee: iam.IGrantable): ModelDataConfig;
}

class BucketModelData extends ModelData {
  constructor(
    private readonly bucket: s3.IBucket,
    private readonly objectKey: string,
  ) {
    super();
    throwIfAny('InvalidModelData', [...validateKey('objectKey', objectKey), ...archiveProblems(objectKey)]);
  }

  public _bind(_scope: Construct, grantee: iam.IGrantable): ModelDataConfig {
    const { bucket, objectKey } = this;
    iam.Grant.addToPrincipalOrResource({
      grantee,
      actions: ['s3:GetObject'],
      resourceArns: [bucket.arnForObjects(objectKey)],
      resource: bucket,
    });
    // part of the documented minimum; turns "access denied" into "not found" when the archive is absent
    iam.Grant.addToPrincipalOrResource({
      grantee,
      actions: ['s3:ListBucket'],
      resourceArns: [bucket.bucketArn],
      resource: bucket,
      conditions: { StringEquals: { 's3:prefix': objectKey } },
    });
    bucket.encryptionKey?.grant(grantee, 'kms:Decrypt');
    return { modelDataUrl: bucket.s3UrlForObject(objectKey) };
  }
}

function archiveProblems(got: string): Problem[] {
  if (Token.isUnresolved(got) || got.endsWith('.tar.gz')) return [];
  const advice = 'pack the artifact with tar and gzip';
  return [{ prop: 'objectKey', got, allowed: 'the key of a .tar.gz archive', advice }];
}
