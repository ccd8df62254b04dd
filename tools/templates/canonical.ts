import { isJson, type Json, type TemplateResource } from './template';

/** What stands for a logical id wherever it is referred to; undefined for what is no resource. */
export type Token = (logicalId: string) => string | undefined;

/** Members of policies whose order, and whether one text or a list of one, does not count. */
const SETS = ['Action', 'NotAction', 'Resource', 'NotResource', 'Statement', 'AWS', 'Service', 'Federated'];

const ASSET_HASH = /[0-9a-f]{64}/g;

/**
 * A value as it is compared: keys sorted, references by the token of what they mean, policies without order, tags without order.
 * Hashes of assets stay; `withoutAssets` takes them out.
 */
export function canonical(value: unknown, token: Token): unknown {
  if (Array.isArray(value)) return orderless(value.map((item) => canonical(item, token)));
  if (!isJson(value)) return value;
  return reference(value, token) ?? members(value, token);
}

/** A resource as it is compared. */
export function canonicalResource(resource: TemplateResource, token: Token): Json {
  const { Type, Properties = {}, DependsOn = [], DeletionPolicy, UpdateReplacePolicy } = resource;
  const dependencies = [DependsOn].flat().map((id) => token(id) ?? id);
  return {
    Type,
    Properties: canonical(Properties, token),
    DependsOn: dependencies.sort(),
    DeletionPolicy: DeletionPolicy ?? 'Delete',
    UpdateReplacePolicy: UpdateReplacePolicy ?? 'Delete',
  };
}

/** The text of a value that is not there. */
export const NOTHING = 'nothing';

/** A canonical value as text. */
export function textOf(value: unknown): string {
  return JSON.stringify(value) ?? NOTHING;
}

/** The text with every hash of an asset left out. */
export function withoutAssets(text: string): string {
  return text.replace(ASSET_HASH, '<asset>');
}

/** Logical ids that a value refers to. */
export function referencesOf(value: unknown, token: Token): Set<string> {
  const found = new Set<string>();
  canonical(value, (id) => {
    if (token(id) !== undefined) found.add(id);
    return undefined;
  });
  return found;
}

function reference(value: Json, token: Token): unknown {
  const [[name, argument] = [], ...others] = Object.entries(value);
  if (others.length > 0) return undefined;
  if (name === 'Ref' && typeof argument === 'string') return { Ref: token(argument) ?? argument };
  if (name === 'Fn::GetAtt') {
    const [id, ...attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
    return { 'Fn::GetAtt': [token(String(id)) ?? id, attribute.map((part) => canonical(part, token)).join('.')] };
  }
  if (name === 'Fn::Sub') return { 'Fn::Sub': substitution(argument, token) };
  return undefined;
}

function substitution(argument: unknown, token: Token): unknown {
  const [text, variables] = Array.isArray(argument) ? argument : [argument];
  const named = String(text).replace(/\$\{([^!}.]+)([^}]*)\}/g, (_, id: string, rest: string) => {
    return `\${${token(id.trim()) ?? id.trim()}${rest}}`;
  });
  return variables === undefined ? named : [named, canonical(variables, token)];
}

function members(value: Json, token: Token): Json {
  const entries = Object.entries(value).map(([name, member]) => {
    const made = canonical(member, token);
    return [name, SETS.includes(name) ? sorted([made].flat()) : made] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Lists of tags and the like, `{ Key, Value }`, have no order. */
function orderless(list: unknown[]): unknown[] {
  const isTags = list.length > 0 && list.every((item) => isJson(item) && 'Key' in item && 'Value' in item);
  return isTags ? sorted(list) : list;
}

function sorted(list: unknown[]): unknown[] {
  return list
    .map((item) => [textOf(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);
}
