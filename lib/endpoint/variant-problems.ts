import { type Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import type { Problem } from '../core/validation-error';
import { SAGEMAKER_NAME } from './sagemaker-name';

/**
 * How many requests a serverless variant serves at once.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantServerlessConfig.html
 * @internal
 */
export const MAX_CONCURRENCY = 200;
/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantServerlessConfig.html */
const MAX_GIBIBYTES = 6;

/**
 * What is wrong with the name of a variant.
 *
 * @internal
 */
export function nameProblems(got: string): Problem[] {
  if (Token.isUnresolved(got) || (got.length <= 63 && SAGEMAKER_NAME.test(got))) return [];
  const allowed = '1 to 63 letters, digits and hyphens, with a letter or digit at both ends';
  return [{ prop: 'variantName', got, allowed }];
}

/**
 * What is wrong with a weight.
 *
 * @internal
 */
export function weightProblems(got = 1): Problem[] {
  if (Token.isUnresolved(got) || got >= 0) return [];
  return [{ prop: 'initialVariantWeight', got, allowed: 'a number, 0 or more' }];
}

/**
 * What is wrong with a count.
 *
 * @internal
 */
export function wholeProblems(prop: string, got: number | undefined, most: number): Problem[] {
  if (got === undefined || Token.isUnresolved(got)) return [];
  if (Number.isInteger(got) && got >= 1 && got <= most) return [];
  const allowed = Number.isFinite(most) ? `a whole number from 1 to ${most}` : 'a whole number, 1 or more';
  return [{ prop, got, allowed }];
}

/**
 * What is wrong with the memory of a container.
 *
 * @internal
 */
export function memoryProblems(memorySize: Size): Problem[] {
  const allowed = `1 to ${MAX_GIBIBYTES} whole GiB, known when the app is synthesized`;
  if (memorySize.isUnresolved()) return [{ prop: 'memorySize', got: 'a token', allowed }];
  const got = memorySize.toMebibytes({ rounding: SizeRoundingBehavior.NONE }) / 1024;
  if (Number.isInteger(got) && got >= 1 && got <= MAX_GIBIBYTES) return [];
  return [{ prop: 'memorySize', got: `${got} GiB`, allowed }];
}

/**
 * A name that only the deployment knows: it is part of the ids of what scales.
 *
 * @internal
 */
export function tokenBesideScaling(got: string): Problem {
  return { prop: 'variantName', got, allowed: "a name that is known when the app is synthesized, beside 'scaling'" };
}
