import * as ts from 'typescript';
import { nodesOf, parsed, placeOf, readText, type SourceFile, sourceFiles } from './source-files';

/** Where the sentences of SageMaker's containers become figures. */
const PARSER = 'lib/outcome/container-wording.ts';

/** Words of a container's sentences, of which each of the parser's patterns has some. */
const WORDS = [
  'requirement is not met',
  'expected data type',
  'expected match',
  'exceeds',
  'threshold:',
  'columns in current dataset',
  'thanthreshold',
  "doesn't meet",
  'attribution drift',
];

/** Functions that look for one text in another. */
const SEARCHES =
  /^(RegExp|match|matchAll|search|includes|startsWith|endsWith|indexOf|lastIndexOf|split|replace|replaceAll)$/;

/** Places of a file that look for a container's words in a text. To write them is free, and to compare a name as a whole. */
function matchedWords(file: SourceFile): string[] {
  return file.path === PARSER
    ? []
    : patternsOf(file)
        .filter(hasWords)
        .map((node) => placeOf(file, node));
}

/** Regular expressions, and what is given to a search first. */
function patternsOf({ ast }: SourceFile): ts.LiteralLikeNode[] {
  return [...nodesOf(ast, ts.isRegularExpressionLiteral), ...nodesOf(ast, ts.isStringLiteralLike).filter(isSearched)];
}

function isSearched(node: ts.Node): boolean {
  const call = node.parent;
  if (!(ts.isCallExpression(call) || ts.isNewExpression(call)) || call.arguments?.[0] !== node) return false;
  const { expression } = call;
  return SEARCHES.test(ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText());
}

const hasWords = ({ text }: ts.LiteralLikeNode) => WORDS.some((words) => text.toLowerCase().includes(words));

test("no file but the parser matches on the words of a container's sentences", () => {
  expect(sourceFiles('lib').flatMap(matchedWords)).toEqual([]);
});

test('each pattern of the parser has words by which it would be found elsewhere', () => {
  const patterns = patternsOf(parsed(PARSER, readText(PARSER)));
  expect(patterns.length).toBeGreaterThan(0);
  expect(patterns.filter((pattern) => !hasWords(pattern)).map(({ text }) => text)).toEqual([]);
});

test.each([
  'const seen = /distance: (.+) exceeds threshold: (.+)/.exec(description);',
  'const isMissing = /Requirement is NOT met/i.test(description);',
  "const isType = description.includes('Expected data type');",
  "const [, seen] = description.split('exceeds threshold');",
  'const pattern = new RegExp(`was (Less|Greater)ThanThreshold`);',
])('fails when a file says %j', (text) => {
  expect(matchedWords(parsed('lib/notification/one.ts', text))).toEqual(['lib/notification/one.ts:1']);
});

test.each([
  'const description = `Feature attribution drift $' + '{score} exceeds threshold 0.9`;',
  "const description = 'Data completeness requirement is not met.';",
  "const isBeyond = operator === 'LessThanThreshold' ? value < threshold : value > threshold;",
  "const isOther = reason.includes('Job inputs had no data');",
])('passes when a file says %j', (text) => {
  expect(matchedWords(parsed('lib/analysis/one.ts', text))).toEqual([]);
});
