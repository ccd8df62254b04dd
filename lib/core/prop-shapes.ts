import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type Problem, throwIfAny } from './validation-error';

/**
 * What a prop has to be: answers with what is wrong about a value, or with nothing.
 *
 * @internal
 */
export type Shape = (prop: string, got: unknown) => Problem[];

/**
 * The shape of each prop of a struct; the compiler holds that none is forgotten.
 *
 * @internal
 */
export type Shapes<Props> = { readonly [prop in keyof Props]-?: Shape };

/**
 * Fails with every prop that is missing or of another type, for callers in languages without a compiler. A struct that is none is told as such,
 * and props that no shape is of are not looked at.
 *
 * @internal
 */
export function requireProps<Props extends object>(props: Props, shapes: Shapes<Props>, scope?: IConstruct): void {
  throwIfAny('InvalidProps', isStruct(props) ? problemsOf(props, shapes) : struct(shapes)('props', props), scope);
}

/**
 * Whatever the shape allows, or nothing.
 *
 * @internal
 */
export function optional(shape: Shape): Shape {
  return (prop, got) => (got === undefined ? [] : shape(prop, got));
}

/** A class, also one whose constructor is not public. */
interface LibraryClass {
  readonly name: string;
  [Symbol.hasInstance](value: unknown): boolean;
}

/**
 * An instance of a class of this library. The advice names its factories.
 *
 * @internal
 */
export function instance(type: LibraryClass): Shape {
  return (prop, got) =>
    got instanceof type ? [] : [{ ...problem(prop, got, `an object of ${nameOf(type)}`), advice: adviceFor(type) }];
}

/**
 * Something that has a member: an interface, or a class of the CDK, of which an app may hold two copies.
 *
 * @internal
 */
export function having(member: string, allowed: string): Shape {
  return (prop, got) => (isObject(got) && member in got ? [] : [problem(prop, got, allowed)]);
}

/**
 * A list whose items have a shape.
 *
 * @internal
 */
export function list(item: Shape): Shape {
  return (prop, got) => {
    if (Token.isUnresolved(got)) return [];
    if (!Array.isArray(got)) return [problem(prop, got, 'a list')];
    return got.flatMap((one, index) => item(`${prop}[${index}]`, one));
  };
}

/**
 * A struct: an object whose props have shapes.
 *
 * @internal
 */
export function struct<Props>(shapes: Shapes<Props>): Shape {
  const allowed = `an object with ${Object.keys(shapes).join(', ')}`;
  return (prop, got) => (isStruct(got) ? problemsOf(got, shapes, `${prop}.`) : [problem(prop, got, allowed)]);
}

/**
 * An object of values by names that users choose.
 *
 * @internal
 */
export function map(value: Shape): Shape {
  return (prop, got) => {
    if (Token.isUnresolved(got)) return [];
    if (!isStruct(got)) return [problem(prop, got, 'an object of names and values')];
    return Object.entries(got).flatMap(([name, one]) => value(`${prop}.${name}`, one));
  };
}

/**
 * One value of an enum.
 *
 * @internal
 */
export function oneOf(members: { readonly [name: string]: string }): Shape {
  const values = Object.values(members);
  const isOne = (got: unknown) => values.some((value) => value === got) || Token.isUnresolved(got);
  return (prop, got) => (isOne(got) ? [] : [problem(prop, got, `one of ${values.join(', ')}`)]);
}

/** @internal */
export const TEXT = primitive((got) => typeof got === 'string', 'a text');

/**
 * A text of a form that a service knows.
 *
 * @internal
 */
export function textLike(form: RegExp, allowed: string): Shape {
  return primitive((got) => typeof got === 'string' && form.test(got), allowed);
}

/** @internal */
export const NUMBER = primitive((got) => typeof got === 'number', 'a number');

/** @internal */
export const BOOLEAN = primitive((got) => typeof got === 'boolean', 'true or false');

/**
 * A text or a number, as a value in a column of data is.
 *
 * @internal
 */
export const TEXT_OR_NUMBER: Shape = (prop, got) =>
  TEXT(prop, got).length === 0 || NUMBER(prop, got).length === 0 ? [] : [problem(prop, got, 'a text or a number')];

/** Tokens are not judged: what they become, only the deployment knows. */
function primitive(fits: (got: unknown) => boolean, allowed: string): Shape {
  return (prop, got) => (fits(got) || Token.isUnresolved(got) ? [] : [problem(prop, got, allowed)]);
}

function problemsOf<Props>(props: object, shapes: Shapes<Props>, path = ''): Problem[] {
  const values = props as { readonly [prop: string]: unknown };
  const problems: Problem[] = [];
  for (const prop in shapes) {
    const value = values[prop];
    const found = shapes[prop](path === '' ? prop : path + prop, value);
    if (found.length > 0) problems.push(...found);
  }
  return problems;
}

function isObject(got: unknown): got is object {
  return typeof got === 'object' && got !== null;
}

function isStruct(got: unknown): got is object {
  return isObject(got) && !Array.isArray(got);
}

function problem(prop: string, got: unknown, allowed: string): Problem {
  return { prop, got: inWords(got), allowed };
}

/** Objects are named, not written out: constructs refer to one another in circles. */
function inWords(got: unknown): unknown {
  if (Array.isArray(got)) return `a list of ${got.length}`;
  if (isObject(got))
    return got.constructor?.name === 'Object' ? 'a plain object' : `an object of ${nameOf(got.constructor)}`;
  return ['function', 'symbol', 'bigint'].includes(typeof got) ? `a ${typeof got}` : got;
}

/** As users know a class: esbuild, which makes the published file, writes `_Name` for one that names itself. */
const nameOf = (type?: { readonly name: string }) => type?.name.replace(/^_/, '');

function adviceFor(type: LibraryClass): string {
  const factories = Object.entries(Object.getOwnPropertyDescriptors(type)).filter(
    ([name, { value }]) => typeof value === 'function' && /^[a-z]/.test(name) && name !== 'prototype',
  );
  if (factories.length === 0) return `make one with new ${nameOf(type)}(...)`;
  return `make one with ${factories.map(([name]) => `${nameOf(type)}.${name}(...)`).join(', ')}`;
}
