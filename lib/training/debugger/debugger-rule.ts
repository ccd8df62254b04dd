import { map, oneOf, optional, requireProps, struct, TEXT } from '../../core/prop-shapes';
import { type Problem, throwIfAny } from '../../core/validation-error';
import { BuiltInRule } from './built-in-rule';
import { type ParameterType, RULE_SHEETS, type RuleSheet } from './rule-sheets';

/** Options of `DebuggerRule.builtIn`. */
export interface BuiltInRuleOptions {
  /**
   * By which messages and events name the rule: 1 to 256 characters.
   *
   * @default - the name of the rule, as `LossNotDecreasing`
   */
  readonly configurationName?: string;

  /**
   * The rule's parameters by their names, with values as the service reads them: `{ num_steps: '20', mode: 'TRAIN' }`. Names and types that the rule does not have are refused.
   *
   * @default - those of the rule; `SimilarAcrossRuns` needs `other_trials`
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/debugger-built-in-rules.html
   */
  readonly parameters?: { readonly [name: string]: string };
}

/** A rule that SageMaker Debugger evaluates while a job trains. */
export class DebuggerRule {
  /** One that Debugger brings, which runs on instances of the service. */
  public static builtIn(rule: BuiltInRule, options: BuiltInRuleOptions = {}): DebuggerRule {
    requireProps({ rule, options }, { rule: oneOf(BuiltInRule), options: OPTIONS });
    const { configurationName = rule, parameters = {} } = options;
    const problems = parameterProblems(RULE_SHEETS[rule], parameters);
    const isName = /^[^\n]{1,256}$/.test(configurationName);
    const wrong = { prop: 'configurationName', got: configurationName, allowed: '1 to 256 characters in a line' };
    throwIfAny('InvalidTrainingDebugger', isName ? problems : [...problems, wrong]);
    return new DebuggerRule({ rule, configurationName, parameters: { ...parameters } });
  }

  private constructor(
    /** @internal */
    public readonly _settings: Required<BuiltInRuleOptions> & { readonly rule: BuiltInRule },
  ) {}
}

const OPTIONS = struct<BuiltInRuleOptions>({ configurationName: optional(TEXT), parameters: optional(map(TEXT)) });

/** A value of the service's: `ConfigValue`. @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DebugRuleConfiguration.html */
const MOST_CHARACTERS = 256;

const FORMS: { readonly [type in ParameterType]: readonly [form: RegExp, allowed: string] } = {
  number: [/^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i, 'a number'],
  boolean: [/^(true|false)$/i, 'True or False'],
  text: [/^[^\n]+$/, 'a text in a line'],
};

function parameterProblems(sheet: RuleSheet, given: { readonly [name: string]: string }): Problem[] {
  const { parameters: known, required } = sheet;
  const problems = Object.entries(given).flatMap(([name, got]): Problem[] => {
    const prop = `parameters.${name}`;
    const type = known === undefined ? 'number' : known[name];
    if (type === undefined) {
      const names = Object.keys(known ?? {}).join(', ');
      return [{ prop, got, allowed: names === '' ? 'no parameter of this rule' : `one of ${names}` }];
    }
    const [form, allowed] = FORMS[type];
    const isRight = form.test(got) && got.length <= MOST_CHARACTERS;
    return isRight ? [] : [{ prop, got, allowed: `${allowed}, at most ${MOST_CHARACTERS} characters` }];
  });
  const isMissing = required !== undefined && given[required] === undefined;
  return isMissing ? [...problems, { prop: `parameters.${required}`, got: undefined, allowed: 'a text' }] : problems;
}
