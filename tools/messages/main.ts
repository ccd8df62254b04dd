import * as ts from 'typescript';
import { nodesOf, type SourceFile, sourceFiles } from '../../test/project/source-files';

// Prints what the library says to people, file by file, so that it can be read in a row: every text of its code that is a phrase. What stands in a
// template at run time is `{...}`. Texts in the stand-in for AWS are the services' own, and are left out.

/** Words from which on a text is taken for something that is said. */
const WORDS = 4;

for (const file of sourceFiles('lib').filter(({ path }) => !path.startsWith('lib/cloud/'))) {
  const said = messagesOf(file);
  if (said.length > 0) process.stdout.write(`\n${file.path}\n${said.map((line) => `  ${line}\n`).join('')}`);
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
