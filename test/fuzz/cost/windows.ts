import { captured } from '../../analysis/dataset';
import { NAMES } from './measure';

/** A window of requests that once ended a function for its memory; each is an object of its own. */
export interface HeavyWindow {
  readonly name: 'widths' | 'categories' | 'keys';
  readonly requests: number;
  /** The line of one of them. The first is an ordinary one, so that there is something to check. */
  readonly line: (index: number) => string;
}

const times = (count: number, item: (index: number) => string) => Array.from({ length: count }, (_, at) => item(at));
const ORDINARY = times(200, (row) => NAMES.map((_, column) => `${(row * column) % 50}`).join(',')).join('\n');
const lineOf = (request: Parameters<typeof captured>[0]) => `${captured(request)}\n`;

/** Of another width each, the widest of as many columns as are read. */
const WIDTHS: HeavyWindow = {
  name: 'widths',
  requests: 306,
  line: (index) =>
    lineOf({ input: index === 0 ? ORDINARY : times(8193 - index, (at) => `${(at + index) % 97}.5`).join(',') }),
};

/** With a value of 5 MiB each, no two alike. */
const CATEGORIES: HeavyWindow = {
  name: 'categories',
  requests: 132,
  line: (index) =>
    lineOf({
      input: index === 0 ? ORDINARY : [`${index}`.padEnd(5 * 2 ** 20, 'k'), ...NAMES.slice(1)].join(','),
    }),
};

/** Of keys that no other request has. */
const KEYS: HeavyWindow = {
  name: 'keys',
  requests: 306,
  line: (index) =>
    index === 0
      ? lineOf({ input: ORDINARY })
      : lineOf({ input: `{${times(8190, (at) => `"junk${index}x${at}":${at}`).join(',')}}`, encoding: 'JSON' }),
};

/** What ended functions. */
export const WINDOWS: readonly HeavyWindow[] = [WIDTHS, CATEGORIES, KEYS];
