import { Arn, ArnFormat, Resource, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { type Problem, throwIfAny } from '../core/validation-error';
import type { IModel, ModelAttributes } from './model';

/**
 * A model that exists. Grants without a role go to a warning that says which statement the role needs.
 *
 * @internal
 */
export class ImportedModel extends Resource implements IModel {
  public readonly modelName: string;
  public readonly modelArn: string;
  public readonly grantPrincipal: iam.IPrincipal;
  private readonly givenContentTypes: string[];

  constructor(scope: Construct, id: string, attributes: ModelAttributes) {
    throwIfAny('InvalidModel', nameProblems(attributes.modelName), scope);
    super(scope, id);
    this.modelName = attributes.modelName;
    this.modelArn = Stack.of(this).formatArn({
      service: 'sagemaker',
      resource: 'model',
      resourceName: attributes.modelName,
    });
    this.grantPrincipal = attributes.role?.grantPrincipal ?? new UnknownRole(this);
    this.givenContentTypes = [...(attributes.contentTypes ?? [])];
  }

  public get contentTypes(): string[] {
    return [...this.givenContentTypes];
  }

  public get modelRef(): sagemaker.ModelReference {
    return { modelArn: this.modelArn };
  }
}

/** The role of a model that is not known: it has the account of the model, so that its own policy is enough, which a warning asks for. */
class UnknownRole extends iam.UnknownPrincipal {
  public readonly principalAccount: string;

  constructor(model: Resource) {
    super({ resource: model });
    this.principalAccount = model.env.account;
  }
}

/**
 * The name at the end of a model's ARN.
 *
 * @internal
 */
export function modelNameIn(scope: Construct, modelArn: string): string {
  const isOne = Token.isUnresolved(modelArn) || /^arn:[^:]+:sagemaker:[^:]*:[^:]*:model\/[^/]+$/.test(modelArn);
  const allowed = 'arn:{partition}:sagemaker:{region}:{account}:model/{name}';
  throwIfAny('InvalidModel', isOne ? [] : [{ prop: 'modelArn', got: modelArn, allowed }], scope);
  return Arn.split(modelArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName ?? '';
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html */
function nameProblems(got: string): Problem[] {
  if (Token.isUnresolved(got) || /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/.test(got)) return [];
  const allowed = '1 to 63 letters, digits and hyphens, with a letter or digit at both ends';
  return [{ prop: 'modelName', got, allowed, advice: 'Model.fromModelArn(...) takes an ARN' }];
}
