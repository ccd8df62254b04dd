import type { IConstruct } from 'constructs';
import { DOCUMENTATION_URL, sectionUrl } from './contract';
import type { Problem } from './validation-error';

/**
 * Key of the context that says where the documents of this library are read, for all that is below a construct.
 *
 * @internal
 */
export const DOCUMENTATION_CONTEXT = 'cdk-sagemaker-monitoring:documentationUrl';

/**
 * Where the documents are read, as the context of the app or of a construct says; undefined where nothing is said.
 *
 * @internal
 */
export function documentationUrlOf(scope: IConstruct): string | undefined {
  return scope.node.tryGetContext(DOCUMENTATION_CONTEXT)?.replace(/\/+$/, '');
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
export function documentationProblems(documentationUrl: string | undefined): Problem[] {
  if (documentationUrl === undefined || /^https:\/\/\S+$/.test(documentationUrl)) return [];
  return [{ prop: 'documentationUrl', got: documentationUrl, allowed: 'an address that begins with https://' }];
}
