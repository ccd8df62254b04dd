import { brief } from '../words';

/**
 * How bad a problem is: nothing can read the file (`Structure`), a value is of another type than its member (`Type`), or it has the type and makes
 * no sense (`Meaning`).
 */
export type Weight = 'Structure' | 'Type' | 'Meaning';

/** One thing that is wrong with a file. */
export interface FileProblem {
  readonly weight: Weight;
  /** JSON path, as `features[3].completeness`; empty for the file itself */
  readonly place: string;
  /** in words without data */
  readonly found: string;
  readonly allowed: string;
  /** what to do, where that is not plain */
  readonly advice?: string;
}

/** What a value has to be, and everything that is wrong with one, in the order of the file. */
export type Shape = (value: unknown, place: string) => FileProblem[];

/** A JSON object; members that are not listed may be anything. */
export function object(members: { readonly [name: string]: Shape }): Shape {
  return (value, place) => {
    if (!isObject(value)) return [wrongType(value, place, 'an object')];
    return Object.entries(members).flatMap(([name, shape]) =>
      shape(value[name], place === '' ? name : `${place}.${name}`),
    );
  };
}

/** A JSON object whose members have any names, of a JSON path as `facets["Sex"]`. */
export function mapOf(member: Shape): Shape {
  return (value, place) =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, each]) => member(each, `${place}[${brief(name)}]`))
      : [wrongType(value, place, 'an object')];
}

/** A list of any length. */
export function list(item: Shape): Shape {
  return (value, place) =>
    Array.isArray(value)
      ? value.flatMap((each, index) => item(each, `${place}[${index}]`))
      : [wrongType(value, place, 'a list')];
}

/** The same, or no such member. */
export function optional(shape: Shape): Shape {
  return (value, place) => (value === undefined ? [] : shape(value, place));
}

/** The same, but a value that is no such thing at all makes the file unreadable. */
export function basic(shape: Shape): Shape {
  return (value, place) =>
    shape(value, place).map((problem) =>
      problem.place === place && problem.weight === 'Type' ? { ...problem, weight: 'Structure' } : problem,
    );
}

/** A finite number. */
export const NUMBER: Shape = (value, place) => (isNumber(value) ? [] : [wrongType(value, place, 'a number')]);

/** A number that a computation gave, which may have none to give: null, or a text as Java and Python write it. */
export const COMPUTED: Shape = (value, place) =>
  isNumber(value) || value === null || NOT_FINITE.has(value) ? [] : [wrongType(value, place, 'a number')];

const NOT_FINITE: ReadonlySet<unknown> = new Set(['NaN', 'Infinity', '-Infinity']);

/** How many there are. */
export const COUNT: Shape = within(0, Number.POSITIVE_INFINITY, '0 or more');

/** A part of a whole. */
export const SHARE: Shape = within(0, 1, 'a number of 0 to 1');

/** Any text. */
export const TEXT: Shape = (value, place) => (typeof value === 'string' ? [] : [wrongType(value, place, 'a text')]);

/** `true` or `false`. */
export const FLAG: Shape = (value, place) =>
  typeof value === 'boolean' ? [] : [wrongType(value, place, 'true or false')];

/** One of some words, written exactly so. */
export function oneOf(...words: readonly string[]): Shape {
  const allowed = words.map((word) => JSON.stringify(word)).join(' or ');
  return (value, place) => {
    if (typeof value !== 'string') return [wrongType(value, place, allowed)];
    return words.includes(value) ? [] : [{ weight: 'Type', place, found: brief(value), allowed }];
  };
}

/** A number between two others, both of which are allowed. */
export function within(least: number, most: number, allowed: string): Shape {
  return (value, place) => {
    if (!isNumber(value)) return [wrongType(value, place, allowed)];
    return value >= least && value <= most ? [] : [{ weight: 'Meaning', place, found: String(value), allowed }];
  };
}

const wrongType = (value: unknown, place: string, allowed: string): FileProblem => ({
  weight: 'Type',
  place,
  found: typeOf(value),
  allowed,
});

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** What JSON calls a value, never the value itself: it may be data. */
function typeOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  const names: { readonly [type: string]: string } = { object: 'an object', string: 'a text', number: 'a number' };
  return names[typeof value] ?? String(value);
}
