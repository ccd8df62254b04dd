import * as path from 'node:path';
import * as ts from 'typescript';
import { KINDS } from '../../lib/kind/kinds';
import { nodesOf, parsed, placeOf, readText, type SourceFile } from './source-files';

/** Folders whose files may name kinds: the sheets, and the stand-in for AWS, which knows nothing of this library. */
const EXEMPT = ['lib/kind/', 'lib/cloud/'];

/** What others import of the sheets' folder. */
const DOORS = [
  'kinds',
  'kind-sheet',
  'kind-services',
  'kind-signals',
  'kind-words',
  'monitor-kind',
  'container-violation',
  'counted',
];

const NAMES: readonly string[] = Object.keys(KINDS);
const PROPS: readonly string[] = Object.values(KINDS).map(({ prop }) => prop);
const IN_TEXT = new RegExp(`\\b(${[...NAMES, ...PROPS].join('|')})\\b`);
const OF_CLASS = new RegExp(`^(${NAMES.join('|')})Monitor$`);

/**
 * Places of a file that name a kind of monitor, or decide by one. Outside of the exempt folders,
 *
 * - no text (literal, type or piece of a template) has the name of a kind or of its prop as a word of it, and nothing is called by exactly a kind's name;
 * - a member of `MonitorKind` says what something is: it is an initial value or an argument, and stands in no comparison, list, key or index;
 * - nothing asks whether an object is a monitor of one class;
 * - no single sheet is imported: the table is asked by the kind that one has.
 *
 * Free are names of which a kind is a part, as those of classes and files (`DataQualityMonitor`), comments, and members called as a prop is, which
 * make public types (`options.dataQuality`).
 */
export function namedKinds(file: SourceFile): string[] {
  if (EXEMPT.some((folder) => file.path.startsWith(folder))) return [];
  const places = nodesOf(file.ast, (node): node is ts.Node => faultOf(node) !== undefined);
  return places.map((node) => `${placeOf(file, node)}: ${faultOf(node)}`);
}

function faultOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node) && isSpecifier(node)) return sheetFault(node.text);
  if (isText(node) && IN_TEXT.test(node.text)) return `the text '${node.text}' names a kind`;
  if (ts.isIdentifier(node) && NAMES.includes(node.text)) return `'${node.text}' is the name of a kind`;
  if (isMember(node) && !declares(node)) return `${node.getText()} decides`;
  return isClassTest(node) ? `'${node.getText()}' decides by the class` : undefined;
}

function isText(node: ts.Node): node is ts.LiteralLikeNode {
  return ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
}

function isSpecifier({ parent }: ts.Node): boolean {
  return ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent);
}

function sheetFault(specifier: string): string | undefined {
  const isSheet = specifier.split('/').at(-2) === 'kind' && !DOORS.includes(path.posix.basename(specifier));
  return isSheet ? `imports '${specifier}': ask the table` : undefined;
}

function isMember(node: ts.Node): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && node.expression.getText() === 'MonitorKind';
}

/** Whether a member of the enumeration says what something is. */
function declares(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== node && !isSearch(parent);
}

/** `includes`, `has` and the like compare their argument. */
function isSearch({ expression }: ts.CallExpression | ts.NewExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && /^(includes|indexOf|has|get|equals)$/.test(expression.name.text);
}

function isClassTest(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.InstanceOfKeyword) return false;
  return OF_CLASS.test(node.right.getText());
}

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  types: [],
  skipLibCheck: true,
};

const LIBRARY = new Map<string, ts.SourceFile | undefined>();

/** What the compiler says of a file of the project when some of its files have other texts, as "file: message". */
export function compilerErrors(root: string, texts: { readonly [file: string]: string }): string[] {
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists } = host;
  const nameOf = (file: string) => path.relative(process.cwd(), path.resolve(file)).split(path.sep).join('/');
  host.fileExists = (file) => texts[nameOf(file)] !== undefined || fileExists(file);
  host.getSourceFile = (file, ...rest) => {
    const text = texts[nameOf(file)];
    if (text !== undefined) return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    if (!LIBRARY.has(file)) LIBRARY.set(file, getSourceFile.call(host, file, ...rest));
    return LIBRARY.get(file);
  };
  const program = ts.createProgram([path.resolve(root)], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file ? nameOf(file.fileName) : ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

/** The texts of `kind/` with a fifth kind, whose sheet is made of that of another; `without` leaves a member out of it, by its index. */
export function withFifthKind(without?: number): { readonly [file: string]: string } {
  const sheet = fifthSheet();
  const table = readText('lib/kind/kinds.ts');
  const left = without === undefined ? undefined : membersOf(sheet)[without];
  const text = left ? sheet.text.slice(0, left.getStart()) + sheet.text.slice(left.getEnd() + 1) : sheet.text;
  return {
    ...withFifthName(),
    'lib/kind/fifth.ts': text,
    'lib/kind/kinds.ts': `import { FIFTH } from './fifth';\n${table.replace(': KindTable = {', ': KindTable = {\n  Fifth: FIFTH,')}`,
  };
}

/** The texts of `kind/` with the name of a fifth kind, and nothing else of it. */
export function withFifthName(): { readonly [file: string]: string } {
  const names = readText('lib/kind/monitor-kind.ts');
  return { 'lib/kind/monitor-kind.ts': names.replace(/}\s*$/, "  /** A fifth. */\n  FIFTH = 'Fifth',\n}\n") };
}

/** Paths of the members of a sheet that every sheet has, in their order. */
export function sheetMembers(): string[] {
  return membersOf(fifthSheet()).map(pathOf);
}

function fifthSheet(): SourceFile {
  const text = readText('lib/kind/model-quality.ts');
  const renamed = text
    .replace(/MODEL_QUALITY/g, 'FIFTH')
    .replace("KindSheet<'ModelQuality'>", "KindSheet<'Fifth'>")
    .replace("kind: 'ModelQuality'", "kind: 'Fifth'")
    .replace("prop: 'modelQuality'", "prop: 'fifth'");
  return parsed('lib/kind/fifth.ts', renamed);
}

function membersOf({ ast }: SourceFile): ts.PropertyAssignment[] {
  return nodesOf(ast, ts.isPropertyAssignment);
}

function pathOf(member: ts.PropertyAssignment): string {
  const within = member.parent.parent;
  return [...(ts.isPropertyAssignment(within) ? [pathOf(within)] : []), member.name.getText()].join('.');
}
