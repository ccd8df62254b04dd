import { filesBelow, readText } from './source-files';

/** A reference to a type somewhere in the assembly, or whatever lies around it. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

interface Collection {
  readonly [name: string]: Json;
  readonly kind: 'array' | 'map';
  readonly elementtype: Json;
}

interface Parameter {
  readonly name: string;
  readonly optional?: boolean;
  readonly variadic?: boolean;
}

interface Callable {
  readonly parameters?: readonly Parameter[];
}

/** What the compiled library says of one export. */
interface Export {
  readonly fqn: string;
  readonly name: string;
  readonly kind?: 'class' | 'enum' | 'interface';
  readonly initializer?: Callable;
  readonly methods?: readonly (Callable & { readonly name: string; readonly static?: boolean })[];
  readonly properties?: readonly { readonly name: string }[];
}

/** Every export, by the compiled library's own description. */
export function exported(): readonly Export[] {
  return Object.values((JSON.parse(readText('.jsii')) as { types: { [fqn: string]: Export } }).types);
}

/** Names of exports that no reader meets, and that no export which one meets takes, returns or extends. */
export function unreachable(types: readonly Export[], readersSee: string): string[] {
  const met = types.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(readersSee));
  const reached = new Set(met.map(({ fqn }) => fqn));
  for (const fqn of reached) {
    const type = types.find((one) => one.fqn === fqn);
    for (const other of type ? mentioned(type as unknown as Json) : []) reached.add(other);
  }
  return types.filter(({ fqn }) => !reached.has(fqn)).map(({ name }) => name);
}

/** Every type that is named in a description: base, interfaces, and types of parameters, properties and results. */
function mentioned(json: Json): string[] {
  if (typeof json === 'string') return [json];
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([name, value]) => (name === 'docs' ? [] : mentioned(value)));
}

/** Names of props and parameters that are words of C#: `type.name`. */
export function keywordsIn(types: readonly Export[]): string[] {
  return types.flatMap((type) =>
    namesIn(type)
      .filter((name) => CSHARP_KEYWORDS.includes(name))
      .map((name) => `${type.name}.${name}`),
  );
}

/** What the CDK and the house call otherwise: `encryptionKey`, `vpcSubnets`, `maxRuntime`, `minRows`. */
const OTHERWISE_IN_CDK = /^(kmsKey|subnetSelection|(maximum|minimum)[A-Z].*)$/;

/** Props, methods and parameters that the CDK would give another name: `type.name`. */
export function unusualNamesIn(types: readonly Export[]): string[] {
  return types.flatMap((type) =>
    namesIn(type)
      .filter((name) => OTHERWISE_IN_CDK.test(name))
      .map((name) => `${type.name}.${name}`),
  );
}

function namesIn({ initializer, methods = [], properties = [] }: Export): string[] {
  const callables: Callable[] = [...(initializer ? [initializer] : []), ...methods];
  const parameters = callables.flatMap((callable) => callable.parameters ?? []);
  return [...parameters, ...methods, ...properties].map(({ name }) => name);
}

/**
 * Where a type is a list of lists or maps that hold a union: `type.member`. What jsii writes in Java to check the items of such a
 * parameter does not compile.
 */
export function nestedUnionsIn(types: readonly Export[]): string[] {
  return types.flatMap(({ name, initializer, methods = [], properties = [] }) =>
    [...(initializer ? [{ name: 'constructor', ...initializer }] : []), ...methods, ...properties]
      .filter((member) => holdsNestedUnion(member as unknown as Json))
      .map((member) => `${name}.${member.name}`),
  );
}

function holdsNestedUnion(json: Json): boolean {
  return collectionsIn(json).some(
    ({ kind, elementtype }) => kind === 'array' && collectionsIn(elementtype).some(holdsUnion),
  );
}

function holdsUnion(json: Json): boolean {
  return within(json).some(([name]) => name === 'union');
}

function collectionsIn(json: Json) {
  return within(json).flatMap(([name, value]) => (name === 'collection' ? [value as Collection] : []));
}

/** Every named value at any depth. */
function within(json: Json): (readonly [string, Json])[] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([name, value]) => [[name, value] as const, ...within(value)]);
}

/** What someone who learns the library reads; the page of migrations names what is gone. */
export function readersText(): string {
  const files = [...filesBelow('docs'), ...filesBelow('examples')].filter((file) => /\.(md|ts|py)$/.test(file));
  return ['README.md', ...files.filter((file) => file !== 'docs/migration.md')].map(readText).join('\n');
}

/** @see https://learn.microsoft.com/en-us/dotnet/csharp/language-reference/keywords/ */
const CSHARP_KEYWORDS = (
  'abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit ' +
  'extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out ' +
  'override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true ' +
  'try typeof uint ulong unchecked unsafe ushort using virtual void volatile while'
).split(' ');
