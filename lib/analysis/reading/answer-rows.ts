import { JsonValues } from './json-values';
import { validJson } from './tolerant-json';

/** What an endpoint answered: as rows of CSV, as a JSON array of plain values, as both where it can be read as both. */
export interface Answer {
  readonly csv?: readonly string[][];
  readonly list?: readonly string[];
}

/**
 * The rows of an answer to `count` rows, where it has one value for each of them on one line: `0.1,0.2`, as the built-in XGBoost answers, or
 * `[0.1, 0.2]`. Undefined for all else.
 *
 * Nothing else can be meant by such a line. One row of so many columns would leave all rows of the request but one without an answer; for a
 * single row of a request, a line is its row, and only brackets around its one value are no part of it.
 */
export function oneAnswerPerRow({ csv, list }: Answer, count: number): string[][] | undefined {
  const answers = [list, lineOf(csv, count)].find((each) => each?.length === count);
  return answers?.map((answer) => [answer.trim()]);
}

function lineOf(csv: Answer['csv'], count: number): readonly string[] | undefined {
  if (count === 1 || csv?.length !== 1) return undefined;
  const [line] = csv;
  return line[0].trimStart().startsWith('[') ? undefined : line; // a list that is none of plain values
}

/** The texts of a JSON array of plain values, an empty one for what is missing; undefined for all that does not begin as an array. */
export function plainList(data: string): string[] | undefined {
  const valid = data.startsWith('[') ? validJson(data) : undefined;
  if (valid === undefined) return undefined;
  const items: string[] = [];
  const ignore = () => {}; // the text is valid, and within the limit of its record
  const sink = { line: (text: string) => items.push(text), tooLong: ignore, malformed: ignore };
  const values = new JsonValues(sink, Number.POSITIVE_INFINITY);
  values.push(valid);
  values.end();
  return items.some((item) => item.startsWith('[') || item.startsWith('{')) ? undefined : items.map(plain);
}

function plain(item: string): string {
  if (item === 'null') return '';
  return item.startsWith('"') ? JSON.parse(item) : item;
}
