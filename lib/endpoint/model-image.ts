import { Stack, Token } from 'aws-cdk-lib';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from '../core/allow';
import { REPOSITORY } from '../core/cdk-shapes';
import { requireProps, TEXT } from '../core/prop-shapes';
import { throwIfAny } from '../core/validation-error';

/**
 * The image of a model's container, as the model's definition names it.
 *
 * @internal
 */
export interface ModelImageConfig {
  /** `{account}.dkr.ecr.{region}.{domain}/{repository}:{tag}` or `...@{digest}` */
  readonly imageUri: string;
}

/**
 * The container image that serves a model.
 *
 * @example
 * import * as ecr from 'aws-cdk-lib/aws-ecr';
 *
 * declare const repository: ecr.IRepository;
 * ModelImage.fromEcrRepository(repository, '1.4.0');
 */
export abstract class ModelImage {
  /**
   * Takes an image of Amazon ECR by its URI; such are the images that AWS provides.
   *
   * The model's role may pull from that repository alone, unless the URI is only known at deployment.
   *
   * @param uri `{account}.dkr.ecr.{region}.{domain}/{repository}:{tag}` or `...@{digest}`, at most 255 characters
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg-ecr-paths/sagemaker-algo-docker-registry-paths.html
   */
  public static fromUri(uri: string): ModelImage {
    requireProps({ uri }, { uri: TEXT });
    return new UriImage(uri);
  }

  /**
   * Takes an image of an ECR repository.
   *
   * @param repository the model's role may pull from it
   * @param tagOrDigest tag, or digest that starts with `sha256:`; the default is `latest`, which hides from
   * CloudFormation that the image has changed
   */
  public static fromEcrRepository(repository: ecr.IRepository, tagOrDigest: string = 'latest'): ModelImage {
    requireProps({ repository, tagOrDigest }, { repository: REPOSITORY, tagOrDigest: TEXT });
    return new RepositoryImage(repository, tagOrDigest);
  }

  /**
   * Permits the model to pull the image, and returns how it is named.
   *
   * @param scope the model
   * @param grantee the model's role
   *
   * @internal
   */
  public abstract _bind(scope: Construct, grantee: iam.IGrantable): ModelImageConfig;
}

/** Private registry URI, with the endpoints of other partitions and of FIPS. */
const ECR_URI = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.[a-z0-9.-]+\/([^:@\s]+)([:@]\S+)?$/;

const PULL_ACTIONS = ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'];

class UriImage extends ModelImage {
  private readonly uri: string;

  constructor(uri: string) {
    super();
    const valid = Token.isUnresolved(uri) || (uri.length <= 255 && ECR_URI.test(uri));
    throwIfAny('InvalidModelImage', valid ? [] : [problemOf(uri)]);
    this.uri = uri;
  }

  public _bind(scope: Construct, grantee: iam.IGrantable): ModelImageConfig {
    const because = 'the URI of the image is known at deployment only, and with it its repository';
    allow(grantee, { actions: PULL_ACTIONS, resources: [this.repositoryArn(scope)], because });
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/security_iam_id-based-policy-examples.html
    allow(grantee, {
      actions: ['ecr:GetAuthorizationToken'],
      resources: ['*'],
      because: 'ecr:GetAuthorizationToken knows no resource: its token is for a registry, not for a repository',
    });
    return { imageUri: this.uri };
  }

  private repositoryArn(scope: Construct): string {
    const [, account = '*', region = '*', repository = '*'] = ECR_URI.exec(this.uri) ?? []; // a token matches nothing
    return Stack.of(scope).formatArn({
      service: 'ecr',
      account,
      region,
      resource: 'repository',
      resourceName: repository,
    });
  }
}

class RepositoryImage extends ModelImage {
  constructor(
    private readonly repository: ecr.IRepository,
    private readonly tagOrDigest: string,
  ) {
    super();
  }

  public _bind(_scope: Construct, grantee: iam.IGrantable): ModelImageConfig {
    this.repository.grantPull(grantee);
    return { imageUri: this.repository.repositoryUriForTagOrDigest(this.tagOrDigest) };
  }
}

function problemOf(uri: string) {
  return {
    prop: 'uri',
    got: uri,
    allowed: 'an image in Amazon ECR, {account}.dkr.ecr.{region}.{domain}/{repository}:{tag}, at most 255 characters',
    advice: 'copy images of other registries to ECR',
  };
}
