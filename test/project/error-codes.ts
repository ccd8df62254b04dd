import * as ts from 'typescript';
import { nodesOf, type SourceFile } from './source-files';

const CODE = /^[A-Z][A-Za-z]+$/;
const CODE_FIRST = /^([A-Z][a-z]+[A-Z][A-Za-z]+): /;

/**
 * Every error code of some files: what is handed to a parameter called `code`, whatever function or constructor has it, and
 * the first word of a reason that is written out ("AllUnreadable: ...").
 */
export function errorCodes(files: readonly SourceFile[]): string[] {
  const takers = new Set(files.flatMap(takersOfCodes));
  const handed = files.flatMap((file) => codesHanded(file, takers));
  const written = files.flatMap(codesWritten);
  return [...new Set([...handed, ...written])].filter((code) => !METHODS.includes(code)).sort();
}

/** Words that begin a sentence about a method of comparison, and are no codes. */
const METHODS = ['ChiSquared'];

/** Errors of AWS services, in the services' own words: the rehearsal answers with them, and their section is AWS's. */
const SERVICE_ERRORS = ['ServiceError'];

/** Names of the functions and classes whose first parameter is a code of this library. */
function takersOfCodes(file: SourceFile): string[] {
  const functions = nodesOf(file.ast, ts.isFunctionDeclaration).filter(takesCode);
  const constructors = nodesOf(file.ast, ts.isConstructorDeclaration).filter(takesCode);
  const names = [...functions.map(({ name }) => name), ...constructors.map(({ parent }) => parent.name)];
  return names.flatMap((name) => name?.text ?? []).filter((name) => !SERVICE_ERRORS.includes(name));
}

function takesCode({ parameters: [first] }: ts.FunctionDeclaration | ts.ConstructorDeclaration): boolean {
  return first?.name.getText() === 'code' && first.type?.kind === ts.SyntaxKind.StringKeyword;
}

function codesHanded(file: SourceFile, takers: ReadonlySet<string>): string[] {
  return nodesOf(file.ast, (node) => ts.isCallExpression(node) || ts.isNewExpression(node))
    .map((node) => node as ts.CallExpression | ts.NewExpression)
    .filter(({ expression }) => takers.has(expression.getText()))
    .flatMap((call) => textsOf(call.arguments?.[0]))
    .filter((text) => CODE.test(text));
}

/** The literal, or both of a choice. */
function textsOf(node: ts.Expression | undefined): string[] {
  if (!node) return [];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  return ts.isStringLiteralLike(node) ? [node.text] : [];
}

function codesWritten(file: SourceFile): string[] {
  const texts = nodesOf(file.ast, (node) => ts.isStringLiteralLike(node) || ts.isTemplateHead(node));
  return texts.flatMap((node) => CODE_FIRST.exec((node as ts.LiteralLikeNode).text)?.[1] ?? []);
}
