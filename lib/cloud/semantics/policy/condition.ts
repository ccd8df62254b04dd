import { arnMatches, globMatches, listOf, PolicyError } from './text';

type Context = Readonly<Record<string, string | readonly string[]>>;
type Compare = (wanted: string, found: string) => boolean;

interface Operator {
  readonly compare: Compare;
  /** True for operators that say that no wanted value may match. */
  readonly negated: boolean;
}

/**
 * Base operators by name.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { compare: (wanted, found) => wanted === found, negated: false },
  StringNotEquals: { compare: (wanted, found) => wanted === found, negated: true },
  StringEqualsIgnoreCase: { compare: equalsIgnoringCase, negated: false },
  StringNotEqualsIgnoreCase: { compare: equalsIgnoringCase, negated: true },
  StringLike: { compare: globMatches, negated: false },
  StringNotLike: { compare: globMatches, negated: true },
  ArnEquals: { compare: arnMatches, negated: false },
  ArnLike: { compare: arnMatches, negated: false },
  ArnNotEquals: { compare: arnMatches, negated: true },
  ArnNotLike: { compare: arnMatches, negated: true },
  Bool: { compare: equalsIgnoringCase, negated: false },
  NumericEquals: { compare: numeric((wanted, found) => found === wanted), negated: false },
  NumericNotEquals: { compare: numeric((wanted, found) => found === wanted), negated: true },
  NumericLessThan: { compare: numeric((wanted, found) => found < wanted), negated: false },
  NumericLessThanEquals: { compare: numeric((wanted, found) => found <= wanted), negated: false },
  NumericGreaterThan: { compare: numeric((wanted, found) => found > wanted), negated: false },
  NumericGreaterThanEquals: { compare: numeric((wanted, found) => found >= wanted), negated: false },
};

/**
 * Tells whether a Condition block holds: every operator and every key in it has to.
 *
 * A key that the call does not have makes an operator false, a negated one true, one with IfExists true; ForAllValues is then true
 * and ForAnyValue false.
 *
 * @throws PolicyError on an operator that is not known here, or several values of a key without a set operator
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html
 */
export function conditionHolds(condition: unknown, context: Context): boolean {
  const tests = entriesOf(condition).flatMap(([operator, keys]) =>
    entriesOf(keys).map(([key, wanted]) =>
      keyHolds(operator, { key, wanted: wantedOf(wanted), found: contextValues(context, key) }),
    ),
  );
  return tests.every((holds) => holds);
}

interface KeyTest {
  readonly key: string;
  readonly wanted: string[];
  /** undefined when the call does not have the key. */
  readonly found: readonly string[] | undefined;
}

function keyHolds(name: string, test: KeyTest): boolean {
  if (name === 'Null') {
    return test.wanted.some((value) => (value === 'true') === (test.found === undefined));
  }
  const { set, operator, ifExists } = parse(name);
  if (ifExists && test.found === undefined) {
    return true;
  }
  const matches = (found: string) => test.wanted.some((wanted) => operator.compare(wanted, found)) !== operator.negated;
  switch (set) {
    case 'ForAllValues':
      return (test.found ?? []).every(matches);
    case 'ForAnyValue':
      return (test.found ?? []).some(matches);
    default:
      return test.found === undefined ? operator.negated : matches(single(test));
  }
}

function parse(name: string): { set: string | undefined; operator: Operator; ifExists: boolean } {
  const match = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(name);
  if (match === null || !Object.hasOwn(OPERATORS, match[2])) {
    throw new PolicyError(
      `UnknownOperator: condition operator "${name}" is not known; known are Null and ${Object.keys(OPERATORS).join(', ')}`,
    );
  }
  return { set: match[1], operator: OPERATORS[match[2]], ifExists: match[3] !== undefined };
}

function single({ key, found }: KeyTest): string {
  if (found?.length !== 1) {
    throw new PolicyError(
      `MissingSetOperator: "${key}" has ${found?.length} values, which need ForAllValues or ForAnyValue`,
    );
  }
  return found[0];
}

function contextValues(context: Context, key: string): readonly string[] | undefined {
  const entry = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return entry === undefined ? undefined : typeof entry[1] === 'string' ? [entry[1]] : entry[1];
}

function wantedOf(wanted: unknown): string[] {
  return listOf(wanted).map((value) => {
    const text = typeof value === 'boolean' || typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string' || text.includes('${')) {
      throw new PolicyError(`WrongValue: ${JSON.stringify(value)} in a condition (policy variables are not supported)`);
    }
    return text;
  });
}

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PolicyError(`WrongCondition: a condition is an object of objects, not ${JSON.stringify(value)}`);
  }
  return Object.entries(value);
}

function equalsIgnoringCase(wanted: string, found: string): boolean {
  return wanted.toLowerCase() === found.toLowerCase();
}

function numeric(compare: (wanted: number, found: number) => boolean): Compare {
  return (wanted, found) => compare(numberOf(wanted), numberOf(found));
}

function numberOf(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) {
    throw new PolicyError(`WrongValue: "${text}" is compared as a number and is none`);
  }
  return value;
}
