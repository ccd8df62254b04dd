import type { AlarmStateValue } from '../alarm-state';

/** Decides a composite alarm, given the state of each alarm by name or ARN. */
export type AlarmRule = (stateOf: (alarm: string) => AlarmStateValue) => boolean;

const TOKEN =
  /\s*(AND\b|OR\b|NOT\b|TRUE\b|FALSE\b|(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|([^"()\s]+))\s*\)|[()])/y;

/**
 * Reads an alarm rule: `ALARM("a") OR (OK(b) AND NOT INSUFFICIENT_DATA("c"))`, `TRUE`, `FALSE`; throws on anything else.
 * NOT binds closest, then AND, then OR.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function alarmRule(text: string): AlarmRule {
  const tokens = tokensOf(text);
  let at = 0;
  const disjunction = (): AlarmRule => chain('OR', () => chain('AND', negation, every), some);
  const chain = (word: string, part: () => AlarmRule, join: (rules: AlarmRule[]) => AlarmRule): AlarmRule => {
    const rules = [part()];
    while (tokens[at]?.word === word) {
      at++;
      rules.push(part());
    }
    return join(rules);
  };
  const negation = (): AlarmRule => {
    if (tokens[at]?.word !== 'NOT') {
      return primary();
    }
    at++;
    const rule = negation();
    return (stateOf) => !rule(stateOf);
  };
  const primary = (): AlarmRule => {
    const token = tokens[at++];
    if (token?.word === '(') {
      const rule = disjunction();
      if (tokens[at++]?.word !== ')') {
        throw new Error(`the alarm rule '${text}' lacks a closing parenthesis`);
      }
      return rule;
    }
    if (token?.rule === undefined) {
      throw new Error(`the rehearsal does not understand the alarm rule '${text}' at '${token?.word ?? 'its end'}'`);
    }
    return token.rule;
  };
  const rule = disjunction();
  if (at !== tokens.length) {
    throw new Error(`the rehearsal does not understand the alarm rule '${text}' from '${tokens[at]?.word}' on`);
  }
  return rule;
}

function tokensOf(text: string): { word: string; rule?: AlarmRule }[] {
  const tokens: { word: string; rule?: AlarmRule }[] = [];
  TOKEN.lastIndex = 0;
  for (let end = 0; end < text.trimEnd().length; end = TOKEN.lastIndex) {
    const match = TOKEN.exec(text);
    if (match === null) {
      throw new Error(`the rehearsal does not understand the alarm rule from '${text.slice(end, end + 40)}' on`);
    }
    const [, word = '', state, quoted, bare] = match;
    if (state !== undefined) {
      const alarm = quoted ?? bare ?? '';
      tokens.push({ word, rule: (stateOf) => stateOf(alarm) === state });
    } else {
      tokens.push(word === 'TRUE' || word === 'FALSE' ? { word, rule: () => word === 'TRUE' } : { word });
    }
  }
  return tokens;
}

const every =
  (rules: AlarmRule[]): AlarmRule =>
  (stateOf) =>
    rules.every((rule) => rule(stateOf));

const some =
  (rules: AlarmRule[]): AlarmRule =>
  (stateOf) =>
    rules.some((rule) => rule(stateOf));
