import { Token } from 'aws-cdk-lib';
import type { Problem } from '../core/validation-error';

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CaptureContentTypeHeader.html */
const CONTENT_TYPE = /^[a-zA-Z0-9](-*[a-zA-Z0-9])*\/[a-zA-Z0-9](-*[a-zA-Z0-9.])*$/;

/**
 * Says what is wrong with a list of content types that are captured as text. Answers an empty list for none, and for a token.
 *
 * @internal
 */
export function validateContentTypes(prop: string, contentTypes?: string[]): Problem[] {
  if (contentTypes === undefined || Token.isUnresolved(contentTypes)) return [];
  const problems: Problem[] = contentTypes
    .filter((type) => !isContentType(type))
    .map((got) => ({
      prop,
      got,
      allowed: 'type/subtype of letters, digits, hyphens and dots, at most 256 characters',
      advice: got.includes(';') ? `write '${got.split(';')[0].trim()}'` : undefined,
    }));
  const counted = contentTypes.length >= 1 && contentTypes.length <= 10;
  return counted ? problems : [...problems, { prop, got: contentTypes, allowed: '1 to 10 content types' }];
}

/**
 * Says which content types are in both lists: they would be captured as one of the two, and which one is not documented.
 *
 * @internal
 */
export function validateOverlap(csvContentTypes: string[], jsonContentTypes: string[]): Problem[] {
  if (Token.isUnresolved(csvContentTypes) || Token.isUnresolved(jsonContentTypes)) return [];
  const both = csvContentTypes.filter((type) => jsonContentTypes.includes(type));
  if (both.length === 0) return [];
  const allowed = "content types that are not in 'jsonContentTypes'";
  return [{ prop: 'csvContentTypes', got: both, allowed, advice: 'name each in the list of its format alone' }];
}

/**
 * Content types that are not among those that are captured as text, so that SageMaker captures them in base64.
 *
 * Parameters (`text/csv; charset=utf-8`) and case make no difference.
 *
 * @internal
 */
export function notIn(captured: string[], contentTypes: string[]): string[] {
  if (captured.some(isToken)) return [];
  const essences = new Set(captured.map(essenceOf));
  return contentTypes.filter((type) => !isToken(type) && !essences.has(essenceOf(type)));
}

/** A text that is only known at deployment, or an item that stands for a whole list that is. */
function isToken(contentType: string): boolean {
  return Token.isUnresolved(contentType) || Token.isUnresolved([contentType]);
}

function isContentType(type: string): boolean {
  return Token.isUnresolved(type) || (type.length <= 256 && CONTENT_TYPE.test(type));
}

function essenceOf(contentType: string): string {
  return contentType.split(';')[0].trim().toLowerCase();
}
