import { StateFailure, StatesLanguageError } from './failure';
import { checkPath, readPath, type StateContext } from './path';

type Rule = Readonly<Record<string, unknown>>;

/** Comparison operators by name: what the operand has to be, and the test of a value that is there. */
const OPERATORS: Readonly<Record<string, { operand: string; holds: (value: unknown, operand: never) => boolean }>> = {
  NumericEquals: { operand: 'number', holds: numeric((value, operand) => value === operand) },
  NumericGreaterThan: { operand: 'number', holds: numeric((value, operand) => value > operand) },
  NumericGreaterThanEquals: { operand: 'number', holds: numeric((value, operand) => value >= operand) },
  NumericLessThan: { operand: 'number', holds: numeric((value, operand) => value < operand) },
  NumericLessThanEquals: { operand: 'number', holds: numeric((value, operand) => value <= operand) },
  StringEquals: { operand: 'string', holds: (value, operand) => value === operand },
  BooleanEquals: { operand: 'boolean', holds: (value, operand) => value === operand },
  IsNull: { operand: 'boolean', holds: (value, operand) => (value === null) === operand },
  IsPresent: { operand: 'boolean', holds: (value, operand) => (value !== undefined) === operand },
};

/** Checks one choice rule without its Next. */
export function checkChoiceRule(rule: unknown, where: string): void {
  const { Variable: variable, ...rest } = rule as Rule;
  const entries = Object.entries(rest);
  const [operator, operand] = entries[0] ?? [];
  if (entries.length !== 1 || operator === undefined) {
    throw new StatesLanguageError(
      `WrongChoice: ${where}: a rule has exactly one operator, not ${JSON.stringify(rule)}`,
    );
  }
  if (['And', 'Or', 'Not'].includes(operator)) {
    checkCombination(operator, operand, where);
    return;
  }
  if (!Object.hasOwn(OPERATORS, operator)) {
    throw new StatesLanguageError(
      `UnknownOperator: ${where}: "${operator}" is not one of And, Or, Not, ${Object.keys(OPERATORS).join(', ')}`,
    );
  }
  if (typeof operand !== OPERATORS[operator].operand || typeof variable !== 'string') {
    throw new StatesLanguageError(
      `WrongChoice: ${where}: ${operator} takes a Variable and a ${OPERATORS[operator].operand}`,
    );
  }
  checkPath(variable);
}

function checkCombination(operator: string, operand: unknown, where: string): void {
  const rules = operator === 'Not' ? [operand] : operand;
  if (!Array.isArray(rules) || rules.length === 0) {
    throw new StatesLanguageError(`WrongChoice: ${where}: ${operator} takes a list of rules`);
  }
  for (const rule of rules) {
    checkChoiceRule(rule, where);
  }
}

/**
 * Tells whether a checked rule holds. A value of another type than the operator's is no match; a Variable that names nothing
 * fails the execution, except for IsPresent.
 *
 * @see https://states-language.net/spec.html#choice-state
 */
export function choiceHolds(rule: Rule, data: unknown, context: StateContext): boolean {
  const { Variable: variable, Next: _next, Comment: _comment, ...rest } = rule;
  const [operator, operand] = Object.entries(rest)[0];
  switch (operator) {
    case 'And':
      return (operand as Rule[]).every((part) => choiceHolds(part, data, context));
    case 'Or':
      return (operand as Rule[]).some((part) => choiceHolds(part, data, context));
    case 'Not':
      return !choiceHolds(operand as Rule, data, context);
    default: {
      const value = readPath(String(variable), data, context);
      if (value === undefined && operator !== 'IsPresent') {
        throw new StateFailure(
          'States.Runtime',
          `the choice's path "${variable}" names nothing in ${JSON.stringify(data)}`,
        );
      }
      return OPERATORS[operator].holds(value, operand as never);
    }
  }
}

function numeric(holds: (value: number, operand: number) => boolean): (value: unknown, operand: number) => boolean {
  return (value, operand) => typeof value === 'number' && holds(value, operand);
}
