import { isMembers } from '../../members';
import { StateFailure, StatesLanguageError } from './failure';

/** Steps of a reference path: field names and list indexes. */
export type PathSteps = (string | number)[];

/**
 * Parses `$`, `$.a.b`, `$['a b']` and `$.a[0]`: paths that name one place.
 *
 * @throws StatesLanguageError on intrinsic functions and on operators that select several places
 * @see https://states-language.net/spec.html#ref-paths
 */
export function parsePath(path: string): PathSteps {
  if (path.startsWith('States.')) {
    throw new StatesLanguageError(`IntrinsicNotSupported: "${path}": intrinsic functions are not supported here`);
  }
  const steps: PathSteps = [];
  const token = /\.([\p{L}_][\p{L}\p{N}_-]*)|\['([^'\\]+)'\]|\[(\d+)\]/uy;
  token.lastIndex = 1;
  while (path.startsWith('$') && token.lastIndex < path.length) {
    const match = token.exec(path);
    if (match === null) {
      break;
    }
    steps.push(match[3] === undefined ? (match[1] ?? match[2]) : Number(match[3]));
    if (token.lastIndex === path.length) {
      return steps;
    }
  }
  if (path !== '$') {
    throw new StatesLanguageError(`UnknownPath: "${path}" is not a path such as $, $.a.b, $['a'] or $.a[0]`);
  }
  return steps;
}

/** What stands at the path; undefined when nothing does (null is something). */
export function readSteps(data: unknown, steps: PathSteps): unknown {
  return steps.reduce<unknown>((value, step) => {
    if (typeof step === 'number') {
      return Array.isArray(value) ? value[step] : undefined;
    }
    return isMembers(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }, data);
}

/** Checks a path of the state's data or, with `$$`, of the context object. */
export function checkPath(path: string): void {
  if (!path.startsWith('$$')) {
    parsePath(path);
    return;
  }
  const name = contextNames(path);
  if (!KNOWN_CONTEXT.some((known) => name === known || name.startsWith(`${known}.`))) {
    throw new StatesLanguageError(`UnknownContextPath: "${path}"; known are ${KNOWN_CONTEXT.join(', ')}`);
  }
}

/** What parts of the context object exist here: `$$.Execution.Name`, `$$.Map.Item.Value` and so on. */
export interface StateContext {
  readonly Execution: {
    readonly Id: string;
    readonly Name: string;
    readonly StartTime: string;
    readonly Input: unknown;
  };
  readonly State: { readonly Name: string };
  readonly Map?: { readonly Item: { readonly Index: number; readonly Value: unknown } };
}

const KNOWN_CONTEXT = [
  'Execution.Id',
  'Execution.Name',
  'Execution.StartTime',
  'Execution.Input',
  'State.Name',
  'Map.Item.Index',
  'Map.Item.Value',
];

/** What a path of the data or the context names; undefined when nothing is there. */
export function readPath(path: string, data: unknown, context: StateContext): unknown {
  checkPath(path);
  return path.startsWith('$$') ? readSteps(context, parsePath(path.slice(1))) : readSteps(data, parsePath(path));
}

/** Checks a payload template: keys that end in `.$` hold paths. */
export function checkTemplate(template: unknown, where: string): void {
  if (Array.isArray(template)) {
    for (const item of template) {
      checkTemplate(item, where);
    }
  } else if (isMembers(template)) {
    for (const [key, value] of Object.entries(template)) {
      if (!key.endsWith('.$')) {
        checkTemplate(value, where);
      } else if (typeof value === 'string') {
        checkPath(value);
      } else {
        throw new StatesLanguageError(`WrongTemplate: "${key}" in ${where} has to hold a path`);
      }
    }
  }
}

/** Fills a payload template; a path that names nothing fails the state with States.ParameterPathFailure. */
export function fillTemplate(template: unknown, data: unknown, context: StateContext): unknown {
  if (Array.isArray(template)) {
    return template.map((item) => fillTemplate(item, data, context));
  }
  if (!isMembers(template)) {
    return template;
  }
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith('.$')
        ? [key.slice(0, -2), required(String(value), data, context)]
        : [key, fillTemplate(value, data, context)],
    ),
  );
}

function required(path: string, data: unknown, context: StateContext): unknown {
  const value = readPath(path, data, context);
  if (value === undefined) {
    throw new StateFailure(
      'States.ParameterPathFailure',
      `the path "${path}" names nothing in ${JSON.stringify(data)}`,
    );
  }
  return value;
}

/** A copy of the input with the result at the path; fields on the way are made, a value in the way fails the state. */
export function writePath(path: string, input: unknown, result: unknown): unknown {
  return writeSteps(parsePath(path), { path, value: input, result });
}

interface Write {
  readonly path: string;
  readonly value: unknown;
  readonly result: unknown;
}

function writeSteps(steps: PathSteps, { path, value, result }: Write): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) {
    return result;
  }
  const holder = value ?? {};
  if (typeof step === 'number' || !isMembers(holder)) {
    throw new StateFailure(
      'States.ResultPathMatchFailure',
      `the result cannot be put at "${path}" of ${JSON.stringify(value)}`,
    );
  }
  const child = Object.hasOwn(holder, step) ? holder[step] : undefined;
  return { ...holder, [step]: writeSteps(rest, { path, value: child, result }) };
}

function contextNames(path: string): string {
  return parsePath(path.slice(1)).join('.');
}
