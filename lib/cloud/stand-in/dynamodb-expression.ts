import { isMembers, type Members } from '../members';
import { ServiceError } from './service';

/** An attribute value as it travels: `{"S": "text"}`, `{"N": "12"}`, `{"BOOL": true}` or `{"NULL": true}`. */
export type AttributeValue = Members;

/** An item: attribute values by name. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** What the placeholders of an expression stand for. */
export interface Placeholders {
  /** `#name` to an attribute's name */
  readonly names: Readonly<Record<string, unknown>>;
  /** `:value` to an attribute value */
  readonly values: Readonly<Record<string, unknown>>;
}

const TOKEN = /\s*(<>|<=|>=|[=<>(),+-]|#[A-Za-z0-9_]+|:[A-Za-z0-9_]+|[A-Za-z_][A-Za-z0-9_]*)/y;
const COMPARATORS: Record<string, (order: number) => boolean> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

type Condition = (item: Item) => boolean;
type Operand = (item: Item) => AttributeValue | undefined;

/**
 * Decides a condition: comparisons, `attribute_exists`, `attribute_not_exists`, AND, OR, NOT and parentheses; throws on anything else.
 * A comparison with an attribute that is absent or of another type is false.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
export function conditionHolds(expression: string, item: Item, placeholders: Placeholders): boolean {
  const reader = new ExpressionReader(expression, placeholders);
  const condition = reader.condition();
  reader.end();
  return condition(item);
}

/**
 * The item after an update: `SET a = :v, b = a + :v, c = if_not_exists(c, :v)` and `REMOVE d, e`; throws on anything else.
 * Every operand reads the item as it was before.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
export function updated(expression: string, item: Item, placeholders: Placeholders): Item {
  const reader = new ExpressionReader(expression, placeholders);
  const result: Record<string, AttributeValue> = { ...item };
  for (let clause = reader.word(); clause !== ''; clause = reader.word()) {
    if (clause === 'SET') {
      reader.list(() => {
        const name = reader.attribute();
        reader.expect('=');
        result[name] = reader.sum()(item) ?? reader.fail(`an operand of '${name}' does not exist in the item`);
      });
    } else if (clause === 'REMOVE') {
      reader.list(() => {
        delete result[reader.attribute()];
      });
    } else {
      reader.fail(`the stand-in does not know the clause '${clause}'`);
    }
  }
  reader.end();
  return result;
}

/** Reads one expression from left to right. */
class ExpressionReader {
  private readonly tokens: string[];
  private at = 0;

  public constructor(
    private readonly expression: string,
    private readonly placeholders: Placeholders,
  ) {
    this.tokens = this.split();
  }

  public condition(): Condition {
    const left = this.conjunction();
    if (!this.take('OR')) {
      return left;
    }
    const right = this.condition();
    return (item) => left(item) || right(item);
  }

  /** The next word in capitals; empty at the end. */
  public word(): string {
    return (this.tokens[this.at++] ?? '').toUpperCase();
  }

  public list(part: () => void): void {
    do {
      part();
    } while (this.take(','));
  }

  public attribute(): string {
    const token = this.tokens[this.at++] ?? '';
    const name = token.startsWith('#') ? this.placeholders.names[token] : token;
    return typeof name === 'string' && /^[A-Za-z_#]/.test(token) ? name : this.fail(`'${token}' names no attribute`);
  }

  /** An operand, or two of them with + or -. */
  public sum(): Operand {
    const left = this.operand();
    const sign = this.take('+') ? 1 : this.take('-') ? -1 : 0;
    if (sign === 0) {
      return left;
    }
    const right = this.operand();
    return (item) => ({ N: String(this.number(left(item)) + sign * this.number(right(item))) });
  }

  public expect(token: string): void {
    if (!this.take(token)) {
      this.fail(`'${token}' is expected at '${this.tokens[this.at] ?? 'the end'}'`);
    }
  }

  public end(): void {
    if (this.at < this.tokens.length) {
      this.fail(`the stand-in does not know '${this.tokens[this.at]}' here`);
    }
  }

  public fail(why: string): never {
    throw new ServiceError('ValidationException', `Invalid expression '${this.expression}': ${why}`);
  }

  private conjunction(): Condition {
    const left = this.negation();
    if (!this.take('AND')) {
      return left;
    }
    const right = this.conjunction();
    return (item) => left(item) && right(item);
  }

  private negation(): Condition {
    if (this.take('NOT')) {
      const condition = this.negation();
      return (item) => !condition(item);
    }
    if (this.take('(')) {
      const condition = this.condition();
      this.expect(')');
      return condition;
    }
    return this.predicate();
  }

  private predicate(): Condition {
    const existence = (this.tokens[this.at] ?? '').toLowerCase();
    if (existence === 'attribute_exists' || existence === 'attribute_not_exists') {
      this.at++;
      this.expect('(');
      const name = this.attribute();
      this.expect(')');
      return (item) => (item[name] !== undefined) === (existence === 'attribute_exists');
    }
    const left = this.operand();
    const sign = this.tokens[this.at++] ?? 'the end';
    const holds = COMPARATORS[sign] ?? this.fail(`the stand-in does not know '${sign}' here`);
    const right = this.operand();
    return (item) => compare(left(item), right(item), holds);
  }

  private operand(): Operand {
    const token = this.tokens[this.at] ?? '';
    if (token.startsWith(':')) {
      this.at++;
      const value = this.placeholders.values[token];
      return isMembers(value) ? () => value : this.fail(`'${token}' has no value`);
    }
    if (token.toLowerCase() === 'if_not_exists') {
      this.at++;
      this.expect('(');
      const name = this.attribute();
      this.expect(',');
      const fallback = this.operand();
      this.expect(')');
      return (item) => item[name] ?? fallback(item);
    }
    const name = this.attribute();
    return (item) => item[name];
  }

  private number(value: AttributeValue | undefined): number {
    return typeof value?.N === 'string' ? Number(value.N) : this.fail('an operand of + or - is no number');
  }

  private take(token: string): boolean {
    const taken = this.tokens[this.at]?.toUpperCase() === token;
    this.at += taken ? 1 : 0;
    return taken;
  }

  private split(): string[] {
    const tokens: string[] = [];
    const text = this.expression.trimEnd();
    TOKEN.lastIndex = 0;
    for (let end = 0; end < text.length; end = TOKEN.lastIndex) {
      const token = TOKEN.exec(text)?.[1] ?? this.fail(`the stand-in does not know '${text.slice(end, end + 20)}'`);
      tokens.push(token);
    }
    return tokens;
  }
}

function compare(
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
  holds: (order: number) => boolean,
): boolean {
  const [type = ''] = Object.keys(left ?? {});
  if (left === undefined || right === undefined || right[type] === undefined) {
    return false;
  }
  if (type === 'N') {
    return holds(Math.sign(Number(left.N) - Number(right.N)));
  }
  const [a, b] = [String(left[type]), String(right[type])];
  return holds(a < b ? -1 : a > b ? 1 : 0);
}
