import { CloudError } from '../cloud-error';
import type { AlarmStateValue } from '../semantics/alarm-state/alarm-state';

/** Decides a composite alarm, given the state of each alarm by name or ARN. */
export type AlarmRule = (stateOf: (alarm: string) => AlarmStateValue) => boolean;

/**
 * Reads an alarm rule: `ALARM("a") OR (OK(b) AND NOT INSUFFICIENT_DATA("c"))`, `TRUE`, `FALSE`; throws on anything else.
 * NOT binds closest, then AND, then OR.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function alarmRule(text: string): AlarmRule {
  return new AlarmRuleReader(text).read();
}

interface Token {
  readonly word: string;
  /** of a word that decides something by itself */
  readonly rule?: AlarmRule;
}

const TOKEN =
  /\s*(AND\b|OR\b|NOT\b|TRUE\b|FALSE\b|(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|([^"()\s]+))\s*\)|[()])/y;

/** Reads one rule from left to right. */
class AlarmRuleReader {
  private readonly tokens: Token[] = [];
  private at = 0;

  public constructor(private readonly text: string) {
    this.split();
  }

  public read(): AlarmRule {
    const rule = this.disjunction();
    return this.at === this.tokens.length ? rule : this.fail();
  }

  private disjunction(): AlarmRule {
    const rules = this.separatedBy('OR', () => this.conjunction());
    return (stateOf) => rules.some((rule) => rule(stateOf));
  }

  private conjunction(): AlarmRule {
    const rules = this.separatedBy('AND', () => this.negation());
    return (stateOf) => rules.every((rule) => rule(stateOf));
  }

  private negation(): AlarmRule {
    if (!this.take('NOT')) {
      return this.primary();
    }
    const rule = this.negation();
    return (stateOf) => !rule(stateOf);
  }

  private primary(): AlarmRule {
    if (!this.take('(')) {
      const rule = this.tokens[this.at]?.rule ?? this.fail();
      this.at++;
      return rule;
    }
    const rule = this.disjunction();
    return this.take(')') ? rule : this.fail();
  }

  private separatedBy(word: string, part: () => AlarmRule): AlarmRule[] {
    const rules = [part()];
    while (this.take(word)) {
      rules.push(part());
    }
    return rules;
  }

  private take(word: string): boolean {
    const taken = this.tokens[this.at]?.word === word;
    this.at += taken ? 1 : 0;
    return taken;
  }

  private split(): void {
    const text = this.text.trimEnd();
    TOKEN.lastIndex = 0;
    for (let end = 0; end < text.length; end = TOKEN.lastIndex) {
      const match = TOKEN.exec(text) ?? this.fail(text.slice(end, end + 40));
      const [, word = '', state, quoted, bare] = match;
      const alarm = quoted ?? bare ?? '';
      if (state !== undefined) {
        this.tokens.push({ word, rule: (stateOf) => stateOf(alarm) === state });
      } else {
        this.tokens.push(['TRUE', 'FALSE'].includes(word) ? { word, rule: () => word === 'TRUE' } : { word });
      }
    }
  }

  private fail(where = this.tokens[this.at]?.word ?? 'its end'): never {
    throw new CloudError('NotRehearsed', `the alarm rule '${this.text}' cannot be read at '${where}'`);
  }
}
