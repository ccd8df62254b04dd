import type { IConstruct } from 'constructs';
import { DOCUMENTATION_CONTEXT, DOCUMENTATION_URL, isDocumentationUrl, sectionUrl } from './contract';

/**
 * One thing that is wrong with the props of a construct.
 *
 * @internal
 */
export interface Problem {
  /** Prop path as the user writes it, without quotes. */
  readonly prop: string;
  /** What was received; shown as JSON. */
  readonly got: unknown;
  /** What is allowed, in words: "a whole number from 0 to 100". */
  readonly allowed: string;
  /** What to change, when `allowed` does not say it already. */
  readonly advice?: string;
}

/**
 * Misuse of a construct, reported at once: code first, then every problem of the struct, then the address of the code's section.
 *
 * @internal
 */
export class ValidationError extends Error {
  /** PascalCase; each has a section in docs/errors.md. */
  public readonly code: string;

  constructor(code: string, problems: Problem[], scope?: IConstruct) {
    const at = scope ? ` at ${scope.node.path || 'the app'}` : '';
    const given = scope?.node.tryGetContext(DOCUMENTATION_CONTEXT);
    const section = sectionUrl(isDocumentationUrl(given) ? given : DOCUMENTATION_URL, 'errors', code);
    super(`${code}${at}: ${problems.map(describe).join('; ')} (${section})`);
    this.code = code;
    this.name = 'ValidationError';
  }
}

/**
 * Throws one error for all the problems of a struct, if there are any.
 *
 * @internal
 */
export function throwIfAny(code: string, problems: Problem[], scope?: IConstruct): void {
  if (problems.length > 0) throw new ValidationError(code, problems, scope);
}

function describe(problem: Problem): string {
  const advice = problem.advice ? ` (${problem.advice})` : '';
  return `'${problem.prop}' is ${shown(problem.got)}, allowed is ${problem.allowed}${advice}`;
}

/** JSON has no word for undefined, NaN and the infinities. */
function shown(got: unknown): string {
  return typeof got === 'number' ? String(got) : (JSON.stringify(got) ?? 'undefined');
}
