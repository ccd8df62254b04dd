import type { Random } from '../data-quality/detectors/traffic';
import {
  body,
  type Endpoint,
  type Fields,
  FORMATS,
  type Format,
  type Nature,
  pick,
  type Record,
  rows,
  size,
  traffic,
} from './traffic';
import { places, records } from './variant';

/** How a value may be written without another meaning; as it is where there is no other way. */
type Rewritten = (cell: string, nature: Nature, next: Random) => string;

const isNumber = (nature: Nature) => nature === 'decimal' || nature === 'whole' || nature === 'flag';
const spaces = (next: Random) => ' '.repeat(Math.floor(3 * next()));

const CELLS: { readonly [how: string]: Rewritten } = {
  'whole numbers among decimals': (cell, nature) => (nature === 'decimal' ? String(Number(cell)) : cell),
  'whole numbers with a fraction': (cell, nature) => (nature === 'whole' || nature === 'flag' ? `${cell}.0` : cell),
  'zeros behind decimals': (cell, nature) => (nature === 'decimal' ? `${cell}00` : cell),
  exponents: (cell, nature) => (isNumber(nature) ? Number(cell).toExponential() : cell),
  'outer spaces': (cell, _, next) => spaces(next) + cell + spaces(next),
  'the case of true': (cell, nature, next) =>
    nature === 'boolean' ? pick([cell.toUpperCase(), cell[0].toUpperCase() + cell.slice(1)], next) : cell,
};

/** How a body may be written. */
type Rearranged = (fields: Fields, format: Format, next: Random) => string;

const BODIES: { readonly [how: string]: { readonly format: Format; readonly write: Rearranged } } = {
  'keys in another order': {
    format: 'JSON',
    write: (fields, format, next) => {
      const order = [...places(fields.length, fields.length, next)];
      return body(
        order.map((index) => fields[index]),
        format,
      ).text;
    },
  },
  'white space in JSON': {
    format: 'JSON',
    write: (fields, format) => JSON.stringify(JSON.parse(body(fields, format).text), null, 2),
  },
  'quotes around fields': {
    format: 'CSV',
    write: (fields) => fields.map(([, cell]) => (cell === '' ? '' : `"${cell}"`)).join(','),
  },
  'a line break behind': { format: 'CSV', write: (fields, format) => `${body(fields, format).text}\r\n` },
};

/** A window that is drawn as the baseline is, and the same records written otherwise. */
export interface SameWindow {
  readonly plain: string;
  readonly otherwise: string;
  readonly drawn: string;
}

/** A share of the values, or of the bodies, is written otherwise. */
export function sameWindow(endpoint: Endpoint, next: Random): SameWindow {
  const how = pick([...Object.keys(CELLS), ...Object.keys(BODIES)], next);
  const format = BODIES[how]?.format ?? pick(FORMATS, next);
  const all = rows(endpoint, size(next), next);
  const share = pick([0.02, 0.5, 1], next);
  const write = CELLS[how]
    ? records(
        endpoint,
        all.map((row) => row.map((cell, index) => cellOf(cell, index))),
        format,
      )
    : all.map(recordOf);
  return {
    plain: traffic(records(endpoint, all, format)),
    otherwise: traffic(write),
    drawn: `${how}, ${share} of ${all.length} in ${format}`,
  };

  function cellOf(cell: string, index: number): string {
    return cell === '' || next() > share ? cell : CELLS[how](cell, endpoint.columns[index].nature, next);
  }

  function recordOf(row: readonly string[]): Record {
    const fields: Fields = endpoint.columns.map(({ name }, index) => [name, row[index]]);
    const bodyOf = (part: Fields) =>
      next() > share ? body(part, format) : { text: BODIES[how].write(part, format, next), encoding: format };
    return { answer: bodyOf(fields.slice(0, 1)), request: bodyOf(fields.slice(1)) };
  }
}
