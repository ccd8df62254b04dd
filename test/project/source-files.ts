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
    .map(sourceFile);
}

const READ = new Map<string, SourceFile>();

/** Each file is read and parsed once. */
function sourceFile(file: string): SourceFile {
  const found = READ.get(file) ?? parsed(file, readText(file));
  READ.set(file, found);
  return found;
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
  let ast: ts.SourceFile | undefined;
  return {
    path: file,
    text,
    get ast() {
      ast ??= ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
      return ast;
    },
  };
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

const COMMENTS = new Set([ts.SyntaxKind.SingleLineCommentTrivia, ts.SyntaxKind.MultiLineCommentTrivia]);

/** The texts of all comments of a file. */
export function commentsOf(file: SourceFile): string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, ts.LanguageVariant.Standard, file.text);
  const comments: string[] = [];
  const endOfLiteral = new Map(nodesOf(file.ast, isLiteral).map((node) => [node.getStart(), node.getEnd()]));
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    // the scanner alone takes what stands in a regular expression or a template for code
    const end = endOfLiteral.get(scanner.getTokenStart());
    if (end !== undefined) scanner.resetTokenState(end);
    else if (COMMENTS.has(kind)) comments.push(scanner.getTokenText());
  }
  return comments;
}

function isLiteral(node: ts.Node): node is ts.LiteralExpression | ts.TemplateExpression {
  return ts.isLiteralExpression(node) || ts.isTemplateExpression(node);
}
