import type { IConstruct } from 'constructs';
import { DOCUMENTATION_CONTEXT, DOCUMENTATION_URL, isDocumentationUrl, sectionUrl } from './contract';
import { type Problem, throwIfAny } from './validation-error';

/**
 * Where the documents are read, as the context of the app or of a construct says; undefined where nothing is said.
 *
 * @internal
 */
export function documentationUrlOf(scope: IConstruct): string | undefined {
  const given = scope.node.tryGetContext(DOCUMENTATION_CONTEXT);
  throwIfAny('InvalidDocumentationUrl', documentationProblems(`context ${DOCUMENTATION_CONTEXT}`, given), scope);
  return given;
}

/**
 * The address of an alarm's section in the runbook.
 *
 * @internal
 */
export function runbookOf(scope: IConstruct, section: string): string {
  return sectionUrl(documentationUrlOf(scope) ?? DOCUMENTATION_URL, 'runbook', section);
}

/**
 * What is wrong with the base address of the documents.
 *
 * @internal
 */
export function documentationProblems(prop: string, got: unknown): Problem[] {
  if (got === undefined || isDocumentationUrl(got)) return [];
  return [{ prop, got, allowed: 'an address that begins with https://' }];
}
