import { Token } from 'aws-cdk-lib';
import { throwIfAny } from '../core/validation-error';

/** Family with generation and options, then size: `ml.m5.large`, `ml.g4dn.12xlarge`, `ml.p4de.24xlarge`. */
const INSTANCE_TYPE = /^ml\.[a-z][a-z0-9-]*\.[a-z0-9-]+$/;

/**
 * A SageMaker instance type.
 *
 * The list of types grows and differs by region, so any type of the form `ml.<family>.<size>` is taken; the service
 * rejects those that it does not offer.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html
 *
 * @example
 * InstanceType.of('ml.m5.large');
 */
export class InstanceType {
  /**
   * Names an instance type as SageMaker does.
   *
   * @param name with the prefix `ml.`: `ml.m5.large`
   */
  public static of(name: string): InstanceType {
    return new InstanceType(name);
  }

  /** The name as SageMaker writes it: `ml.m5.large`. */
  public readonly name: string;

  private constructor(name: string) {
    const valid = Token.isUnresolved(name) || INSTANCE_TYPE.test(name);
    throwIfAny(
      'InvalidInstanceType',
      valid ? [] : [{ prop: 'name', got: name, allowed: 'ml.<family>.<size>', advice: adviceFor(name) }],
    );
    this.name = name;
  }

  /** Returns the name. */
  public toString(): string {
    return this.name;
  }
}

function adviceFor(name: string): string {
  return /^(?!ml\.)[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(name) ? `write 'ml.${name}'` : "write it as in 'ml.m5.large'";
}
