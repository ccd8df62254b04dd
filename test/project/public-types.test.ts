import * as ts from 'typescript';
import { publicFiles } from './documentation';
import { exported, keywordsIn, nestedUnionsIn, readersText, unreachable, unusualNamesIn } from './exports';
import { nodesOf, parsed, placeOf, type SourceFile, sourceFiles } from './source-files';

const LIB = sourceFiles('lib');
const API = publicFiles(LIB.find((file) => file.path === 'lib/index.ts') as SourceFile);
const PUBLIC = LIB.filter((file) => API.includes(file.path));

/** Members of exported interfaces whose types name a class that CloudFormation's specification made: those are plain resources. */
function plainResources(file: SourceFile): string[] {
  return nodesOf(file.ast, ts.isInterfaceDeclaration)
    .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .flatMap(({ members }) => [...members])
    .filter((member) => /\bCfn[A-Z]/.test(member.getText()))
    .map((member) => placeOf(file, member));
}

/** Where a file of the public API has the type `any`. */
function anyTypes(file: SourceFile): string[] {
  const isAny = (node: ts.Node): node is ts.KeywordTypeNode => node.kind === ts.SyntaxKind.AnyKeyword;
  return nodesOf(file.ast, isAny).map((node) => placeOf(file, node));
}

test('no struct of the public API holds a plain resource: what users have fits, whatever made it', () => {
  expect(PUBLIC).toHaveLength(API.length);
  expect(PUBLIC.flatMap(plainResources)).toEqual([]);
});

test('nothing in the library is of any type', () => {
  expect(LIB.flatMap(anyTypes)).toEqual([]);
});

test('fails for a struct with a plain resource, and for any', () => {
  const file = parsed('lib/a.ts', 'export interface A {\n  readonly b: sagemaker.CfnModel;\n  readonly c: any;\n}');
  expect(plainResources(file)).toEqual(['lib/a.ts:2']);
  expect(anyTypes(file)).toEqual(['lib/a.ts:3']);
});

test('everything that is exported is met by readers, or belongs to something that is', () => {
  expect(unreachable(exported(), readersText())).toEqual([]);
});

test('what internal code alone hands on is not exported', () => {
  const names = exported().map(({ name }) => name);
  expect(names.filter((name) => name.endsWith('Config')).sort()).toEqual(['AnalysisWindowConfig', 'BaselineConfig']); // of engines of users
});

test('no prop, method or parameter is a keyword of C#', () => {
  expect(keywordsIn(exported())).toEqual([]);
});

test('props, methods and parameters are called as the CDK calls them', () => {
  expect(unusualNamesIn(exported())).toEqual([]);
});

test.each(['kmsKey', 'subnetSelection', 'maximumRuntime', 'minimumRows'])('fails for a prop %s', (name) => {
  expect(unusualNamesIn([{ fqn: 'a.A', name: 'A', properties: [{ name }] }])).toEqual([`A.${name}`]);
});

test('no list of lists or maps holds values of several types, which Java cannot be given', () => {
  expect(nestedUnionsIn(exported())).toEqual([]);
});

test('fails for a list of lists of unions, wherever it stands, and for no list or map of unions', () => {
  const union = { union: { types: [{ primitive: 'string' }, { primitive: 'number' }] } };
  const [listOf, mapOf] = ['array', 'map'].map((kind) => (elementtype: object) => ({
    collection: { kind, elementtype },
  }));
  const takes = (type: object) => ({ parameters: [{ name: 'values', type }] });
  const methods = [
    { name: 'lists', ...takes(listOf(listOf(union))) },
    { name: 'maps', ...takes(listOf(mapOf(union))) },
    { name: 'deep', ...takes(mapOf(listOf(listOf(union)))) },
    { name: 'list', ...takes(listOf(union)) },
    { name: 'map', ...takes(mapOf(listOf(union))) },
    { name: 'texts', ...takes(listOf(listOf({ primitive: 'string' }))) },
  ];
  const properties = [{ name: 'rows', type: listOf(listOf(union)) }];
  const types = [{ fqn: 'a.A', name: 'A', initializer: takes(listOf(listOf(union))), methods, properties }];
  expect(nestedUnionsIn(types)).toEqual(['A.constructor', 'A.lists', 'A.maps', 'A.deep', 'A.rows']);
});

test('fails for an export that nothing leads to, and for a keyword', () => {
  const parameters = [{ name: 'params', type: { fqn: 'a.B' } }];
  const types = [
    { fqn: 'a.A', name: 'A', methods: [{ name: 'make', parameters }] },
    { fqn: 'a.B', name: 'B', base: 'a.C' },
    { fqn: 'a.C', name: 'C' },
    { fqn: 'a.D', name: 'D', properties: [{ name: 'event' }] },
  ];
  expect(unreachable(types, 'new A(this)')).toEqual(['D']);
  expect(keywordsIn(types)).toEqual(['A.params', 'D.event']);
});
