import { Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { BUCKET, KEY } from '../core/cdk-shapes';
import { optional, requireProps, type Shapes, TEXT } from '../core/prop-shapes';
import { validatePrefix } from '../core/s3-prefix';
import { type Problem, throwIfAny } from '../core/validation-error';
import { CapturedData } from './captured-data';
import { SAGEMAKER_NAME } from './sagemaker-name';

/** What is known of records that an application writes itself. */
export interface WrittenDataProps {
  /**
   * What the records are of: a folder below the prefix, and what messages call them. 1 to 63 letters, digits and hyphens, no hyphen at start and end: what
   * an endpoint may be called.
   */
  readonly name: string;

  /** Holds the records; one of another account is imported with its `account`. */
  readonly bucket: s3.IBucket;

  /** Precedes the name in the keys, without slash at start and end. */
  readonly prefix: string;

  /**
   * Encrypts the records; readers are granted `kms:Decrypt` on it, writers what encrypting takes.
   *
   * @default - the key of the bucket, if it has one
   */
  readonly encryptionKey?: kms.IKey;
}

const PROPS: Shapes<WrittenDataProps> = { name: TEXT, bucket: BUCKET, prefix: TEXT, encryptionKey: optional(KEY) };

/**
 * Records of requests and answers that an application writes itself, where SageMaker captures none: of a serverless endpoint, of a model in a Lambda function
 * or in a container elsewhere.
 *
 * They have the form of SageMaker's captured records, JSON Lines, and lie per variant by the hour of their `inferenceTime`, in UTC:
 *
 * ```text
 * s3://{bucket}/{prefix}/{name}/{variant}/2026/01/31/09/26-34-845-68ed6c40.jsonl
 * ```
 *
 * `CaptureWriter` of `cdk-sagemaker-monitoring/capture-writer` writes them in TypeScript and JavaScript; the JSON schema
 * `cdk-sagemaker-monitoring/capture-record.schema.json` says what a line has to be in any language.
 *
 * @example
 * import * as lambda from 'aws-cdk-lib/aws-lambda';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * declare const bucket: s3.IBucket;
 * declare const model: lambda.Function;
 *
 * const written = new WrittenData({ name: 'churn', bucket, prefix: 'written' });
 * written.grantWrite(model);
 * model.addEnvironment('CAPTURE_DESTINATION', written.destination);
 */
export class WrittenData {
  /** What the records are of. */
  public readonly name: string;
  /** Where they lie: the name is a folder below its prefix. */
  public readonly place: CapturedData;

  constructor(props: WrittenDataProps) {
    requireProps(props, PROPS);
    const { name, bucket, prefix, encryptionKey } = props;
    throwIfAny('InvalidWrittenData', [...nameProblems(name), ...validatePrefix('prefix', prefix)]);
    this.name = name;
    this.place = CapturedData.at(bucket, prefix, { encryptionKey });
  }

  /** What a `CaptureWriter` is told: `s3://{bucket}/{prefix}/{name}`. */
  public get destination(): string {
    return this.place.bucket.s3UrlForObject(this.folder);
  }

  /**
   * Permits to put records below the name, and nothing else: what whoever writes them needs.
   *
   * @param grantee writes the records
   */
  public grantWrite(grantee: iam.IGrantable): iam.Grant {
    const { bucket, encryptionKey } = this.place;
    return CapturedData.at(bucket, this.folder, { encryptionKey }).grantWrite(grantee);
  }

  /**
   * Permits to list and to read the records. Monitors have it.
   *
   * @param grantee reads the records
   */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.place.grantRead(grantee, this.name);
  }

  private get folder(): string {
    return `${this.place.prefix}/${this.name}`;
  }
}

/** A name that is known at deployment only is not judged. */
function nameProblems(name: string): Problem[] {
  if (Token.isUnresolved(name) || SAGEMAKER_NAME.test(name)) return [];
  return [{ prop: 'name', got: name, allowed: '1 to 63 letters, digits and hyphens, no hyphen at start and end' }];
}
