import { isMembers, type Members } from '../../members';
import { matchesCidr, parseCidr } from './address';

/** A pattern that EventBridge would refuse, or that this matcher does not know. */
export class EventPatternError extends Error {
  public override readonly name = 'EventPatternError';
}

type Test = (value: unknown) => boolean;

/** Field names that make an `$or` array something else; EventBridge then reads `$or` as a plain field. */
const RESERVED_IN_OR = new Set(
  (
    'exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard ' +
    'not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ' +
    'ip-address-in-range ip-address-not-in-range'
  ).split(' '),
);

/**
 * Tells whether an EventBridge event pattern matches an event.
 *
 * Every field of the pattern has to match; a field matches when any of its listed values does; an array in the event
 * matches when any element does (for arrays of objects: one element has to satisfy the whole part of the pattern under it).
 * A field of the pattern that the event does not have does not match, unless it says `exists: false`.
 * The whole pattern is checked before anything is matched, so a wrong part throws whatever the event is.
 *
 * Numbers are compared as numbers; the service compares exact numbers by their text (`300` is not `3.0e2` there), which a parsed
 * event no longer has.
 *
 * @throws EventPatternError on an unknown operator, an empty object or array, or a value of the wrong type
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @see https://github.com/aws/event-ruler/blob/main/README.md
 */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  const node = compile(pattern, '$');
  return node(event);
}

function compile(pattern: unknown, path: string): Test {
  if (!isMembers(pattern)) {
    throw problem('PatternNotAnObject', path, `${shown(pattern)} is not an object`);
  }
  const entries = Object.entries(pattern);
  if (entries.length === 0) {
    throw problem('EmptyPattern', path, 'an empty object is not allowed');
  }
  const tests = entries.map(([key, value]) => compileEntry(key, value, `${path}.${key}`));
  return (event) => tests.every((test) => test(event));
}

function compileEntry(key: string, value: unknown, path: string): Test {
  if (key === '$or' && Array.isArray(value)) {
    return compileOr(value, path);
  }
  if (Array.isArray(value)) {
    const test = compileLeaf(value, path);
    return (event) => test(childOf(event, key));
  }
  const test = compile(value, path);
  const saysAbsent = hasAbsence(value);
  return (event) => {
    const branch = childOf(event, key);
    if (saysAbsent && Array.isArray(branch) && branch.length > 0) {
      throw problem('AbsenceInArray', path, 'exists: false under an array of objects is not supported here');
    }
    return matchesBranch(test, branch);
  };
}

function hasAbsence(pattern: unknown): boolean {
  if (Array.isArray(pattern)) {
    return pattern.some(hasAbsence);
  }
  return isMembers(pattern) && (pattern.exists === false || Object.values(pattern).some(hasAbsence));
}

function compileOr(alternatives: unknown[], path: string): Test {
  if (alternatives.length < 2 || !alternatives.every(isMembers)) {
    throw problem('OrTooSmall', path, 'it has to list at least two objects');
  }
  const reserved = alternatives.flatMap((item) => Object.keys(item as Members)).find((key) => RESERVED_IN_OR.has(key));
  if (reserved !== undefined) {
    throw problem('OrWithReservedField', path, `"${reserved}" is an operator, not a field`);
  }
  const tests = alternatives.map((item, index) => compile(item, `${path}[${index}]`));
  return (event) => tests.some((test) => test(event));
}

/** An absent branch still matches a pattern of nothing but `exists: false`: the service looks at leaves, not at branches. */
function matchesBranch(test: Test, branch: unknown): boolean {
  if (Array.isArray(branch) && branch.length > 0) {
    return branch.some((element) => matchesBranch(test, element));
  }
  return test(branch);
}

function compileLeaf(values: unknown[], path: string): Test {
  if (values.length === 0) {
    throw problem('EmptyPattern', path, 'an empty array is not allowed');
  }
  const tests = values.map((value, index) => compileValue(value, `${path}[${index}]`));
  return (found) => tests.some((test) => test(found));
}

function compileValue(value: unknown, path: string): Test {
  if (isMembers(value)) {
    const [operator, operand] = onlyEntry(value, path);
    return compileOperator(operator, operand, path);
  }
  if (Array.isArray(value) || value === undefined) {
    throw problem('WrongMatchValue', path, 'a match value is a string, number, true, false, null or an operator');
  }
  return anyLeaf((leaf) => leaf === value);
}

function compileOperator(operator: string, operand: unknown, path: string): Test {
  if (operator === 'exists') {
    if (typeof operand !== 'boolean') {
      throw problem('WrongOperand', path, `exists takes true or false, not ${shown(operand)}`);
    }
    return (found) => leavesOf(found).length > 0 === operand;
  }
  if (operator === 'anything-but') {
    return anyLeaf(compileAnythingBut(operand, path));
  }
  return anyLeaf(compileSimple(operator, operand, path));
}

function compileSimple(operator: string, operand: unknown, path: string): Test {
  switch (operator) {
    case 'prefix':
    case 'suffix':
      return compileAffix(operator, operand, path);
    case 'equals-ignore-case':
    case 'wildcard':
      return compileText(operator, textOf(operand, operator, path), path);
    case 'numeric':
      return compileNumeric(operand, path);
    case 'cidr':
      return compileCidr(operand, path);
    default:
      throw problem('UnknownOperator', path, `"${operator}" is not an operator this matcher knows`);
  }
}

function compileAffix(operator: 'prefix' | 'suffix', operand: unknown, path: string): Test {
  const ignoreCase = isMembers(operand);
  const [inner, text] = ignoreCase ? onlyEntry(operand, path) : ['equals-ignore-case', operand];
  if (inner !== 'equals-ignore-case') {
    throw problem('UnknownOperator', path, `"${inner}" inside ${operator}; only equals-ignore-case is allowed there`);
  }
  const fold = (value: string) => (ignoreCase ? value.toLowerCase() : value);
  const wanted = fold(textOf(text, operator, path));
  return operator === 'prefix' ? ofText((v) => fold(v).startsWith(wanted)) : ofText((v) => fold(v).endsWith(wanted));
}

function compileText(
  operator: 'equals-ignore-case' | 'wildcard' | 'prefix' | 'suffix',
  text: string,
  path: string,
): Test {
  switch (operator) {
    case 'equals-ignore-case':
      return ofText((value) => value.toLowerCase() === text.toLowerCase());
    case 'wildcard': {
      const expression = wildcardExpression(text, path);
      return ofText((value) => expression.test(value));
    }
    default:
      return compileAffix(operator, text, path);
  }
}

/** `*` stands for any characters, also none; `\*` and `\\` are the characters themselves. */
function wildcardExpression(text: string, path: string): RegExp {
  let source = '';
  let starBefore = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (char === '*') {
      if (starBefore) {
        throw problem('WrongWildcard', path, `"${text}" has consecutive wildcard characters`);
      }
      source += '[^]*';
    } else {
      source += literal(char === '\\' ? escaped(text, ++index, path) : char);
    }
    starBefore = char === '*';
  }
  return new RegExp(`^${source}$`, 'u');
}

function escaped(text: string, index: number, path: string): string {
  const char = text[index];
  if (char !== '*' && char !== '\\') {
    throw problem('WrongWildcard', path, `"${text}" has a backslash before something else than * or \\`);
  }
  return char;
}

function literal(char: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
}

function compileAnythingBut(operand: unknown, path: string): Test {
  if (isMembers(operand)) {
    const [operator, inner] = onlyEntry(operand, path);
    if (!['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(operator)) {
      throw problem('UnknownOperator', path, `"${operator}" inside anything-but`);
    }
    const texts = listOf(inner, path).map((text) => textOf(text, operator, path));
    const tests = texts.map((text) => compileText(operator as 'prefix', text, path));
    return (leaf) => !tests.some((test) => test(leaf));
  }
  const excluded = listOf(operand, path);
  const types = new Set(excluded.map((value) => typeof value));
  if (types.size !== 1 || !(types.has('string') || types.has('number'))) {
    throw problem('WrongOperand', path, `anything-but takes only strings or only numbers, not ${shown(operand)}`);
  }
  return (leaf) => !excluded.includes(leaf);
}

function compileNumeric(operand: unknown, path: string): Test {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    throw problem('WrongOperand', path, `numeric takes [operator, number] once or twice, not ${shown(operand)}`);
  }
  const tests = [comparison(operand[0], operand[1], path)];
  if (operand.length === 4) {
    if (!['>', '>='].includes(operand[0]) || !['<', '<='].includes(operand[2])) {
      throw problem('WrongOperand', path, `a numeric range is a lower and then an upper bound, not ${shown(operand)}`);
    }
    tests.push(comparison(operand[2], operand[3], path));
    if (operand[1] >= operand[3]) {
      throw problem('WrongOperand', path, `the lower bound has to be less than the upper one, not ${shown(operand)}`);
    }
  }
  return (leaf) => typeof leaf === 'number' && tests.every((test) => test(leaf));
}

function comparison(operator: unknown, bound: unknown, path: string): (value: number) => boolean {
  if (typeof bound !== 'number' || !Number.isFinite(bound)) {
    throw problem('WrongOperand', path, `numeric compares with a number, not ${shown(bound)}`);
  }
  switch (operator) {
    case '=':
      return (value) => value === bound;
    case '<':
      return (value) => value < bound;
    case '<=':
      return (value) => value <= bound;
    case '>':
      return (value) => value > bound;
    case '>=':
      return (value) => value >= bound;
    default:
      throw problem('UnknownOperator', path, `${shown(operator)} is not one of =, <, <=, >, >=`);
  }
}

function compileCidr(operand: unknown, path: string): Test {
  const range = parseCidr(textOf(operand, 'cidr', path));
  if (range === undefined) {
    throw problem('WrongOperand', path, `${shown(operand)} is not an address range such as 10.0.0.0/24`);
  }
  return ofText((value) => matchesCidr(range, value));
}

function ofText(test: (value: string) => boolean): Test {
  return (leaf) => typeof leaf === 'string' && test(leaf);
}

function anyLeaf(test: Test): Test {
  return (found) => leavesOf(found).some(test);
}

/** Leaf values at one place of an event: scalars and null, arrays flattened; an object or an absent field has none. */
function leavesOf(found: unknown): unknown[] {
  if (Array.isArray(found)) {
    return found.flatMap(leavesOf);
  }
  return found === undefined || isMembers(found) ? [] : [found];
}

function childOf(event: unknown, key: string): unknown {
  return isMembers(event) && Object.hasOwn(event, key) ? event[key] : undefined;
}

function onlyEntry(value: Members, path: string): [string, unknown] {
  const entries = Object.entries(value);
  if (entries.length !== 1) {
    throw problem('WrongOperand', path, `an operator object has exactly one key, not ${shown(value)}`);
  }
  return entries[0];
}

function listOf(value: unknown, path: string): unknown[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0) {
    throw problem('EmptyPattern', path, 'an empty array is not allowed');
  }
  return list;
}

function textOf(value: unknown, operator: string, path: string): string {
  if (typeof value !== 'string') {
    throw problem('WrongOperand', path, `${operator} takes a string, not ${shown(value)}`);
  }
  return value;
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

function problem(code: string, path: string, what: string): EventPatternError {
  return new EventPatternError(`${code}: event pattern at ${path}: ${what}`);
}
