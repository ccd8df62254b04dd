import * as ts from 'typescript';
import { publicFiles } from './documentation';
import { nodesOf, type SourceFile, sourceFiles } from './source-files';

/** Where a user enters the library: `new Class` or `Class.factory`, and what has to be given there. */
export interface Entrance {
  readonly name: string;
  /** By position. */
  readonly parameters: readonly EntranceParameter[];
}

/** A parameter of a constructor or of a factory. */
export interface EntranceParameter {
  readonly name: string;
  readonly isRequired: boolean;
  /** Names of the props that have to be given, if it is a struct of this library. */
  readonly requiredProps: readonly string[];
}

/** Every constructor and static factory of the public API that takes something besides scope and id. */
export function publicEntrances(files: readonly SourceFile[] = sourceFiles('lib')): Entrance[] {
  const index = files.find(({ path }) => path === 'lib/index.ts');
  const names = index ? publicFiles(index) : [];
  const structs = new Map(
    files.flatMap(({ ast }) => nodesOf(ast, ts.isInterfaceDeclaration)).map((one) => [one.name.text, one]),
  );
  return files
    .filter(({ path }) => names.includes(path))
    .flatMap(({ ast }) => nodesOf(ast, ts.isClassDeclaration))
    .filter((type) => has(type, ts.SyntaxKind.ExportKeyword))
    .flatMap((type) => entrancesOf(type, structs))
    .filter(({ parameters }) => parameters.some(({ name }) => !['scope', 'id'].includes(name)));
}

type Structs = ReadonlyMap<string, ts.InterfaceDeclaration>;

function entrancesOf(type: ts.ClassDeclaration, structs: Structs): Entrance[] {
  const isAbstract = has(type, ts.SyntaxKind.AbstractKeyword);
  return type.members
    .filter((member) => !has(member, ts.SyntaxKind.PrivateKeyword) && !has(member, ts.SyntaxKind.ProtectedKeyword))
    .flatMap((member) => {
      const parameters = 'parameters' in member ? parametersOf(member as ts.MethodDeclaration, structs) : [];
      if (ts.isConstructorDeclaration(member))
        return isAbstract ? [] : [{ name: `new ${type.name?.text}`, parameters }];
      const isFactory = ts.isMethodDeclaration(member) && has(member, ts.SyntaxKind.StaticKeyword);
      return isFactory ? [{ name: `${type.name?.text}.${member.name.getText()}`, parameters }] : [];
    });
}

function parametersOf({ parameters }: ts.SignatureDeclaration, structs: Structs): EntranceParameter[] {
  return parameters.map(({ name, questionToken, initializer, type, dotDotDotToken }) => ({
    name: name.getText(),
    isRequired: !questionToken && !initializer && !dotDotDotToken,
    requiredProps: requiredPropsOf(type?.getText() ?? '', structs),
  }));
}

function requiredPropsOf(name: string, structs: Structs): string[] {
  const struct = structs.get(name);
  if (!struct || /^I[A-Z]/.test(name)) return [];
  const own = struct.members.filter((member) => ts.isPropertySignature(member) && !member.questionToken);
  const bases = (struct.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => type.getText()));
  return [
    ...own.map((member) => member.name?.getText() ?? ''),
    ...bases.flatMap((base) => requiredPropsOf(base, structs)),
  ];
}

function has(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);
}
