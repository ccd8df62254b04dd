import { Token } from 'aws-cdk-lib';
import type { Problem } from '../core/validation-error';
import type { RowsPath, SideFormat } from './contract';

// Where the placeholders of Clarify's templates stand in the JSON that these make.

/** Rows of requests as a template says, and whether it says no names of their values. */
interface TemplateSide {
  readonly side: SideFormat;
  readonly isUnnamed: boolean;
}

/** Where a template has something: keys from the outside in. */
type Keys = readonly string[];

/** What a template has, and where. */
interface Places {
  /** `$features` and its like */
  readonly marks: { readonly mark: string; readonly keys: Keys }[];
  /** values of single features */
  readonly named: { readonly name: string; readonly keys: Keys }[];
  /** lists of nothing but values of single features */
  readonly lists: { readonly names: string[]; readonly keys: Keys }[];
  /** what is no feature */
  readonly constants: Keys[];
  /** whether it has a placeholder where none can be read, as in a key, or a list of other things beside it */
  isMixed: boolean;
  hasOtherLists: boolean;
}

const PLACEHOLDER = /"\$\{([^}]+)\}"|\$(?:features_kvp|feature_names|features|records|record)\b/g;
/** Begins the text that stands for a placeholder while its template is taken apart: no JSON has it unescaped. */
const MARK = '\u0000';
const NAMED = `${MARK}{`;
const NAMES = '$feature_names';

/**
 * How requests of a template are read, or what is wrong with it.
 *
 * @internal
 */
export function templateSide(template: string, recordTemplate: string | undefined): TemplateSide | Problem[] {
  if (recordTemplate === undefined) return lineSide(template);
  const [content, record] = [placesOf(template), placesOf(recordTemplate)];
  const rows = content && rowsOf(content);
  const found = record && recordOf(record);
  if (rows && found) return { side: { ...found.side, path: joined(rows, found.keys) }, isUnnamed: found.isUnnamed };
  const ofRequest = 'JSON with $records or $record once in the place of a value, known at synthesis';
  return [
    ...(rows ? [] : [{ prop: 'template', got: template, allowed: ofRequest, advice: `as {"instances":$records}` }]),
    ...(found ? [] : [{ prop: 'recordTemplate', got: recordTemplate, allowed: OF_RECORD, advice: IN_LISTS }]),
  ];
}

/** Stands for the value of one feature. */
const OF_ONE = `"$${'{name}'}"`;
const OF_RECORD = `JSON with one of: $features once, $features_kvp once, or ${OF_ONE} once for each feature, in the place of values, known at synthesis`;
const IN_LISTS = `beside ${OF_ONE} are no lists, and in a list of them is nothing else`;

function lineSide(template: string): TemplateSide | Problem[] {
  const places = placesOf(template);
  const record = places && recordOf(places);
  if (record?.isUnnamed) return { side: { path: { keys: [...record.keys] } }, isUnnamed: true };
  const allowed = 'JSON with $features once in the place of a value, known at synthesis';
  return [{ prop: 'template', got: template, allowed, advice: 'as {"features":$features}' }];
}

/** The place of the records of a request, and whether it is that of a list of them. */
function rowsOf({
  marks,
  named,
  lists,
  isMixed,
}: Places): { readonly keys: Keys; readonly isList: boolean } | undefined {
  const [first, ...others] = marks;
  if (isMixed || !first || others.length + named.length + lists.length > 0) return undefined;
  const { mark, keys } = first;
  return mark === '$records' || mark === '$record' ? { keys, isList: mark === '$records' } : undefined;
}

function joined(rows: { readonly keys: Keys; readonly isList: boolean }, record: Keys): RowsPath {
  return rows.isList ? { keys: [...rows.keys], itemKeys: [...record] } : { keys: [...rows.keys, ...record] };
}

/** Where the features of a record stand, and how they are read there. */
interface RecordPlace {
  readonly keys: Keys;
  readonly side: SideFormat;
  readonly isUnnamed: boolean;
}

function recordOf(places: Places): RecordPlace | undefined {
  const { named, lists, isMixed } = places;
  const marks = places.marks.filter(({ mark }) => mark !== NAMES);
  if (isMixed || [marks, named, lists].filter(({ length }) => length > 0).length !== 1) return undefined;
  if (named.length > 0) return byName(places);
  if (marks.length + lists.length > 1) return undefined;
  const [list] = lists;
  if (list)
    return areDistinct(list.names) ? { keys: list.keys, side: { names: list.names }, isUnnamed: false } : undefined;
  const [{ mark, keys }] = marks;
  if (mark === '$features_kvp') return { keys, side: {}, isUnnamed: false };
  return mark === '$features' ? { keys, side: {}, isUnnamed: true } : undefined;
}

/** A list in a row is no column, and makes its record unreadable: a template with one would be read by no record. */
function byName({ named, constants, marks, hasOtherLists }: Places): RecordPlace | undefined {
  if (hasOtherLists || marks.length > 0 || !areDistinct(named.map(({ name }) => name))) return undefined;
  const columns = [
    ...named.map(({ keys, name }) => [keys.join('.'), name] as const),
    ...constants.map((keys) => [keys.join('.'), null] as const),
  ];
  return { keys: [], side: { columns: Object.fromEntries(columns) }, isUnnamed: false };
}

const areDistinct = (names: readonly string[]) => new Set(names).size === names.length;

/** A token cannot be taken apart. */
function placesOf(template: string): Places | undefined {
  if (Token.isUnresolved(template)) return undefined;
  const places: Places = { marks: [], named: [], lists: [], constants: [], isMixed: false, hasOtherLists: false };
  const marked = template.replace(PLACEHOLDER, (found, name?: string) =>
    JSON.stringify(name === undefined ? `${MARK}${found}` : `${NAMED}${name}`),
  );
  find(parsed(marked), [], places);
  return places;
}

/** Undefined for what is no JSON: no placeholder is found in it, which is told. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function find(node: unknown, keys: Keys, places: Places): void {
  if (Array.isArray(node)) findInList(node, keys, places);
  else if (typeof node === 'object' && node !== null) {
    for (const [key, value] of Object.entries(node)) {
      if (key.includes(MARK)) places.isMixed = true;
      find(value, [...keys, key], places);
    }
  } else if (typeof node === 'string' && node.startsWith(NAMED)) {
    places.named.push({ name: node.slice(NAMED.length), keys });
  } else if (typeof node === 'string' && node.startsWith(MARK)) {
    places.marks.push({ mark: node.slice(MARK.length), keys });
  } else places.constants.push(keys);
}

function findInList(list: readonly unknown[], keys: Keys, places: Places): void {
  const names = list.filter((item) => typeof item === 'string').filter((item) => item.startsWith(NAMED));
  if (list.length > 0 && names.length === list.length) {
    places.lists.push({ names: names.map((name) => name.slice(NAMED.length)), keys });
  } else if (JSON.stringify(list).includes(JSON.stringify(MARK).slice(1, -1))) places.isMixed = true;
  else places.hasOtherLists = true;
}
