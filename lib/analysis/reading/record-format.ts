import {
  fieldsOf,
  isFlat,
  isList,
  isObject,
  type JsonNode,
  jsonTree,
  ListCount,
  type RowFields,
  type TreeProblem,
} from './json-tree';
import { linesOf } from './text-lines';

/** Where the rows of a body stand in its JSON. */
export interface RowsPath {
  /** the keys on the way from the body; empty for the body itself */
  readonly keys: readonly string[];
  /** where each row stands in its item of a list at `keys`; absent where there is one row, no list of them */
  readonly itemKeys?: readonly string[];
}

/** How one side of a record is read. */
export interface SideFormat {
  /** bodies of JSON; as flattened objects where absent */
  readonly path?: RowsPath;
  /** of the fields of rows that have none, in order; such rows are the baseline's columns in order where absent */
  readonly names?: readonly string[];
  /** of rows that are objects: what columns are called by the flattened keys at which they stand; null is no column, others keep their names */
  readonly columns?: { readonly [key: string]: string | null };
}

/** How the bodies of captured records become rows. */
export interface RecordFormat {
  readonly request?: SideFormat;
  readonly response?: SideFormat;
}

/** Rows that one JSON body may have: a row takes some hundred times the memory of the two bytes that can be one. */
export const MAX_BODY_ROWS = 10_000;

/** Why no rows were found at a path. */
export type RowsProblem = TreeProblem | 'no-rows-at-path' | 'too-many-rows' | 'unnamed-values' | 'empty-data';

/** Rows of fields without names, or with them. */
export type BodyRows = { readonly csv: string[][] } | { readonly json: RowFields[] };

/**
 * The rows at a path of a JSON document, or of each of JSON Lines: a list is the fields of a row, a plain value a row of one field, and an object has
 * its own names. All of one body are of one kind. An empty list, of rows or of fields, is `empty-data`. A list in an object is `nested-data`, unless lists
 * are kept, as values of their columns.
 */
export function rowsAtPath(data: string, path: RowsPath, keepsLists = false): BodyRows | RowsProblem {
  const documents = documentsOf(data);
  if (typeof documents === 'string') return documents;
  const nodes: JsonNode[] = [];
  for (const document of documents) {
    const found = nodesAt(document, path);
    if (!found) return 'no-rows-at-path';
    if (nodes.length + found.length > MAX_BODY_ROWS) return 'too-many-rows';
    nodes.push(...found);
  }
  return nodes.length === 0 ? 'empty-data' : rowsOf(nodes, keepsLists);
}

function documentsOf(data: string): JsonNode[] | TreeProblem {
  const whole = jsonTree(data);
  if (typeof whole !== 'string') return [whole.root];
  const lines = whole === 'malformed-data' ? linesOf(data).filter((line) => line.trim() !== '') : [];
  if (lines.length < 2) return whole;
  const roots: JsonNode[] = [];
  const lists = new ListCount();
  for (const line of lines) {
    const tree = jsonTree(line, lists);
    if (typeof tree === 'string') return tree;
    roots.push(tree.root);
  }
  return roots;
}

function nodesAt(document: JsonNode, { keys, itemKeys }: RowsPath): JsonNode[] | undefined {
  const node = below(document, keys);
  if (itemKeys === undefined) return node === undefined ? undefined : [node];
  if (!isList(node)) return undefined;
  const nodes: JsonNode[] = [];
  for (const item of node) {
    const row = below(item, itemKeys);
    if (row === undefined) return undefined;
    nodes.push(row);
  }
  return nodes;
}

function below(document: JsonNode, keys: readonly string[]): JsonNode | undefined {
  let node: JsonNode | undefined = document;
  for (const key of keys) node = isObject(node) ? node.get(key) : undefined;
  return node;
}

function rowsOf(nodes: readonly JsonNode[], keepsLists: boolean): BodyRows | RowsProblem {
  const csv: string[][] = [];
  const json: RowFields[] = [];
  for (const node of nodes) {
    const row = isObject(node) ? fieldsOf(node) : textsOf(node);
    if (typeof row === 'string') return row;
    if (!(row instanceof Map)) csv.push(row);
    else if (keepsLists || isFlat(row)) json.push(row);
    else return 'nested-data';
  }
  if (csv.length > 0 && json.length > 0) return 'unnamed-values';
  return json.length > 0 ? { json } : { csv };
}

/** As rows of CSV are: an empty text is missing. */
function textsOf(node: JsonNode): string[] | RowsProblem {
  const items = isList(node) ? node : [node];
  if (items.length === 0) return 'empty-data';
  const texts: string[] = [];
  for (const item of items) {
    if (isList(item) || isObject(item)) return 'nested-data';
    texts.push(item ?? '');
  }
  return texts;
}
