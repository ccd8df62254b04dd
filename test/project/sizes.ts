import * as path from 'node:path';
import * as ts from 'typescript';
import { commentsOf, nodesOf, placeOf, type SourceFile } from './source-files';

/** Lines of a function, from its first to its last. */
export const FUNCTION_LINES = 40;
/** Lines of a file. */
export const FILE_LINES = 400;
/** Positional parameters; beyond, a struct. */
export const PARAMETERS = 3;

/** Names that say nothing. */
const FORBIDDEN_NAMES = /(^|-)(utils?|helpers?|common|managers?)(-|\.|$)/;
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.lambda|(\.long)?\.test)?\.ts$/;
/** Words that a comment has only together with the number of an issue. */
const OPEN_END = /\b(TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))/;
const LINT_SUPPRESSION = /biome-ignore|eslint-disable|@ts-ignore|@ts-nocheck/;

type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.AccessorDeclaration;

/** Functions of a file that are too long. */
export function longFunctions(file: SourceFile): string[] {
  return nodesOf(file.ast, isFunction)
    .map((node) => ({ node, lines: linesOf(file, node) }))
    .filter(({ lines }) => lines > FUNCTION_LINES)
    .map(({ node, lines }) => `${placeOf(file, node)}: ${lines} lines`);
}

/** Functions of a file with too many positional parameters. */
export function parameterTrains(file: SourceFile): string[] {
  return nodesOf(file.ast, isFunction)
    .filter((node) => node.parameters.length > PARAMETERS)
    .map((node) => `${placeOf(file, node)}: ${node.parameters.length} parameters`);
}

/** Lines of a file, without the end of the last. */
export function lineCount(file: SourceFile): number {
  return file.text.trimEnd().split('\n').length;
}

/** What is wrong with the name of a file and its folders. */
export function nameFaults(file: string): string[] {
  const parts = file.split('/');
  const faults = parts.filter((part) => FORBIDDEN_NAMES.test(part)).map((part) => `${file}: '${part}' says nothing`);
  return KEBAB_CASE.test(path.posix.basename(file)) ? faults : [...faults, `${file}: not kebab-case`];
}

/** Places where the type checker is switched off. */
export function anyTypes(file: SourceFile): string[] {
  if (!/\bany\b/.test(file.text)) return []; // most files need no parser
  return nodesOf(file.ast, isAny).map((node) => placeOf(file, node));
}

/** Comments that promise work without an issue, or silence a tool. */
export function loudComments(file: SourceFile): string[] {
  if (!isLoud(file.text)) return []; // most files need no parser
  return commentsOf(file)
    .filter(isLoud)
    .map((comment) => `${file.path}: ${comment}`);
}

function isLoud(text: string): boolean {
  return OPEN_END.test(text) || LINT_SUPPRESSION.test(text);
}

function linesOf(file: SourceFile, node: ts.Node): number {
  const [first, last] = [node.getStart(), node.getEnd()].map((at) => file.ast.getLineAndCharacterOfPosition(at).line);
  return last - first + 1;
}

function isFunction(node: ts.Node): node is FunctionNode {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isAccessor(node)
  );
}

function isAny(node: ts.Node): node is ts.KeywordTypeNode {
  return node.kind === ts.SyntaxKind.AnyKeyword;
}
