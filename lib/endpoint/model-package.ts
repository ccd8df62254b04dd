import { Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { instance, list, optional, requireProps, struct, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { ModelData } from './model-data';
import { ModelImage } from './model-image';
import { refuseReplacedElsewhere } from './replaced-elsewhere';

/** What a model package consists of, which its ARN does not tell. */
export interface ModelPackageOptions {
  /**
   * The container images that the package names; the model's role may pull them.
   *
   * @default - none: the role may pull what you grant it, `repository.grantPull(model)`
   */
  readonly images?: ModelImage[];

  /**
   * The artifacts that the package names; the model's role may read them.
   *
   * @default - none: the role may read what you grant it, `bucket.grantRead(model, 'models/*')`
   */
  readonly modelData?: ModelData[];
}

/**
 * A model package, as the model's definition names it.
 *
 * @internal
 */
export interface ModelPackageConfig {
  /** ARN of the package. */
  readonly modelPackageName: string;
}

const OPTIONS = struct<ModelPackageOptions>({
  images: optional(list(instance(ModelImage))),
  modelData: optional(list(instance(ModelData))),
});

/**
 * A version of a model in SageMaker's registry.
 *
 * Who deploys needs `sagemaker:CreateModel` and `sagemaker:DescribeModelPackage` on it. For a package of another account
 * the policies of its group, of the image's repository and of the artifact's bucket have to allow this account as well.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-deploy.html
 *
 * @example
 * import * as ecr from 'aws-cdk-lib/aws-ecr';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * declare const repository: ecr.IRepository;
 * declare const bucket: s3.IBucket;
 * new Model(this, 'Model', {
 *   modelPackage: ModelPackage.fromArn('arn:aws:sagemaker:eu-west-1:111122223333:model-package/churn/3', {
 *     images: [ModelImage.fromEcrRepository(repository, '1.4.0')],
 *     modelData: [ModelData.fromBucket(bucket, 'models/churn/model.tar.gz')],
 *   }),
 * });
 */
export class ModelPackage {
  /**
   * Takes a package of this account or another.
   *
   * @param modelPackageArn `arn:{partition}:sagemaker:{region}:{account}:model-package/{group}/{version}`
   * @param options what the package consists of, for the permissions of the model's role
   */
  public static fromArn(modelPackageArn: string, options: ModelPackageOptions = {}): ModelPackage {
    requireProps({ modelPackageArn, options }, { modelPackageArn: TEXT, options: OPTIONS });
    return new ModelPackage(modelPackageArn, options);
  }

  /** The ARN of the package. */
  public readonly modelPackageArn: string;
  private readonly options: ModelPackageOptions;

  private constructor(modelPackageArn: string, options: ModelPackageOptions) {
    throwIfAny('InvalidModelPackage', validateArn(modelPackageArn));
    this.modelPackageArn = modelPackageArn;
    this.options = options;
  }

  /**
   * Permits the model to use what the package consists of, as far as that was told, and returns how it is named.
   *
   * The documented permissions of the role that hosts a model name none on the package itself, so none is given.
   *
   * @param scope the model
   * @param grantee the model's role
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms
   *
   * @internal
   */
  public _bind(scope: Construct, grantee: iam.IGrantable): ModelPackageConfig {
    refuseReplacedElsewhere(scope, 'modelPackage', this.modelPackageArn);
    for (const part of [...(this.options.images ?? []), ...(this.options.modelData ?? [])]) part._bind(scope, grantee);
    return { modelPackageName: this.modelPackageArn };
  }
}

/** The version is absent from packages that are in no group. */
const MODEL_PACKAGE_ARN =
  /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:\d{12}:model-package\/[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}(\/\d{1,9})?$/;

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html */
function validateArn(modelPackageArn: string): Problem[] {
  if (Token.isUnresolved(modelPackageArn) || MODEL_PACKAGE_ARN.test(modelPackageArn)) return [];
  const allowed = 'arn:{partition}:sagemaker:{region}:{account}:model-package/{group}/{version}';
  const advice = modelPackageArn.includes(':model-package-group/') ? 'name a version, not the group' : undefined;
  return [{ prop: 'modelPackageArn', got: modelPackageArn, allowed, advice }];
}
