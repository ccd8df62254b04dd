import { Names, Token } from 'aws-cdk-lib';
import * as scaling from 'aws-cdk-lib/aws-applicationautoscaling';
import { Construct } from 'constructs';
import { NUMBER, optional, type Shape, struct } from '../core/prop-shapes';
import type { Problem } from '../core/validation-error';

/**
 * How the number of a variant's instances follows its traffic: by one policy, which tracks the requests that each instance serves. Other policies are added to the same
 * target of Application Auto Scaling by hand.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling.html
 */
export interface InstanceScaling {
  /**
   * The least number of instances, with which the variant starts; a whole number, 1 or more.
   *
   * @default 1
   */
  readonly minCapacity?: number;

  /** The greatest number of instances; a whole number, `minCapacity` or more. */
  readonly maxCapacity: number;

  /** How many requests a minute an instance is to serve, above 0: where it is more, instances are added. Measure it for your model. */
  readonly invocationsPerInstance: number;
}

/**
 * What scaling has to be.
 *
 * @internal
 */
export const SCALING: Shape = optional(
  struct<InstanceScaling>({ minCapacity: optional(NUMBER), maxCapacity: NUMBER, invocationsPerInstance: NUMBER }),
);

/**
 * What is wrong with the scaling of a variant, and with a count beside it.
 *
 * @internal
 */
export function scalingProblems(given: InstanceScaling | undefined, initialInstanceCount?: number): Problem[] {
  if (given === undefined) return [];
  const { minCapacity = 1, maxCapacity, invocationsPerInstance } = given;
  const problems: Problem[] = [];
  const check = (isRight: boolean, problem: Problem) =>
    isRight || Token.isUnresolved(problem.got) || problems.push(problem);
  const least = Token.isUnresolved(minCapacity) ? 1 : minCapacity;
  check(Number.isInteger(minCapacity) && minCapacity >= 1, {
    prop: 'scaling.minCapacity',
    got: minCapacity,
    allowed: 'a whole number, 1 or more',
  });
  check(Number.isInteger(maxCapacity) && maxCapacity >= least, {
    prop: 'scaling.maxCapacity',
    got: maxCapacity,
    allowed: "a whole number, 'minCapacity' or more",
  });
  check(invocationsPerInstance > 0, {
    prop: 'scaling.invocationsPerInstance',
    got: invocationsPerInstance,
    allowed: 'a number above 0',
  });
  if (initialInstanceCount !== undefined) {
    const advice = "the variant starts with 'scaling.minCapacity', and updates keep the count that scaling has set";
    problems.push({
      prop: 'initialInstanceCount',
      got: initialInstanceCount,
      allowed: "nothing beside 'scaling'",
      advice,
    });
  }
  return problems;
}

/** A variant whose instances are scaled. */
interface ScaledVariant {
  readonly endpointName: string;
  readonly variantName: string;
  readonly scaling: InstanceScaling;
}

/**
 * Scales the instances of a variant, by the role that is linked with the service.
 *
 * @param scope of the endpoint, whose name is an attribute of it: so that it is there before
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-prerequisites.html
 * @internal
 */
export function scaleInstances(scope: Construct, { endpointName, variantName, ...given }: ScaledVariant): void {
  const { minCapacity = 1, maxCapacity, invocationsPerInstance } = given.scaling;
  const scaled = new Construct(scope, `Scaling-${variantName}`);
  const target = new scaling.CfnScalableTarget(scaled, 'Target', {
    serviceNamespace: scaling.ServiceNamespace.SAGEMAKER,
    resourceId: `endpoint/${endpointName}/variant/${variantName}`,
    scalableDimension: 'sagemaker:variant:DesiredInstanceCount',
    minCapacity,
    maxCapacity,
  });
  new scaling.CfnScalingPolicy(scaled, 'Policy', {
    policyName: Names.uniqueResourceName(scaled, { maxLength: 128 }),
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.ref,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: invocationsPerInstance,
      predefinedMetricSpecification: {
        predefinedMetricType: scaling.PredefinedMetric.SAGEMAKER_VARIANT_INVOCATIONS_PER_INSTANCE,
      },
    },
  });
}
