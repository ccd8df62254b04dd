import { Token } from 'aws-cdk-lib';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { NUMBER, requireProps } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';

/**
 * How much of a fleet a step of a rollout moves.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CapacitySize.html
 *
 * @example
 * CapacitySize.percent(10);
 */
export class CapacitySize {
  /**
   * A share of the instances of each variant.
   *
   * @param percent a whole number; which are allowed, the rollout says
   */
  public static percent(percent: number): CapacitySize {
    requireProps({ percent }, { percent: NUMBER });
    throwIfAny('InvalidRollout', wholeProblems('percent', percent, 100));
    return new CapacitySize('CAPACITY_PERCENT', percent);
  }

  /**
   * A number of instances of each variant.
   *
   * @param count a whole number, 1 or more
   */
  public static instances(count: number): CapacitySize {
    requireProps({ count }, { count: NUMBER });
    throwIfAny('InvalidRollout', wholeProblems('count', count, Number.POSITIVE_INFINITY));
    return new CapacitySize('INSTANCE_COUNT', count);
  }

  private constructor(
    private readonly type: 'CAPACITY_PERCENT' | 'INSTANCE_COUNT',
    private readonly value: number,
  ) {}

  /**
   * As CloudFormation writes it.
   *
   * @internal
   */
  public get _property(): sagemaker.CfnEndpoint.CapacitySizeProperty {
    return { type: this.type, value: this.value };
  }

  /**
   * The share of a fleet in percent.
   *
   * @param instanceCount of the fleet; absent where it is not known, or there are no instances
   * @internal
   */
  public _percentOf(instanceCount: number | undefined): number | undefined {
    if (this.type === 'CAPACITY_PERCENT') return this.value;
    return instanceCount === undefined ? undefined : (100 * this.value) / instanceCount;
  }

  /**
   * Whether instances are counted.
   *
   * @internal
   */
  public get _countsInstances(): boolean {
    return this.type === 'INSTANCE_COUNT';
  }
}

function wholeProblems(prop: string, got: number, most: number): Problem[] {
  const allowed = Number.isFinite(most) ? `a whole number from 1 to ${most}` : 'a whole number, 1 or more';
  if (Token.isUnresolved(got)) return [{ prop, got: 'a token', allowed: `${allowed}, known at synthesis` }];
  return Number.isInteger(got) && got >= 1 && got <= most ? [] : [{ prop, got, allowed }];
}
