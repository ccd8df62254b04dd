import { isMembers, type Members } from '../members';
import { type Violation, violation } from './violation';

const ITEM_BYTES = 400 * 1024;
const KEY_BYTES = 2048;
const EXPRESSION_BYTES = 4 * 1024;
const PLACEHOLDER_BYTES = 255;
const SUBSTITUTION_BYTES = 2 * 1024 * 1024;

/**
 * Bytes of an item: names and texts in UTF-8, a digit in half a byte, and some bytes for each list and map. The figures for numbers and lists are the
 * documentation's own approximations.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: Members): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

/**
 * What is too large of an item, or of a key, which is one partition key here.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export function itemFaults(path: 'Item' | 'Key', item: unknown): Violation[] {
  if (!isMembers(item)) return [];
  const bytes = itemBytes(item);
  const tooLarge = bytes > ITEM_BYTES ? [violation(path, `${bytes} bytes`, `have at most ${ITEM_BYTES} bytes`)] : [];
  return path === 'Item' ? tooLarge : Object.entries(item).flatMap(([name, value]) => keyFaults(name, value));
}

/** What is too large of expressions and of what stands in for names and values in them. */
export function requestFaults(input: Members): Violation[] {
  const expressions = ['ConditionExpression', 'UpdateExpression'].flatMap((name) =>
    tooLong(name, input[name], EXPRESSION_BYTES),
  );
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = input;
  const placeholders = Object.keys({ ...(names as object), ...(values as object) });
  const bytes = nameBytes(names as Members) + itemBytes(values as Members);
  const allowed = `have at most ${SUBSTITUTION_BYTES} bytes of names and values of attributes`;
  return [
    ...expressions,
    ...placeholders.flatMap((name) => tooLong(`${name} key`, name, PLACEHOLDER_BYTES)),
    ...(bytes > SUBSTITUTION_BYTES ? [violation('', `${bytes} bytes`, allowed)] : []),
  ];
}

function keyFaults(name: string, value: unknown): Violation[] {
  const bytes = valueBytes(value);
  const allowed = `have 1 to ${KEY_BYTES} bytes`;
  return bytes < 1 || bytes > KEY_BYTES ? [violation(`Key.${name}`, `${bytes} bytes`, allowed)] : [];
}

function tooLong(path: string, text: unknown, most: number): Violation[] {
  const bytes = typeof text === 'string' ? Buffer.byteLength(text) : 0;
  return bytes > most ? [violation(path, `${bytes} bytes`, `have at most ${most} bytes`)] : [];
}

function nameBytes(names: Members): number {
  return Object.entries(names).reduce((sum, [key, name]) => sum + Buffer.byteLength(key + String(name)), 0);
}

/** Of `{"S":"text"}` and the like. */
function valueBytes(value: unknown): number {
  if (!isMembers(value)) return 0;
  const [[type, content] = ['NULL', true]] = Object.entries(value);
  if (type === 'M') return 3 + Object.keys(content as object).length + itemBytes(content as Members);
  if (Array.isArray(content)) return listBytes(type, content);
  return scalarBytes(type, content);
}

function listBytes(type: string, items: readonly unknown[]): number {
  const sizes = items.map((item) => (type === 'L' ? 1 + valueBytes(item) : scalarBytes(type[0] ?? '', item)));
  return (type === 'L' ? 3 : 0) + sizes.reduce((sum, size) => sum + size, 0);
}

function scalarBytes(type: string, content: unknown): number {
  if (type === 'S') return Buffer.byteLength(String(content));
  if (type === 'N') return Math.ceil(String(content).replace(/\D/g, '').length / 2) + 1;
  return type === 'B' ? Buffer.from(content as string).length : 1;
}
