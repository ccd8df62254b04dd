import { type InjectionContext, type IPropertyInjector, PropertyInjectors } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';

/** What a platform team brings along. */
export interface Foundation {
  readonly key: kms.IKey;
  readonly vpc: ec2.IVpc;
  readonly failures: sqs.IQueue;
}

/** Gives every log group and every function below a scope what the rules of the house ask for. */
export function applyHouseRules(scope: IConstruct, { key, vpc, failures }: Foundation): void {
  PropertyInjectors.of(scope).add(
    new Given<logs.LogGroupProps>(logs.LogGroup.PROPERTY_INJECTION_ID, () => ({ encryptionKey: key })),
    new Given<lambda.FunctionProps>(lambda.Function.PROPERTY_INJECTION_ID, (id) => ({
      vpc,
      deadLetterQueue: failures,
      reservedConcurrentExecutions: id === 'Profile' ? 100 : 10,
    })),
  );
}

/** Adds to the properties of all constructs of a class. */
class Given<Props> implements IPropertyInjector {
  constructor(
    public readonly constructUniqueId: string,
    private readonly given: (id: string) => Partial<Props>,
  ) {}

  public inject(props: Props, { id }: InjectionContext): Props {
    return { ...props, ...this.given(id) };
  }
}
