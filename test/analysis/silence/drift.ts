import type { Random } from '../data-quality/detectors/traffic';
import type { Column } from './traffic';
import { FORMATS, pick, rows, traffic } from './traffic';
import { changed, columnWith, names, records, type Variant } from './variant';

/** Rows of a window of which the size of drift is stated. */
const ROWS = 200;

function drifted(
  name: string,
  isMeant: (column: Column) => boolean,
  change: (cell: string, column: Column, next: Random) => string,
): Variant {
  return {
    name,
    power: 0.99,
    window(endpoint, next) {
      const index = columnWith(endpoint, isMeant, next);
      if (index === undefined) return undefined;
      const column = endpoint.columns[index];
      const all = rows(endpoint, ROWS, next);
      const moved = changed(all, index, (cell) => (cell === '' ? cell : change(cell, column, next)));
      const format = pick(FORMATS, next);
      return {
        traffic: traffic(records(endpoint, moved, format)),
        drawn: `${column.nature} ${column.name}`,
        isRight: names(column.name),
      };
    },
  };
}

/**
 * Drift that `docs/detectors.md` finds in 100 of 100 windows of 100 rows, by a baseline of 10,000: a standard deviation, a flag from 10 % to 90 %, a category of 1 %
 * that becomes 25 %.
 */
export const DRIFT: readonly Variant[] = [
  drifted(
    'a number moves by its standard deviation',
    ({ deviation }) => deviation > 0,
    (cell, { deviation, nature }) =>
      nature === 'whole' ? String(Math.round(Number(cell) + deviation)) : (Number(cell) + deviation).toFixed(2),
  ),
  drifted(
    'a flag from 10 to 90 %',
    ({ nature }) => nature === 'flag',
    (_, __, next) => (next() < 0.9 ? '1' : '0'),
  ),
  drifted(
    'a new category takes half of the records',
    ({ nature }) => nature === 'category',
    (cell, _, next) => (next() < 0.5 ? 'newcomer' : cell),
  ),
];
