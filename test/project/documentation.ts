import * as path from 'node:path';
import * as ts from 'typescript';
import { nodesOf, placeOf, type SourceFile } from './source-files';

/** What stands undocumented at some place. */
type Gap = string;

/** Names that a file exports and that have no doc comment. */
export function undocumentedExports(file: SourceFile): Gap[] {
  return file.ast.statements
    .filter((statement) => isExported(statement) && !isReExport(statement))
    .filter((statement) => !hasDoc(statement))
    .map((statement) => `${placeOf(file, statement)}: ${nameOf(statement)}`);
}

/**
 * Public members of the exported classes and interfaces of some files that have no doc comment, neither there nor where the
 * class or interface has them from.
 */
export function undocumentedMembers(files: readonly SourceFile[]): Gap[] {
  const types = new Map(files.flatMap((file) => typesOf(file).map((type) => [type.name?.text ?? '', type] as const)));
  return files.flatMap((file) =>
    publicMembers(file)
      .filter((member) => !hasDoc(member) && !inheritsDoc(member, member.parent, types))
      .map((member) => `${placeOf(file, member)}: ${nameOf(member)}`),
  );
}

/** Optional members of the exported interfaces of a file whose doc comment does not say what happens without them. */
export function propsWithoutDefault(file: SourceFile): Gap[] {
  return publicMembers(file)
    .filter((member) => ts.isPropertySignature(member) && member.questionToken !== undefined)
    .filter((member) => !ts.getJSDocTags(member).some((tag) => tag.tagName.text === 'default'))
    .map((member) => `${placeOf(file, member)}: ${nameOf(member)}`);
}

/** Paths of the files whose exports are the public API: what lib/index.ts re-exports. */
export function publicFiles(index: SourceFile): string[] {
  return nodesOf(index.ast, ts.isExportDeclaration).flatMap(({ moduleSpecifier }) =>
    moduleSpecifier && ts.isStringLiteral(moduleSpecifier)
      ? [path.posix.join('lib', `${moduleSpecifier.text}.ts`)]
      : [],
  );
}

/** Headings of one level of a Markdown text, outside of code. */
export function headings(markdown: string, level: number): string[] {
  const mark = `${'#'.repeat(level)} `;
  return withoutCode(markdown)
    .split('\n')
    .filter((line) => line.startsWith(mark))
    .map((line) => line.slice(mark.length).trim());
}

/** Targets of all links of a Markdown text, outside of code. */
export function links(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/\]\(([^()\s]+)\)/g)].map((match) => match[1]);
}

/** The anchor that GitHub gives to a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ''));
}

type TypeNode = ts.ClassDeclaration | ts.InterfaceDeclaration | ts.EnumDeclaration;

function inheritsDoc(member: ts.Node, type: ts.Node, types: ReadonlyMap<string, TypeNode>): boolean {
  const clauses = ts.isClassDeclaration(type) || ts.isInterfaceDeclaration(type) ? (type.heritageClauses ?? []) : [];
  const bases = clauses.flatMap((clause) =>
    clause.types.flatMap(({ expression }) => types.get(expression.getText()) ?? []),
  );
  return bases.some((base) => {
    const same = [...base.members].find((one) => nameOf(one) === nameOf(member));
    return (same !== undefined && hasDoc(same)) || inheritsDoc(member, base, types);
  });
}

function typesOf(file: SourceFile): TypeNode[] {
  return file.ast.statements.filter(
    (one) => ts.isClassDeclaration(one) || ts.isInterfaceDeclaration(one) || ts.isEnumDeclaration(one),
  );
}

function publicMembers(file: SourceFile): (ts.ClassElement | ts.TypeElement)[] {
  return typesOf(file)
    .filter((one) => isExported(one) && !isInternal(one))
    .flatMap((one) => [...one.members] as (ts.ClassElement | ts.TypeElement)[])
    .filter((member) => !ts.isConstructorDeclaration(member) && !isHidden(member) && !isInternal(member));
}

function isHidden(member: ts.Node): boolean {
  const flags = ts.getCombinedModifierFlags(member as ts.Declaration);
  return (flags & ts.ModifierFlags.Private) !== 0;
}

function isExported(statement: ts.Statement): boolean {
  if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) return true;
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false)
  );
}

function isReExport(statement: ts.Statement): boolean {
  return ts.isExportDeclaration(statement);
}

function isInternal(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some((tag) => tag.tagName.text === 'internal');
}

function hasDoc(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).length > 0;
}

function nameOf(node: ts.Node): string {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.map((one) => one.name.getText()).join();
  const { name } = node as ts.NamedDeclaration;
  return name ? name.getText() : ts.SyntaxKind[node.kind];
}
