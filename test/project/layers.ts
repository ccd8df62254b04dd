import * as path from 'node:path';
import * as ts from 'typescript';
import { nodesOf, type SourceFile } from './source-files';

/** Paths (or packages) that each file imports or re-exports, types included. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** What a file is, for the rules of imports. */
export type Role =
  | 'kind'
  | 'analysis'
  | 'runtime'
  | 'capture-writer'
  | 'report'
  | 'cloud'
  | 'rehearsal'
  | 'cost'
  | 'triage'
  | 'cli'
  | 'contract'
  | 'handler'
  | 'construct'
  | 'pure';

/** Folders of constructs, and what they stand on: one imports only from those with a lower rank, and from itself. */
const RANKS: { readonly [folder: string]: number } = {
  core: 0,
  kind: 1,
  outcome: 2,
  endpoint: 3,
  baseline: 4,
  monitor: 5,
  engine: 6,
  alarm: 6,
  notification: 6,
  retraining: 6,
  'variant-test': 7,
  training: 7,
  dashboard: 7,
  'model-monitoring.ts': 8,
  'index.ts': 9,
};

const ROLES_SEEN_BY: { readonly [role in Role]: readonly Role[] } = {
  kind: ['kind'],
  analysis: ['analysis'],
  runtime: ['runtime', 'analysis', 'contract', 'kind'],
  'capture-writer': ['capture-writer'],
  report: ['report', 'analysis', 'contract', 'kind'],
  handler: ['handler', 'runtime', 'analysis', 'report', 'contract', 'pure', 'kind'],
  contract: ['contract', 'kind'],
  pure: ['pure', 'contract', 'kind'],
  construct: ['construct', 'pure', 'contract', 'kind'],
  cloud: ['cloud'],
  rehearsal: ['rehearsal', 'cloud', 'analysis', 'report', 'contract', 'kind'],
  cost: ['cost', 'cloud', 'contract', 'kind'],
  triage: ['triage', 'runtime', 'contract', 'pure', 'kind'],
  cli: ['cli', 'triage', 'cost', 'rehearsal', 'cloud', 'analysis', 'report', 'contract', 'pure', 'kind'],
};

const NODE = /^node:/;
const CDK = /^(aws-cdk-lib|constructs)(\/|$)/;
const SDK = /^@aws-sdk\//;

const PACKAGES_SEEN_BY: { readonly [role in Role]: readonly RegExp[] } = {
  kind: [],
  analysis: [],
  runtime: [NODE, SDK, /^@smithy\/signature-v4$/, /^hyparquet(\/|$)/], // pure JavaScript, bundled
  'capture-writer': [NODE, /^@aws-sdk\/client-s3$/], // what the user's runtime has
  report: [],
  handler: [NODE, SDK, /^aws-lambda$/],
  contract: [],
  pure: [/^node:crypto$/],
  construct: [NODE, CDK],
  cloud: [NODE, /^lib\/cloud\/.*\.json$/], // tables of figures
  rehearsal: [NODE],
  cost: [/^lib\/cost\/.*\.json$/], // tables of figures
  triage: [/^node:crypto$/],
  cli: [NODE, /^package\.json$/], // its version
};

/** The imports of files; relative ones are resolved to paths of the project, of which `known` are files. */
export function importGraph(files: readonly SourceFile[], known: readonly SourceFile[] = files): ImportGraph {
  const paths = new Set(known.map((file) => file.path));
  return new Map(files.map((file) => [file.path, specifiersOf(file).map((from) => target(file.path, from, paths))]));
}

/** Every import of these files that points the wrong way, as "importer -> imported: why". */
export function wrongImports(graph: ImportGraph, files: Iterable<string> = graph.keys()): string[] {
  return [...files].flatMap((importer) =>
    (graph.get(importer) ?? []).flatMap((one) => {
      const wrong = fault(graph, importer, one);
      return wrong ? [`${importer} -> ${one}: ${wrong}`] : [];
    }),
  );
}

/** What a file is: by its folder, by its suffix, and by whether the CDK is within reach of it. */
export function roleOf(graph: ImportGraph, file: string): Role {
  const folder = file.split('/')[1];
  const ofFolder = (
    ['kind', 'analysis', 'runtime', 'capture-writer', 'report', 'cloud', 'rehearsal', 'cost', 'triage', 'cli'] as const
  ).find((role) => role === folder);
  if (ofFolder) return ofFolder;
  if (path.posix.basename(file) === 'contract.ts') return 'contract';
  if (file.endsWith('.lambda.ts') || file.includes('/handler/')) return 'handler';
  return reachesCdk(graph, file, new Set()) ? 'construct' : 'pure';
}

function specifiersOf(file: SourceFile): string[] {
  const declarations = nodesOf(file.ast, (node) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node));
  const calls = nodesOf(file.ast, ts.isCallExpression).filter(isDynamicImport);
  const types = nodesOf(file.ast, ts.isImportTypeNode).map((node) => node.argument);
  return [
    ...declarations.map((node) => (node as ts.ImportDeclaration | ts.ExportDeclaration).moduleSpecifier),
    ...calls.map((call) => call.arguments[0]),
    ...types.map((type) => (ts.isLiteralTypeNode(type) ? type.literal : undefined)),
  ].flatMap((node) => (node && ts.isStringLiteralLike(node) ? [node.text] : []));
}

function isDynamicImport(call: ts.CallExpression): boolean {
  return (
    call.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(call.expression) && call.expression.text === 'require')
  );
}

function target(importer: string, specifier: string, known: ReadonlySet<string>): string {
  if (!specifier.startsWith('.')) return specifier;
  const base = path.posix.join(path.posix.dirname(importer), specifier);
  const found = [`${base}.ts`, `${base}/index.ts`, base].find((candidate) => known.has(candidate));
  return found ?? base;
}

function fault(graph: ImportGraph, importer: string, imported: string): string | undefined {
  const role = roleOf(graph, importer);
  if (!graph.has(imported)) {
    const allowed = PACKAGES_SEEN_BY[role].some((pattern) => pattern.test(imported));
    return allowed ? undefined : `'${role}' does not import this package`;
  }
  const other = roleOf(graph, imported);
  if (role === 'analysis' && isOfAnotherKind(importer, imported))
    return "one kind's analysis does not import another's";
  if (!ROLES_SEEN_BY[role].includes(other)) return `'${role}' does not import '${other}'`;
  if (imported.endsWith('.lambda.ts')) return 'nothing imports the entry point of a function';
  return rankFault(importer, imported);
}

/** Folders of `analysis/` that belong to one kind of monitor each. */
const KINDS_OF_ANALYSIS = ['data-quality', 'model-quality', 'bias', 'attribution'];

function isOfAnotherKind(importer: string, imported: string): boolean {
  const [from, to] = [importer, imported].map((file) => file.split('/')[2]);
  return from !== to && KINDS_OF_ANALYSIS.includes(from) && KINDS_OF_ANALYSIS.includes(to);
}

function rankFault(importer: string, imported: string): string | undefined {
  const [from, to] = [importer, imported].map((file) => file.split('/')[1]);
  if (from === to || RANKS[from] === undefined || RANKS[to] === undefined) return undefined;
  return RANKS[to] < RANKS[from] ? undefined : `'${from}' does not import from '${to}'`;
}

function reachesCdk(graph: ImportGraph, file: string, seen: Set<string>): boolean {
  if (CDK.test(file)) return true;
  if (seen.has(file)) return false;
  seen.add(file);
  return (graph.get(file) ?? []).some((imported) => reachesCdk(graph, imported, seen));
}
