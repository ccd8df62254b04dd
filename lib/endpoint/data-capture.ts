import { Duration, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledgement';
import { BUCKET, DURATION, GRANTEE, KEY } from '../core/cdk-shapes';
import { having, list, NUMBER, oneOf, optional, requireProps, type Shapes, struct, TEXT } from '../core/prop-shapes';
import { validatePrefix } from '../core/s3-prefix';
import { type Problem, throwIfAny } from '../core/validation-error';
import { CapturedData } from './captured-data';
import { validateContentTypes, validateOverlap } from './content-types';
import { renderCapture } from './data-capture-property';
import { problemsOfTarget } from './data-capture-target';
import { warnOfLostCounts } from './lost-counts';

/**
 * Which side of an invocation is captured.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CaptureOption.html
 */
export enum CaptureMode {
  /** The requests only. */
  INPUT = 'Input',
  /** The responses only. */
  OUTPUT = 'Output',
  /** Requests and responses. */
  INPUT_AND_OUTPUT = 'InputAndOutput',
}

/** How an endpoint captures data to a bucket. */
export interface BucketCaptureOptions {
  /**
   * Precedes the endpoint's name in the keys; without slash at start and end.
   *
   * @default 'data-capture'
   */
  readonly prefix?: string;

  /**
   * Share of the requests that are captured, in percent: a whole number from 0 to 100.
   *
   * A change makes a new endpoint configuration, and the endpoint is updated without interruption. 0 pauses the capture:
   * monitors then find no data.
   *
   * @default 20 as in the SageMaker Python SDK
   * @see https://sagemaker.readthedocs.io/en/stable/api/inference/model_monitor.html#sagemaker.model_monitor.data_capture_config.DataCaptureConfig
   */
  readonly samplingPercentage?: number;

  /**
   * Which side of an invocation is captured.
   *
   * @default CaptureMode.INPUT_AND_OUTPUT
   */
  readonly mode?: CaptureMode;

  /**
   * Content types that are captured as CSV text, 1 to 10, without parameters such as `; charset=utf-8`.
   *
   * What neither list names is captured in base64, which monitors do not read. A content type stands in one of the lists.
   *
   * @default ['text/csv']
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CaptureContentTypeHeader.html
   */
  readonly csvContentTypes?: string[];

  /**
   * Content types that are captured as JSON text, 1 to 10, without parameters such as `; charset=utf-8`.
   *
   * @default ['application/json']
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CaptureContentTypeHeader.html
   */
  readonly jsonContentTypes?: string[];

  /**
   * Encrypts the captured objects. The models' roles may encrypt with it; its policy has to allow them to.
   *
   * @default - the key of the bucket, if it has one; else SageMaker uses the account's key for S3
   */
  readonly encryptionKey?: kms.IKey;
}

/** How an endpoint captures data to a bucket of its own. */
export interface NewBucketCaptureOptions extends BucketCaptureOptions {
  /**
   * After how long captured objects are deleted; whole days. Monitors that wait for late labels need the objects until then.
   *
   * @default Duration.days(90)
   */
  readonly expiration?: Duration;
}

/** To whom `DataCapture.applyTo` gives its permissions. */
export interface ApplyDataCaptureOptions {
  /**
   * The execution role of the models behind the configuration: SageMaker captures with it. Where the models have several
   * roles, give the others `grantWrite` of the `CapturedData`. A role imported with `mutable: false` stays as it is, and
   * has to permit that itself.
   */
  readonly grantee: iam.IGrantable;
}

/**
 * What an endpoint configuration says about data capture.
 *
 * @internal
 */
export interface DataCaptureConfig {
  /** Where the captured data lie. */
  readonly capturedData: CapturedData;
  /** `s3://bucket/prefix`, at most 512 characters. */
  readonly destinationS3Uri: string;
  /** In percent, 0 to 100. */
  readonly samplingPercentage: number;
  /** Each side that is captured: `Input`, `Output`. */
  readonly captureModes: string[];
  /** Captured as CSV text. */
  readonly csvContentTypes: string[];
  /** Captured as JSON text. */
  readonly jsonContentTypes: string[];
  /**
   * ARN of the key that encrypts the captured objects.
   *
   * @default - SageMaker uses the account's key for S3
   */
  readonly kmsKeyId?: string;
}

/**
 * Whether and how an endpoint keeps its requests and responses, which is what monitors read.
 *
 * Capture stops without a word when the disk of an instance is nearly full: keep `DiskUtilization` below 75 percent.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture.html
 *
 * @example
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * declare const bucket: s3.IBucket;
 * DataCapture.toBucket(bucket, { samplingPercentage: 50 });
 */
export abstract class DataCapture {
  /**
   * Captures to `s3://{bucket}/{prefix}/{endpoint}/{variant}/yyyy/mm/dd/hh/*.jsonl`.
   *
   * The models' roles may put objects below the prefix, and nowhere else.
   *
   * @param bucket takes the captured data; the data of several endpoints may share it, and its prefix; one of another account is imported with its
   * `account`
   * @param options sampling, content types, encryption
   */
  public static toBucket(bucket: s3.IBucket, options: BucketCaptureOptions = {}): DataCapture {
    requireProps({ bucket, options }, { bucket: BUCKET, options: struct(CAPTURE) });
    return new BucketCapture(bucket, options);
  }

  /**
   * Captures to a new bucket: private, encrypted, TLS only, kept when the stack goes. Its captured objects expire.
   *
   * @param scope in which the bucket lives; it is `capturedData.bucket` of what is returned
   * @param id of the bucket
   * @param options sampling, content types, encryption, expiration
   */
  public static toNewBucket(scope: Construct, id: string, options: NewBucketCaptureOptions = {}): DataCapture {
    requireProps(options, { ...CAPTURE, expiration: optional(DURATION) }, scope);
    const { expiration = DEFAULT_EXPIRATION, prefix = DEFAULT_PREFIX, encryptionKey } = options;
    const bucket = new s3.Bucket(scope, id, {
      encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
      encryptionKey,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [
        {
          expiration,
          prefix: `${prefix}/`,
          noncurrentVersionExpiration: Duration.days(1), // for who turns versions on: what expires is not to stay as one
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    const reason =
      "who wants access logs gives a bucket of their own to 'DataCapture.toBucket': logs need a further bucket";
    acknowledge(bucket, () => [{ rule: 'S1', reason }]);
    return DataCapture.toBucket(bucket, options);
  }

  /** Where the captured data lie. */
  public abstract readonly capturedData: CapturedData;

  /**
   * Makes an endpoint configuration capture that this library did not make, and returns where the captured data lie.
   *
   * The configuration is replaced, and its endpoint is updated without interruption. Throws when that cannot work: when the
   * configuration has a fixed name, with which the new one would collide with the old one; when it captures already; when
   * it has serverless variants.
   *
   * @param config of the endpoint; waits for the grantee's policies
   * @param options the role of the models
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-endpointconfig.html
   */
  public applyTo(config: sagemaker.CfnEndpointConfig, options: ApplyDataCaptureOptions): CapturedData {
    requireProps(
      { config, options },
      { config: CONFIG, options: struct<ApplyDataCaptureOptions>({ grantee: GRANTEE }) },
    );
    throwIfAny('InvalidDataCaptureTarget', problemsOfTarget(config), config);
    warnOfLostCounts(config);
    const capture = this._bind(config, [options.grantee]);
    config.dataCaptureConfig = renderCapture(capture);
    const { grantPrincipal } = options.grantee;
    if (Construct.isConstruct(grantPrincipal)) config.node.addDependency(grantPrincipal);
    return capture.capturedData;
  }

  /**
   * Grants the models' roles what capturing needs, and returns the configuration.
   *
   * @param scope the endpoint
   * @param models the models of the endpoint: SageMaker captures with their roles
   *
   * @internal
   */
  public abstract _bind(scope: Construct, models: iam.IGrantable[]): DataCaptureConfig;
}

const CONFIG = having('attrEndpointConfigName', 'an endpoint configuration (CfnEndpointConfig)');

const CAPTURE: Shapes<BucketCaptureOptions> = {
  prefix: optional(TEXT),
  samplingPercentage: optional(NUMBER),
  mode: optional(oneOf(CaptureMode)),
  csvContentTypes: optional(list(TEXT)),
  jsonContentTypes: optional(list(TEXT)),
  encryptionKey: optional(KEY),
};

const DEFAULT_PREFIX = 'data-capture';
const DEFAULT_SAMPLING_PERCENTAGE = 20;
const DEFAULT_EXPIRATION = Duration.days(90);

class BucketCapture extends DataCapture {
  public readonly capturedData: CapturedData;
  private readonly bucket: s3.IBucket;
  private readonly prefix: string;
  private readonly csvContentTypes: string[];
  private readonly jsonContentTypes: string[];
  private readonly options: BucketCaptureOptions;

  constructor(bucket: s3.IBucket, options: BucketCaptureOptions) {
    super();
    this.bucket = bucket;
    this.prefix = options.prefix ?? DEFAULT_PREFIX;
    this.csvContentTypes = options.csvContentTypes ?? ['text/csv'];
    this.jsonContentTypes = options.jsonContentTypes ?? ['application/json'];
    this.options = options;
    throwIfAny('InvalidDataCapture', [
      ...validatePrefix('prefix', this.prefix),
      ...validateUri(bucket, this.prefix),
      ...validateSampling(options.samplingPercentage),
      ...validateContentTypes('csvContentTypes', options.csvContentTypes),
      ...validateContentTypes('jsonContentTypes', options.jsonContentTypes),
      ...validateOverlap(this.csvContentTypes, this.jsonContentTypes),
    ]);
    this.capturedData = CapturedData.at(bucket, this.prefix, { encryptionKey: options.encryptionKey });
  }

  public _bind(_scope: Construct, models: iam.IGrantable[]): DataCaptureConfig {
    for (const grantee of models) this.capturedData.grantWrite(grantee);
    return {
      capturedData: this.capturedData,
      destinationS3Uri: this.bucket.s3UrlForObject(this.prefix),
      samplingPercentage: this.options.samplingPercentage ?? DEFAULT_SAMPLING_PERCENTAGE,
      captureModes: modesOf(this.options.mode ?? CaptureMode.INPUT_AND_OUTPUT),
      csvContentTypes: this.csvContentTypes,
      jsonContentTypes: this.jsonContentTypes,
      kmsKeyId: this.capturedData.encryptionKey?.keyArn,
    };
  }
}

/** As the SDK does, two options in place of `InputAndOutput`, which came later and not every tool knows. */
function modesOf(mode: CaptureMode): string[] {
  return mode === CaptureMode.INPUT_AND_OUTPUT ? [CaptureMode.INPUT, CaptureMode.OUTPUT] : [mode];
}

/** `DestinationS3Uri` has at most 512 characters; a bucket's name, where it is a token, at most 63. */
const URI_LIMIT = 512;
const BUCKET_NAME_LIMIT = 63;

function validateUri(bucket: s3.IBucket, prefix: string): Problem[] {
  if (Token.isUnresolved(prefix)) return [];
  const bucketLength = Token.isUnresolved(bucket.bucketName) ? BUCKET_NAME_LIMIT : bucket.bucketName.length;
  const limit = URI_LIMIT - 's3:///'.length - bucketLength;
  if (prefix.length <= limit) return [];
  return [
    { prop: 'prefix', got: prefix, allowed: `at most ${limit} characters, as the S3 URI has at most ${URI_LIMIT}` },
  ];
}

function validateSampling(percentage?: number): Problem[] {
  if (percentage === undefined || Token.isUnresolved(percentage)) return [];
  if (Number.isInteger(percentage) && percentage >= 0 && percentage <= 100) return [];
  const advice = percentage > 0 && percentage < 1 ? 'it is a percentage, not a share' : undefined;
  return [{ prop: 'samplingPercentage', got: percentage, allowed: 'a whole number from 0 to 100', advice }];
}
