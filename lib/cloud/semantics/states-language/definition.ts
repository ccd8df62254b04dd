import { checkChoiceRule } from './choice';
import { StatesLanguageError } from './failure';
import { checkPath, checkTemplate } from './path';

/** One checked state; which fields are there depends on its Type. */
export type StateDefinition = Readonly<Record<string, unknown>> & { readonly Type: string };

/** A checked machine, or the item processor of a Map. */
export interface StateMachine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, StateDefinition>>;
}

const COMMON = 'Type Comment InputPath OutputPath Next End QueryLanguage';
/** Fields that this interpreter knows, by state type. */
const FIELDS: Readonly<Record<string, Set<string>>> = {
  Pass: words(`${COMMON} Parameters Result ResultPath`),
  Task: words(`${COMMON} Resource Parameters ResultSelector ResultPath Retry Catch TimeoutSeconds`),
  Choice: words('Type Comment InputPath OutputPath QueryLanguage Choices Default'),
  Map: words(
    `${COMMON} Label ItemProcessor ItemReader ItemSelector MaxConcurrency MaxConcurrencyPath ToleratedFailurePercentage ` +
      'ToleratedFailureCount ResultSelector ResultPath Retry Catch',
  ),
  Wait: words(`${COMMON} Seconds SecondsPath`),
  Succeed: words('Type Comment InputPath OutputPath QueryLanguage'),
  Fail: words('Type Comment QueryLanguage Error Cause ErrorPath CausePath'),
};
const MACHINE_FIELDS = words('Comment StartAt States Version TimeoutSeconds QueryLanguage');
const PROCESSOR_FIELDS = words('Comment StartAt States ProcessorConfig');
const RETRY_FIELDS = words(
  'ErrorEquals IntervalSeconds MaxAttempts BackoffRate MaxDelaySeconds JitterStrategy Comment',
);
const CATCH_FIELDS = words('ErrorEquals Next ResultPath Comment');
const PATH_FIELDS = [
  'InputPath',
  'OutputPath',
  'ResultPath',
  'ErrorPath',
  'CausePath',
  'SecondsPath',
  'MaxConcurrencyPath',
];
const TEMPLATE_FIELDS = ['Parameters', 'ResultSelector', 'ItemSelector'];

/**
 * Parses and checks a machine definition: every state, field, transition and path.
 *
 * @throws StatesLanguageError on anything unknown
 * @see https://states-language.net/spec.html
 */
export function checkDefinition(definition: string | object): StateMachine {
  const machine = asObject(typeof definition === 'string' ? parse(definition) : definition, 'the definition');
  onlyFields(machine, MACHINE_FIELDS, 'the machine');
  checkQueryLanguage(machine, 'the machine');
  return checkStates(machine, 'the machine');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StatesLanguageError(`NotJson: the definition is not JSON: ${(error as Error).message}`);
  }
}

function checkStates(machine: Readonly<Record<string, unknown>>, where: string): StateMachine {
  const states = asObject(machine.States, `States of ${where}`);
  assertState(machine.StartAt, states, `StartAt of ${where}`);
  for (const [name, state] of Object.entries(states)) {
    checkState(name, asObject(state, `state "${name}"`), states);
  }
  return machine as unknown as StateMachine;
}

function checkState(
  name: string,
  state: Readonly<Record<string, unknown>>,
  states: Readonly<Record<string, unknown>>,
): void {
  const where = `state "${name}"`;
  const fields = typeof state.Type === 'string' && Object.hasOwn(FIELDS, state.Type) ? FIELDS[state.Type] : undefined;
  if (fields === undefined) {
    throw problem(
      'UnknownStateType',
      where,
      `${JSON.stringify(state.Type)} is not one of ${Object.keys(FIELDS).join(', ')}`,
    );
  }
  onlyFields(state, fields, where);
  checkQueryLanguage(state, where);
  checkPathsAndTemplates(state, where);
  checkNext(state, states, where);
  checkErrorHandling(state, states, where);
  checkType(state, states, where);
}

function checkType(
  state: Readonly<Record<string, unknown>>,
  states: Readonly<Record<string, unknown>>,
  where: string,
): void {
  switch (state.Type) {
    case 'Task':
      checkTask(state, where);
      break;
    case 'Choice':
      checkChoice(state, states, where);
      break;
    case 'Map':
      checkMap(state, where);
      break;
    case 'Wait':
      checkWait(state, where);
      break;
    default:
      if ('Error' in state && 'ErrorPath' in state) {
        throw problem('WrongFields', where, 'has both Error and ErrorPath');
      }
      if ('Cause' in state && 'CausePath' in state) {
        throw problem('WrongFields', where, 'has both Cause and CausePath');
      }
  }
}

function checkPathsAndTemplates(state: Readonly<Record<string, unknown>>, where: string): void {
  for (const field of PATH_FIELDS.filter((name) => state[name] !== undefined && state[name] !== null)) {
    checkPath(textOf(state[field], `${field} of ${where}`));
  }
  for (const field of TEMPLATE_FIELDS) {
    checkTemplate(state[field], `${field} of ${where}`);
  }
}

function checkNext(
  state: Readonly<Record<string, unknown>>,
  states: Readonly<Record<string, unknown>>,
  where: string,
): void {
  if (state.Type === 'Choice' || state.Type === 'Succeed' || state.Type === 'Fail') {
    return;
  }
  if ((state.Next === undefined) === (state.End === undefined) || (state.End ?? true) !== true) {
    throw problem('WrongTransition', where, 'needs exactly one of Next and "End": true');
  }
  if (state.Next !== undefined) {
    assertState(state.Next, states, `Next of ${where}`);
  }
}

function checkErrorHandling(
  state: Readonly<Record<string, unknown>>,
  states: Readonly<Record<string, unknown>>,
  where: string,
): void {
  const retriers = objectsOf(state.Retry, `Retry of ${where}`);
  const catchers = objectsOf(state.Catch, `Catch of ${where}`);
  checkErrorNames(retriers, `Retry of ${where}`);
  checkErrorNames(catchers, `Catch of ${where}`);
  for (const retrier of retriers) {
    checkRetrier(retrier, `Retry of ${where}`);
  }
  for (const catcher of catchers) {
    onlyFields(catcher, CATCH_FIELDS, `Catch of ${where}`);
    assertState(catcher.Next, states, `Catch of ${where}`);
    if (catcher.ResultPath !== undefined && catcher.ResultPath !== null) {
      checkPath(textOf(catcher.ResultPath, `ResultPath of Catch of ${where}`));
    }
  }
}

function checkRetrier(retrier: Readonly<Record<string, unknown>>, where: string): void {
  onlyFields(retrier, RETRY_FIELDS, where);
  checkNumber(retrier, { field: 'IntervalSeconds', least: 1, whole: true, where });
  checkNumber(retrier, { field: 'MaxAttempts', least: 0, whole: true, where });
  checkNumber(retrier, { field: 'MaxDelaySeconds', least: 1, whole: true, where });
  checkNumber(retrier, { field: 'BackoffRate', least: 1, whole: false, where });
  if (!['FULL', 'NONE'].includes(String(retrier.JitterStrategy ?? 'NONE'))) {
    throw problem('WrongValue', where, `JitterStrategy ${JSON.stringify(retrier.JitterStrategy)} is not FULL or NONE`);
  }
}

/** States.ALL stands alone, in the last entry. */
function checkErrorNames(handlers: Readonly<Record<string, unknown>>[], where: string): void {
  for (const [index, { ErrorEquals: names }] of handlers.entries()) {
    if (!Array.isArray(names) || names.length === 0 || !names.every((name) => typeof name === 'string')) {
      throw problem('WrongValue', where, `ErrorEquals is a list of error names, not ${JSON.stringify(names)}`);
    }
    if (names.includes('States.ALL') && (names.length > 1 || index < handlers.length - 1)) {
      throw problem('WrongValue', where, 'States.ALL has to stand alone in the last entry');
    }
  }
}

function checkTask(state: Readonly<Record<string, unknown>>, where: string): void {
  if (!/^arn:[a-z-]+:states:::lambda:invoke$/.test(String(state.Resource))) {
    throw problem(
      'UnknownResource',
      where,
      `${JSON.stringify(state.Resource)} is not arn:<partition>:states:::lambda:invoke`,
    );
  }
  const parameters = asObject(state.Parameters, `Parameters of ${where}`);
  onlyFields(parameters, words('FunctionName FunctionName.$ Payload Payload.$'), `Parameters of ${where}`);
  if (!('FunctionName' in parameters) && !('FunctionName.$' in parameters)) {
    throw problem('MissingField', where, 'Parameters has no FunctionName');
  }
  checkNumber(state, { field: 'TimeoutSeconds', least: 1, whole: true, where });
}

function checkChoice(
  state: Readonly<Record<string, unknown>>,
  states: Readonly<Record<string, unknown>>,
  where: string,
): void {
  const choices = objectsOf(state.Choices, `Choices of ${where}`);
  if (choices.length === 0) {
    throw problem('MissingField', where, 'Choices is empty');
  }
  for (const { Next: next, Comment: _, ...rule } of choices) {
    assertState(next, states, `Choices of ${where}`);
    checkChoiceRule(rule, where);
  }
  if (state.Default !== undefined) {
    assertState(state.Default, states, `Default of ${where}`);
  }
}

function checkMap(state: Readonly<Record<string, unknown>>, where: string): void {
  const processor = asObject(state.ItemProcessor, `ItemProcessor of ${where}`);
  onlyFields(processor, PROCESSOR_FIELDS, `ItemProcessor of ${where}`);
  const config = asObject(processor.ProcessorConfig, `ProcessorConfig of ${where}`);
  onlyFields(config, words('Mode ExecutionType'), `ProcessorConfig of ${where}`);
  if (config.Mode !== 'DISTRIBUTED' || !['STANDARD', 'EXPRESS'].includes(String(config.ExecutionType))) {
    throw problem(
      'NotSupported',
      where,
      'only Mode DISTRIBUTED with ExecutionType STANDARD or EXPRESS is supported here',
    );
  }
  checkReader(asObject(state.ItemReader, `ItemReader of ${where}`), where);
  if (state.MaxConcurrency !== undefined && state.MaxConcurrencyPath !== undefined) {
    throw problem('WrongFields', where, 'has both MaxConcurrency and MaxConcurrencyPath');
  }
  checkNumber(state, { field: 'MaxConcurrency', least: 0, whole: true, where });
  checkNumber(state, { field: 'ToleratedFailurePercentage', least: 0, most: 100, whole: false, where });
  checkNumber(state, { field: 'ToleratedFailureCount', least: 0, whole: true, where });
  checkStates(processor, `ItemProcessor of ${where}`);
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html (a whole number from 0 to 99999999) */
function checkWait(state: Readonly<Record<string, unknown>>, where: string): void {
  if ((state.Seconds === undefined) === (state.SecondsPath === undefined)) {
    throw problem('WrongFields', where, 'needs exactly one of Seconds and SecondsPath (others are not supported here)');
  }
  checkNumber(state, { field: 'Seconds', least: 0, most: 99_999_999, whole: true, where });
}

function checkReader(reader: Readonly<Record<string, unknown>>, where: string): void {
  onlyFields(reader, words('Resource ReaderConfig Parameters'), `ItemReader of ${where}`);
  if (!/^arn:[a-z-]+:states:::s3:getObject$/.test(String(reader.Resource))) {
    throw problem('UnknownResource', where, `ItemReader ${JSON.stringify(reader.Resource)} is not s3:getObject`);
  }
  const config = asObject(reader.ReaderConfig, `ReaderConfig of ${where}`);
  onlyFields(config, words('InputType'), `ReaderConfig of ${where}`);
  if (config.InputType !== 'JSONL') {
    throw problem('NotSupported', where, `InputType ${JSON.stringify(config.InputType)}: only JSONL is supported here`);
  }
  onlyFields(
    asObject(reader.Parameters, `ItemReader of ${where}`),
    words('Bucket Bucket.$ Key Key.$ ExpectedBucketOwner ExpectedBucketOwner.$'),
    `ItemReader of ${where}`,
  );
  checkTemplate(reader.Parameters, `ItemReader of ${where}`);
}

interface NumberRule {
  readonly field: string;
  readonly least: number;
  readonly most?: number;
  readonly whole: boolean;
  readonly where: string;
}

function checkNumber(
  holder: Readonly<Record<string, unknown>>,
  { field, least, most = Infinity, whole, where }: NumberRule,
): void {
  const value = holder[field];
  const isNumber = typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));
  if (value !== undefined && !isNumber) {
    throw problem(
      'WrongValue',
      where,
      `${field} ${JSON.stringify(value)} is not a ${whole ? 'whole ' : ''}number of at least ${least}`,
    );
  }
}

function checkQueryLanguage(holder: Readonly<Record<string, unknown>>, where: string): void {
  if ((holder.QueryLanguage ?? 'JSONPath') !== 'JSONPath') {
    throw problem(
      'NotSupported',
      where,
      `QueryLanguage ${JSON.stringify(holder.QueryLanguage)}: only JSONPath is supported here`,
    );
  }
}

function assertState(name: unknown, states: Readonly<Record<string, unknown>>, where: string): void {
  if (typeof name !== 'string' || !Object.hasOwn(states, name)) {
    throw problem(
      'UnknownState',
      where,
      `${JSON.stringify(name)} is not a state; states are ${Object.keys(states).join(', ')}`,
    );
  }
}

function onlyFields(holder: Readonly<Record<string, unknown>>, fields: Set<string>, where: string): void {
  const unknown = Object.keys(holder).find((key) => !fields.has(key));
  if (unknown !== undefined) {
    throw problem('UnknownField', where, `"${unknown}" is not one of ${[...fields].join(', ')}`);
  }
}

function objectsOf(value: unknown, where: string): Readonly<Record<string, unknown>>[] {
  if (value !== undefined && !Array.isArray(value)) {
    throw problem('WrongValue', where, 'has to be a list');
  }
  return (value ?? []).map((item: unknown) => asObject(item, where));
}

function asObject(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw problem('WrongValue', where, `has to be an object, not ${JSON.stringify(value)}`);
  }
  return value as Readonly<Record<string, unknown>>;
}

function textOf(value: unknown, where: string): string {
  if (typeof value !== 'string') {
    throw problem('WrongValue', where, `has to be text, not ${JSON.stringify(value)}`);
  }
  return value;
}

function words(text: string): Set<string> {
  return new Set(text.split(' '));
}

function problem(code: string, where: string, what: string): StatesLanguageError {
  return new StatesLanguageError(`${code}: ${where}: ${what}`);
}
