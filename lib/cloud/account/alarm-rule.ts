import { CloudError } from '../cloud-error';
import type { AlarmStateValue } from '../semantics/alarm-state/alarm-state';

/** Decides a composite alarm, given the state of each alarm by name or ARN. */
export type AlarmRule = (stateOf: (alarm: string) => AlarmStateValue) => boolean;

/**
 * Reads an alarm rule: `ALARM("a") OR (OK(b) AND NOT INSUFFICIENT_DATA("c"))`, `AT_LEAST(2, ALARM, (a, b, c))`, `AT_LEAST(60%, NOT OK, ("a", "b"))`,
 * `TRUE`, `FALSE`; throws on anything else. NOT binds closest, then AND, then OR.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html
 */
export function alarmRule(text: string): AlarmRule {
  return new AlarmRuleReader(text).read();
}

interface Token {
  readonly word: string;
  /** of a word that decides something by itself */
  readonly rule?: AlarmRule;
}

/** A list of alarms is split by `ALARM_NAME`. */
const AT_LEAST =
  /AT_LEAST\s*\(\s*(\d+)(%?)\s*,\s*(NOT\s+)?(ALARM|OK|INSUFFICIENT_DATA)\s*,\s*\(((?:\s*(?:"[^"]*"|[^"(),\s]+)\s*,?)+)\)\s*\)/y;
const ALARM_NAME = /"([^"]*)"|([^"(),\s]+)/g;

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
      if (this.quorum(text, end)) continue;
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

  /** Reads a quorum, if one begins here; a share of alarms is rounded up to whole ones. */
  private quorum(text: string, from: number): boolean {
    AT_LEAST.lastIndex = from + (/\S/.exec(text.slice(from))?.index ?? 0);
    const match = AT_LEAST.exec(text);
    if (!match) return false;
    TOKEN.lastIndex = AT_LEAST.lastIndex;
    const [word, least, percent, not, state, listed] = match;
    const alarms = [...listed.matchAll(ALARM_NAME)].map(([, quoted, bare]) => quoted ?? bare);
    const count = percent ? Math.ceil((Number(least) * alarms.length) / 100) : Number(least);
    if (count < 1 || count > alarms.length) this.fail(word);
    const isCounted = (one: AlarmStateValue) => (one === state) !== (not !== undefined);
    const rule: AlarmRule = (stateOf) => alarms.filter((alarm) => isCounted(stateOf(alarm))).length >= count;
    this.tokens.push({ word, rule });
    return true;
  }

  private fail(where = this.tokens[this.at]?.word ?? 'its end'): never {
    throw new CloudError('NotRehearsed', `the alarm rule '${this.text}' cannot be read at '${where}'`);
  }
}
