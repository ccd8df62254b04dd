import { NOTHING, textOf } from './canonical';
import { isJson } from './template';

/** One value that differs. */
export interface Difference {
  /** `Properties.Environment.Variables.URL` */
  readonly at: string;
  /** JSON; `nothing` where there was none */
  readonly before: string;
  readonly after: string;
}

/** Every place in which two canonical values differ, as deep as it can be told. */
export function differences(before: unknown, after: unknown, at = ''): Difference[] {
  if (isJson(before) && isJson(after) && !isFunction(before) && !isFunction(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap((name) => differences(before[name], after[name], at === '' ? name : `${at}.${name}`));
  }
  if (Array.isArray(before) && Array.isArray(after)) return listDifferences(before, after, at);
  const [left, right] = [textOf(before), textOf(after)];
  return left === right ? [] : [{ at, before: left, after: right }];
}

/** Items on one side only; as many on both are compared with each other, in order. */
function listDifferences(before: readonly unknown[], after: readonly unknown[], at: string): Difference[] {
  const [left, right] = [before, after].map((list) => list.map((item, index) => ({ item, index, text: textOf(item) })));
  const gone = left.filter(({ text }) => !right.some((other) => other.text === text));
  const made = right.filter(({ text }) => !left.some((other) => other.text === text));
  if (gone.length !== made.length) {
    return [
      ...gone.map(({ text }) => ({ at: `${at}[]`, before: text, after: NOTHING })),
      ...made.map(({ text }) => ({ at: `${at}[]`, before: NOTHING, after: text })),
    ];
  }
  if (gone.length > 0) return gone.flatMap(({ item, index }, n) => differences(item, made[n].item, `${at}[${index}]`));
  return textOf(before) === textOf(after) ? [] : [{ at, before: textOf(before), after: textOf(after) }];
}

/** Texts that are put together at deployment are compared as a whole. */
function isFunction(value: object): boolean {
  const [name, ...others] = Object.keys(value);
  return others.length === 0 && (name === 'Ref' || name?.startsWith('Fn::'));
}
