import type { TableProfile } from '../../profile/table-profile';
import { answersLeft, type RecordTransformation } from '../../reading/record-transformation';

/**
 * Share of the records whose answers may lack, or have another type, although those of the baseline never did. A model does not draw the types of
 * what it answers: beyond this share no chance explains it, however small the window.
 */
const WRONG_ANSWERS_LIMIT = 0.01;

/** Whether more answers than chance makes are wrong, of so many; false of none. */
export const areTooManyWrong = (wrong: number, of: number): boolean => wrong / of > WRONG_ANSWERS_LIMIT;

/**
 * The columns of a table that an endpoint answered, by the names that the baseline has for them. A column that is made of the keys of a text in an
 * answer is none of them: its name is not known before.
 */
export function answerColumns(
  { shape, answers = 0, answerNames }: TableProfile,
  names: readonly string[],
  transformations: readonly RecordTransformation[] = [],
): ReadonlySet<string> {
  if (shape === 'width') return new Set(names.slice(0, answersLeft(transformations, answers)));
  return new Set(transformations.reduce(changedNames, [...answerNames]));
}

function changedNames(names: readonly string[], each: RecordTransformation): string[] {
  if ('rename' in each) return names.map((name) => (Object.hasOwn(each.rename, name) ? each.rename[name] : name));
  return names.flatMap((name) => namesOf(name, each));
}

/** What becomes of a column by any other change. */
function namesOf(name: string, each: Exclude<RecordTransformation, { readonly rename: unknown }>): readonly string[] {
  if ('drop' in each) return each.drop.includes(name) ? [] : [name];
  if ('unwrap' in each) return [name.startsWith(`${each.unwrap}.`) ? name.slice(each.unwrap.length + 1) : name];
  if ('parseCsv' in each) return each.parseCsv === name ? each.names : [name];
  if ('parseJson' in each) return each.parseJson === name ? [] : [name];
  if (!('spread' in each) || each.spread !== name) return [name];
  return Array.from({ length: each.length }, (_, index) => `${name}.${index}`);
}
