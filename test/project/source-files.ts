import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

/** Root of the project; every path below is relative to it, with forward slashes. */
export const ROOT = path.resolve(__dirname, '../..');

/** A parsed TypeScript file. */
export interface SourceFile {
  /** Relative to the root of the project. */
  readonly path: string;
  readonly text: string;
  readonly ast: ts.SourceFile;
}

/** All TypeScript files below folders of the project, in the order of their paths. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) => filesBelow(folder))
    .filter((file) => file.endsWith('.ts') && !file.includes('/cdk.out/'))
    .sort()
    .map((file) => parsed(file, readText(file)));
}

/** Paths of all files below a folder of the project. */
export function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

/** The text of a file of the project. */
export function readText(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

/** A file as TypeScript's own parser sees it. */
export function parsed(file: string, text: string): SourceFile {
  return { path: file, text, ast: ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true) };
}

/** Every node of a tree that passes a test, from the top. */
export function nodesOf<T extends ts.Node>(root: ts.Node, is: (node: ts.Node) => node is T): T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** `path:line` of a node. */
export function placeOf(file: SourceFile, node: ts.Node): string {
  return `${file.path}:${file.ast.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** The texts of all comments of a file. */
export function commentsOf(file: SourceFile): string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, ts.LanguageVariant.Standard, file.text);
  const comments: string[] = [];
  const literals = nodesOf(file.ast, isLiteral).map((node) => [node.getStart(), node.getEnd()] as const);
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const isComment = [ts.SyntaxKind.SingleLineCommentTrivia, ts.SyntaxKind.MultiLineCommentTrivia].includes(kind);
    const start = scanner.getTokenStart();
    // the scanner alone takes what stands in a regular expression or a template for code
    const within = literals.find(([from, to]) => start >= from && start < to);
    if (within) scanner.resetTokenState(within[1]);
    else if (isComment) comments.push(scanner.getTokenText());
  }
  return comments;
}

function isLiteral(node: ts.Node): node is ts.LiteralExpression | ts.TemplateExpression {
  return ts.isLiteralExpression(node) || ts.isTemplateExpression(node);
}
