import { Token } from 'aws-cdk-lib';
import type { Problem } from '../core/validation-error';
import type { Predictor } from './predictor';

/** Characters of an attribute. */
const MAX_ATTRIBUTE = 256;

/**
 * Whether JSON has a word for a value: it has none for NaN and the infinities.
 *
 * @internal
 */
export function isWritable(value: unknown): boolean {
  return typeof value === 'string' || Number.isFinite(value);
}

/**
 * Says that a list is empty, or holds something twice, or a number that JSON has no word for.
 *
 * @internal
 */
export function distinctProblems(prop: string, got: readonly (string | number)[]): Problem[] {
  if (Token.isUnresolved(got)) return [];
  const valid = got.length > 0 && new Set(got).size === got.length && got.every(isWritable);
  return valid ? [] : [{ prop, got, allowed: 'at least one, each once, numbers finite' }];
}

/**
 * Says that names of columns are none: empty ones, or one twice.
 *
 * @internal
 */
export function headerProblems(headers: readonly string[] | undefined): Problem[] {
  return nameProblems('headers', headers);
}

/**
 * Says the same of the names that a prop has.
 *
 * @internal
 */
export function nameProblems(prop: string, got: readonly string[] | undefined): Problem[] {
  if (got === undefined || Token.isUnresolved(got)) return [];
  const valid = got.length > 0 && !got.includes('') && new Set(got).size === got.length;
  return valid ? [] : [{ prop, got, allowed: 'at least one name, none empty, each once' }];
}

/**
 * Says that where something stands in the data is no attribute; nothing of one that is absent.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
 * @internal
 */
export function attributeProblems(attributes: { readonly [prop: string]: string | undefined }): Problem[] {
  return Object.entries(attributes).flatMap(([prop, got]) => {
    if (got === undefined || Token.isUnresolved(got) || (got.length > 0 && got.length <= MAX_ATTRIBUTE)) return [];
    return [{ prop, got, allowed: `an index, a path or a name, 1 to ${MAX_ATTRIBUTE} characters` }];
  });
}

/**
 * Says that a count is not whole, or too small; nothing of one that is absent.
 *
 * @internal
 */
export function countProblems(prop: string, got: number | undefined, minimum: number): Problem[] {
  if (got === undefined || Token.isUnresolved(got) || (Number.isInteger(got) && got >= minimum)) return [];
  return [{ prop, got, allowed: `a whole number, ${minimum} or more` }];
}

/**
 * Says that a number is not whole, or not between 1 and a greatest one; nothing of one that is absent.
 *
 * @internal
 */
export function rangeProblems(prop: string, got: number | undefined, greatest: number): Problem[] {
  if (got === undefined || Token.isUnresolved(got) || (Number.isInteger(got) && got >= 1 && got <= greatest)) return [];
  return [{ prop, got, allowed: `a whole number, 1 to ${greatest}` }];
}

/**
 * Says that a model that is asked in JSON is not told how.
 *
 * @param features where they stand in JSON; absent for other formats
 * @internal
 */
export function requestProblems(features: string | undefined, predictor: Predictor | undefined): Problem[] {
  if (features === undefined || !predictor || predictor.request) return [];
  const advice = 'nobody can know the form of your requests';
  return [
    { prop: 'predictor.request', got: undefined, allowed: 'how requests are written, as the data are JSON', advice },
  ];
}
