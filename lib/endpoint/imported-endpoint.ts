import { Resource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { requireGrantee } from '../core/grantee';
import { spellingsOf } from './arn-spellings';
import type { EndpointAttributes } from './endpoint';

/**
 * An endpoint of which the ARN alone is known.
 *
 * @internal
 */
export class ReferredEndpoint extends Resource implements sagemaker.IEndpointRef {
  constructor(
    scope: Construct,
    id: string,
    private readonly endpointArn: string,
  ) {
    super(scope, id, { environmentFromArn: endpointArn });
  }

  public get endpointRef(): sagemaker.EndpointReference {
    return { endpointArn: this.endpointArn };
  }
}

/**
 * An endpoint that exists, by its name.
 *
 * @internal
 */
export class ImportedEndpoint extends Resource implements sagemaker.IEndpoint {
  public readonly endpointArn: string;
  public readonly endpointName: string;

  constructor(scope: Construct, id: string, { endpointName, endpointArn }: EndpointAttributes) {
    super(scope, id, { environmentFromArn: endpointArn });
    this.endpointName = endpointName;
    this.endpointArn = endpointArn ?? arnOf(this, endpointName);
  }

  public get endpointRef(): sagemaker.EndpointReference {
    return { endpointArn: this.endpointArn };
  }

  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return grantInvoke(grantee, spellingsOf(this.endpointArn, this.endpointName));
  }
}

function arnOf(scope: Construct, endpointName: string): string {
  return Stack.of(scope).formatArn({ service: 'sagemaker', resource: 'endpoint', resourceName: endpointName });
}

/**
 * Permits to invoke endpoints.
 *
 * @internal
 */
export function grantInvoke(
  grantee: iam.IGrantable,
  resourceArns: string[],
  action = 'sagemaker:InvokeEndpoint',
): iam.Grant {
  requireGrantee(grantee);
  return iam.Grant.addToPrincipal({ grantee, actions: [action], resourceArns });
}
