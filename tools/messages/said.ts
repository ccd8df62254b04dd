import * as ts from 'typescript';
import { nodesOf, type SourceFile, sourceFiles } from '../../test/project/source-files';

/** What a file says to people. */
export interface Said {
  /** of the file, from the project on */
  readonly path: string;
  readonly texts: readonly string[];
}

/** Words from which on a text is taken for something that is said. */
const WORDS = 4;

/**
 * What the library says to people, file by file: every text of its code that is a phrase. What stands in a template at run time is `{...}`. Texts in the stand-in for AWS are the
 * services' own, and are left out.
 */
export function said(): Said[] {
  const files = sourceFiles('lib').filter(({ path }) => !path.startsWith('lib/cloud/'));
  return files.map((file) => ({ path: file.path, texts: messagesOf(file) })).filter(({ texts }) => texts.length > 0);
}

function messagesOf(file: SourceFile): string[] {
  return nodesOf(file.ast, (node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node))
    .map((node) => textOf(node as ts.StringLiteralLike | ts.TemplateExpression))
    .filter((text) => text.trim().split(/\s+/).length >= WORDS);
}

function textOf(node: ts.StringLiteralLike | ts.TemplateExpression): string {
  const text = ts.isTemplateExpression(node)
    ? node.head.text + node.templateSpans.map(({ literal }) => `{...}${literal.text}`).join('')
    : node.text;
  return text.replace(/\s+/g, ' ');
}
