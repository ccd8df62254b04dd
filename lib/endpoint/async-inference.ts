import { Token } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { BUCKET, KEY, TOPIC } from '../core/cdk-shapes';
import { NUMBER, optional, requireProps, struct, TEXT } from '../core/prop-shapes';
import { grantObjectsFromAnywhere } from '../core/s3-grants';
import { validatePrefix } from '../core/s3-prefix';
import { type Problem, throwIfAny } from '../core/validation-error';
import type { IModel } from './model';

/** How an endpoint answers into a bucket. */
export interface AsyncInferenceOptions {
  /**
   * Precedes the keys of answers; without slash at start and end.
   *
   * @default 'async-inference'
   */
  readonly prefix?: string;

  /**
   * Precedes the keys of what is written where a request failed; without slash at start and end.
   *
   * @default - the prefix of answers, followed by `-failures`
   */
  readonly failurePrefix?: string;

  /**
   * How many requests an instance is given at once; a whole number from 1 to 1000.
   *
   * @default - SageMaker chooses
   */
  readonly maxConcurrentInvocationsPerInstance?: number;

  /**
   * Is told of answers.
   *
   * @default - nobody is told
   */
  readonly successTopic?: sns.ITopic;

  /**
   * Is told of requests that failed.
   *
   * @default - nobody is told
   */
  readonly errorTopic?: sns.ITopic;

  /**
   * Encrypts the answers. The models' roles may encrypt with it; its policy has to allow them to.
   *
   * @default - the key of the bucket, if it has one; else SageMaker uses the account's key for S3
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * Lets an endpoint take requests that lie in S3 into a queue, and answer into a bucket: those of up to 1 GB, which may take an hour.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference.html
 *
 * @example
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * declare const answers: s3.IBucket;
 * declare const requests: s3.IBucket;
 * declare const model: Model;
 * requests.grantRead(model); // SageMaker fetches them with the model's role
 * new Endpoint(this, 'Summaries', {
 *   variants: [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })],
 *   asyncInference: AsyncInference.toBucket(answers),
 * });
 */
export class AsyncInference {
  /**
   * Answers to `s3://{bucket}/{prefix}/`, where the models' roles may put objects.
   *
   * @param bucket takes the answers; one of another account is imported with its `account`
   * @param options where below, who is told, encryption
   */
  public static toBucket(bucket: s3.IBucket, options: AsyncInferenceOptions = {}): AsyncInference {
    requireProps({ bucket, options }, { bucket: BUCKET, options: OPTIONS });
    return new AsyncInference(bucket, options);
  }

  private constructor(
    private readonly bucket: s3.IBucket,
    private readonly options: AsyncInferenceOptions,
  ) {
    throwIfAny('InvalidAsyncInference', [
      ...validatePrefix('prefix', this.prefix),
      ...validatePrefix('failurePrefix', this.failurePrefix),
      ...invocationProblems(options.maxConcurrentInvocationsPerInstance),
    ]);
  }

  /**
   * Permits the models' roles what answering needs, and returns the configuration.
   *
   * @param models of the endpoint: SageMaker answers with their roles
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-create-endpoint-prerequisites.html
   * @internal
   */
  public _bind(models: IModel[]): sagemaker.CfnEndpointConfig.AsyncInferenceConfigProperty {
    for (const model of models) this.permit(model);
    const { successTopic, errorTopic, maxConcurrentInvocationsPerInstance } = this.options;
    const told = { successTopic: successTopic?.topicArn, errorTopic: errorTopic?.topicArn };
    return {
      outputConfig: {
        s3OutputPath: this.bucket.s3UrlForObject(this.prefix),
        s3FailurePath: this.bucket.s3UrlForObject(this.failurePrefix),
        kmsKeyId: this.options.encryptionKey?.keyArn ?? this.bucket.encryptionKey?.keyArn,
        notificationConfig: successTopic || errorTopic ? told : undefined,
      },
      clientConfig: maxConcurrentInvocationsPerInstance ? { maxConcurrentInvocationsPerInstance } : undefined,
    };
  }

  private permit(model: IModel): void {
    for (const prefix of [this.prefix, this.failurePrefix]) {
      grantObjectsFromAnywhere(model, this.bucket, { actions: ['s3:PutObject'], keyPattern: `${prefix}/*` });
    }
    (this.options.encryptionKey ?? this.bucket.encryptionKey)?.grantEncrypt(model);
    this.options.successTopic?.grantPublish(model);
    this.options.errorTopic?.grantPublish(model);
  }

  private get prefix(): string {
    return this.options.prefix ?? 'async-inference';
  }

  private get failurePrefix(): string {
    return this.options.failurePrefix ?? `${this.prefix}-failures`;
  }
}

const OPTIONS = struct<AsyncInferenceOptions>({
  prefix: optional(TEXT),
  failurePrefix: optional(TEXT),
  maxConcurrentInvocationsPerInstance: optional(NUMBER),
  successTopic: optional(TOPIC),
  errorTopic: optional(TOPIC),
  encryptionKey: optional(KEY),
});

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AsyncInferenceClientConfig.html */
const MAX_INVOCATIONS = 1000;

function invocationProblems(got?: number): Problem[] {
  if (got === undefined || Token.isUnresolved(got)) return [];
  if (Number.isInteger(got) && got >= 1 && got <= MAX_INVOCATIONS) return [];
  const allowed = `a whole number from 1 to ${MAX_INVOCATIONS}`;
  return [{ prop: 'maxConcurrentInvocationsPerInstance', got, allowed }];
}
