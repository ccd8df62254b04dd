/** An expression of metric math: what it is of, and what it comes to. */
export interface Expression {
  readonly names: readonly string[];
  readonly evaluate: (values: Readonly<Record<string, number>>) => number;
}

type Value = Expression['evaluate'];

const TOKENS = /\s*([a-z]\w*|IF|\d+(?:\.\d+)?|[<>=!]=|[-+*/<>(),])/y;

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '>=': (a, b) => Number(a >= b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '<': (a, b) => Number(a < b),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
};

/** From what binds least to what binds most. */
const LEVELS = [
  ['>=', '<=', '>', '<', '==', '!='],
  ['+', '-'],
  ['*', '/'],
];

/**
 * Reads numbers, metrics, arithmetic, comparisons and `IF` with three arguments.
 *
 * @throws Error on anything else, as functions of whole series
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function parseExpression(text: string): Expression {
  const reader = new ExpressionReader(text);
  const evaluate = reader.whole();
  return { names: [...reader.names], evaluate };
}

class ExpressionReader {
  public readonly names = new Set<string>();
  private readonly tokens: string[] = [];

  public constructor(private readonly text: string) {
    TOKENS.lastIndex = 0;
    for (let at = 0; at < text.trimEnd().length; at = TOKENS.lastIndex) {
      const token = TOKENS.exec(text)?.[1];
      if (token === undefined) throw this.unknown(text.slice(at));
      this.tokens.push(token);
    }
  }

  public whole(): Value {
    const value = this.level(0);
    if (this.tokens.length > 0) throw this.unknown(this.tokens.join(' '));
    return value;
  }

  private level(depth: number): Value {
    if (depth === LEVELS.length) return this.term();
    let left = this.level(depth + 1);
    while (LEVELS[depth].includes(this.tokens[0])) {
      const operator = OPERATORS[this.next()];
      const [before, after] = [left, this.level(depth + 1)];
      left = (values) => operator(before(values), after(values));
    }
    return left;
  }

  private term(): Value {
    const token = this.next();
    if (token === 'IF') return this.choice();
    if (token === '(') return this.upTo(')');
    if (/^\d/.test(token)) return () => Number(token);
    if (!/^[a-z]/.test(token)) throw this.unknown(token);
    this.names.add(token);
    return (values) => values[token];
  }

  private choice(): Value {
    this.expect('(');
    const [condition, ifTrue, ifFalse] = [this.upTo(','), this.upTo(','), this.upTo(')')];
    return (values) => (condition(values) === 0 ? ifFalse(values) : ifTrue(values));
  }

  private upTo(end: string): Value {
    const value = this.level(0);
    this.expect(end);
    return value;
  }

  private expect(token: string): void {
    const got = this.next();
    if (got !== token) throw this.unknown(got);
  }

  private next(): string {
    return this.tokens.shift() ?? 'its end';
  }

  private unknown(part: string): Error {
    return new Error(`metric math "${this.text}": "${part}" is nothing that this evaluator knows`);
  }
}
