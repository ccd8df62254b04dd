import * as fs from 'node:fs';
import * as path from 'node:path';
import { gunzipSync } from 'node:zlib';

interface Member {
  readonly name: string;
  /** The type whose member it overrides or implements. */
  readonly overrides?: string;
  readonly type?: object;
  readonly parameters?: readonly { readonly type: object }[];
  readonly returns?: { readonly type: object };
}

interface Type {
  readonly name: string;
  readonly methods?: readonly Member[];
  readonly properties?: readonly Member[];
}

/** What jsii says of a package's types: languages with another idea of assignability than TypeScript's are generated from it. */
export interface Assembly {
  readonly types: { readonly [fqn: string]: Type };
}

/** The assembly of a package that is installed in a folder. */
export function assemblyIn(folder: string, packageName: string): Assembly {
  const file = path.join(folder, 'node_modules', packageName, '.jsii');
  const compressed = `${file}.gz`;
  return JSON.parse(
    fs.existsSync(compressed) ? gunzipSync(fs.readFileSync(compressed)).toString() : fs.readFileSync(file, 'utf8'),
  );
}

/**
 * Members of a library that override or implement a member of the CDK whose types two versions of the CDK tell differently: TypeScript
 * takes the one for the other, Java, C# and Go do not.
 */
export function changedOverrides(library: Assembly, oldest: Assembly, latest: Assembly): string[] {
  return Object.values(library.types).flatMap((type) =>
    membersOf(type)
      .filter(({ overrides = '', name }) => signature(oldest, overrides, name) !== signature(latest, overrides, name))
      .map(({ overrides, name }) => `${type.name}.${name}, of ${overrides}`),
  );
}

function membersOf({ methods = [], properties = [] }: Type): readonly Member[] {
  return [...methods, ...properties];
}

/** The types of a member as text; undefined where a version does not have it. */
function signature({ types }: Assembly, fqn: string, name: string): string | undefined {
  const member = fqn in types ? membersOf(types[fqn]).find((one) => one.name === name) : undefined;
  return member && JSON.stringify([member.parameters?.map(({ type }) => type), member.returns?.type, member.type]);
}
