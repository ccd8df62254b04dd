import { MAX_COLUMNS } from '../batch/field-memory';
import { joinedName } from './column-name';
import { type FlatFields, type FlatJsonProblem, flattenJson, MAX_DEPTH } from './flat-json';
import { JsonScanner } from './json-scanner';
import { validJson } from './tolerant-json';

/** A value of a document: the text of a plain one as it stands there, null where it is missing, a list, or an object. */
export type JsonNode = string | null | JsonList | JsonObject;
/** The items of a JSON array. */
export type JsonList = readonly JsonNode[];
/** The values of a JSON object by their keys. */
export type JsonObject = ReadonlyMap<string, JsonNode>;

/** Values by flattened key, of which some may still be lists. */
export type RowFields = Map<string, string | null | JsonList>;

/** Whether a value is a JSON array. */
export const isList = (node: JsonNode | undefined): node is JsonList => Array.isArray(node);
/** Whether a value is a JSON object. */
export const isObject = (node: JsonNode | undefined): node is JsonObject => node instanceof Map;

/** Whether a value is neither of them. */
export const isPlain = (node: JsonNode): node is string | null => !isList(node) && !isObject(node);

/** Lists and objects that the documents of one body may have in all: one takes a hundred times the memory of the two bytes that can be one. */
export const MAX_BODY_LISTS = 500_000;

/** Why a document with lists cannot be read. */
export type TreeProblem = FlatJsonProblem | 'too-many-lists';

/** Counts the lists and objects of one body, whose documents may be many. */
export class ListCount {
  private count = 0;

  /** One more; whether they are too many. */
  isExceeded(): boolean {
    this.count += 1;
    return this.count > MAX_BODY_LISTS;
  }
}

/**
 * Reads a JSON document with its lists. Plain values are what they are in {@link flattenJson}; so is what is deeper than a record may be, and a
 * key that an object has twice, or is too long, and an object of too many keys. Lists and objects beyond those that a body may have are
 * `too-many-lists`. An empty text is `malformed-data`.
 */
export function jsonTree(text: string, lists = new ListCount()): { readonly root: JsonNode } | TreeProblem {
  const valid = validJson(text);
  return valid === undefined ? 'malformed-data' : new TreeWalk(`${valid} `, lists).run();
}

class TreeWalk extends JsonScanner {
  private problem?: TreeProblem;

  constructor(
    text: string,
    private readonly lists: ListCount,
  ) {
    super(text);
  }

  run(): { readonly root: JsonNode } | TreeProblem {
    const root = this.node(0);
    return this.problem ?? { root };
  }

  private node(depth: number): JsonNode {
    const first = this.next();
    if (first !== '[' && first !== '{') return this.plain(first);
    if (depth > MAX_DEPTH) this.problem = 'nested-data';
    else if (this.lists.isExceeded()) this.problem = 'too-many-lists';
    return first === '[' ? this.list(depth + 1) : this.object(depth + 1);
  }

  private list(depth: number): JsonList {
    const items: JsonNode[] = [];
    this.at += 1;
    while (!this.problem && this.next() !== ']') {
      if (this.next() === ',') this.at += 1;
      items.push(this.node(depth));
    }
    this.at += 1;
    return items;
  }

  private object(depth: number): JsonObject {
    const values = new Map<string, JsonNode>();
    this.at += 1;
    while (!this.problem && this.next() !== '}') {
      if (this.next() === ',') this.at += 1;
      this.next();
      const key = joinedName('', this.string());
      if (key === undefined) return this.givenUp('name-too-long');
      this.next();
      this.at += 1; // the colon
      if (values.has(key)) return this.givenUp('duplicate-key');
      if (values.size === MAX_COLUMNS) return this.givenUp('too-many-columns');
      values.set(key, this.node(depth));
    }
    this.at += 1;
    return values;
  }

  /** Nothing is read behind a problem. */
  private givenUp(problem: TreeProblem): JsonObject {
    this.problem = problem;
    return new Map();
  }
}

/** The values of an object by flattened key, as {@link flattenJson} gives them; a list in it is its value, too. */
export function fieldsOf(object: JsonObject): RowFields | FlatJsonProblem {
  const fields: RowFields = new Map();
  return flatten(object, '', fields) ?? fields;
}

/** Flattens one JSON object as {@link flattenJson} does, but for lists: they are values of their columns. */
export function flattenWithLists(text: string, lists?: ListCount): RowFields | TreeProblem {
  const flat = flattenJson(text);
  if (flat !== 'nested-data') return flat;
  const tree = jsonTree(text, lists);
  if (typeof tree === 'string') return tree;
  return isObject(tree.root) ? fieldsOf(tree.root) : 'nested-data';
}

/** Whether no value is a list. */
export const isFlat = (fields: RowFields): fields is FlatFields => listIn(fields) === undefined;

/** The first column whose value is a list. */
export function listIn(fields: RowFields): string | undefined {
  for (const [name, value] of fields) if (isList(value)) return name;
  return undefined;
}

function flatten(object: JsonObject, prefix: string, fields: RowFields): FlatJsonProblem | undefined {
  for (const [key, value] of object) {
    const name = joinedName(prefix, key);
    if (name === undefined) return 'name-too-long';
    if (isObject(value)) {
      const problem = flatten(value, `${name}.`, fields);
      if (problem) return problem;
    } else if (fields.has(name)) return 'duplicate-key';
    else if (fields.size === MAX_COLUMNS) return 'too-many-columns';
    else fields.set(name, value);
  }
  return undefined;
}
