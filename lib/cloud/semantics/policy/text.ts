/** A policy that IAM would refuse, or a part of one that this evaluator does not know. */
export class PolicyError extends Error {
  public override readonly name = 'PolicyError';
}

/** The value as a list: IAM takes one item without brackets. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Matches text in which `*` stands for any characters, also none, and `?` for exactly one. Case matters. */
export function globMatches(pattern: string, text: string): boolean {
  return expressionOf(pattern, () => '.*').test(text);
}

/**
 * Matches a resource ARN. A `*` stands for characters of one part between colons; as the last character of a part it reaches
 * beyond the colon.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceMatches(pattern: string, arn: string): boolean {
  const endsPart = (index: number) => index === pattern.length - 1 || pattern[index + 1] === ':';
  return expressionOf(pattern, (index) => (endsPart(index) ? '.*' : '[^:]*')).test(arn);
}

/**
 * Compares ARNs part by part: each of the six parts between colons may have its own wildcards.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function arnMatches(pattern: string, arn: string): boolean {
  const wanted = partsOf(pattern);
  const found = partsOf(arn);
  return wanted.length === 6 && found.length === 6 && wanted.every((part, index) => globMatches(part, found[index]));
}

/** The sixth part keeps its colons. */
function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function expressionOf(pattern: string, star: (index: number) => string): RegExp {
  const source = [...pattern.matchAll(/./gs)].map(({ 0: char, index }) => {
    switch (char) {
      case '*':
        return star(index);
      case '?':
        return '.';
      default:
        return char.replace(/[\\^$.+()[\]{}|]/, '\\$&');
    }
  });
  return new RegExp(`^${source.join('')}$`, 's');
}
