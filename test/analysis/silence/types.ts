import type { Random } from '../data-quality/detectors/traffic';
import type { Told } from './monitor';
import { between, type Column, FORMATS, type Format, type Nature, pick, rows, size, traffic } from './traffic';
import { changed, columnWith, names, places, records, type Variant } from './variant';

const NUMBERS: readonly Nature[] = ['decimal', 'whole', 'flag'];
const WORDS = ['none', 'one', 'twelve', 'forty', 'hundred', 'many'];

/** What becomes of the values of columns. */
interface Retyped {
  readonly of: readonly Nature[];
  readonly to: (cell: string, next: Random) => string;
}

const RETYPED: { readonly [how: string]: Retyped } = {
  'numbers as words': { of: NUMBERS, to: (_, next) => pick(WORDS, next) },
  'numbers with a unit': { of: NUMBERS, to: (cell) => `${cell} kg` },
  'numbers with a currency': { of: NUMBERS, to: (cell) => `$${cell}` },
  'true as yes': { of: ['boolean'], to: (cell) => (cell === 'true' ? 'yes' : 'no') },
  'true as 1': { of: ['boolean'], to: (cell) => (cell === 'true' ? '1' : '0') },
  'numbers as true or false': { of: NUMBERS, to: (_, next) => String(next() < 0.5) },
  'empty texts': { of: [...NUMBERS, 'boolean', 'category', 'text'], to: () => '' },
  'the text NaN': { of: [...NUMBERS, 'boolean', 'category', 'text'], to: () => 'nan' },
  'the text null': { of: [...NUMBERS, 'boolean', 'category', 'text'], to: () => 'null' },
  'numbers for text': { of: ['category', 'text'], to: (_, next) => String(Math.floor(next() * 1000)) },
};

/** A drawn share of the values of one column means something else; 1 for all. */
function retyped(name: string, how: string, share: (next: Random) => number): Variant {
  const { of, to } = RETYPED[how];
  return {
    name,
    power: name.endsWith('all') ? 1 : 0.99,
    window(endpoint, next) {
      const isMeant = ({ nature }: Column, index: number) =>
        of.includes(nature) && (index > 0 || how !== 'empty texts');
      const index = columnWith(endpoint, isMeant, next);
      if (index === undefined) return undefined;
      const all = rows(endpoint, size(next), next);
      const [some, format] = [share(next), pick(FORMATS, next)];
      const changes = places(Math.ceil(some * all.length), all.length, next);
      const cells = changed(all, index, (cell, at) => (changes.has(at) && cell !== '' ? to(cell, next) : cell));
      const column = endpoint.columns[index];
      const drawn = `${column.nature} ${column.name}, ${changes.size} of ${all.length} in ${format}`;
      return { traffic: traffic(records(endpoint, cells, format)), drawn, isRight: names(column.name) };
    },
  };
}

/** What an endpoint answers where it has no answer. */
const ERRORS = ['error', 'Internal server error', 'None', '#N/A', '"busy"', '{"code":500}'];

/** More than one in a hundred answers are no numbers, which those of a baseline always are: a body of text, or a value of JSON. */
function wrongAnswers(name: string, answerOf: (format: Format, next: Random) => string | undefined): Variant {
  return {
    name,
    power: 1,
    window(endpoint, next) {
      const all = rows(endpoint, size(next), next);
      const format = pick(FORMATS, next);
      const answer = answerOf(format, next);
      if (answer === undefined || !NUMBERS.includes(endpoint.columns[0].nature)) return undefined;
      const wrong = places(between(Math.floor(all.length / 100) + 1, all.length, next), all.length, next);
      const written = records(
        endpoint,
        changed(all, 0, (cell, at) => (wrong.has(at) ? answer : cell)),
        format,
      );
      const isRight = ({ violations }: Told) =>
        violations.some((each) => each.startsWith(`${endpoint.columns[0].name} `));
      return { traffic: traffic(written), drawn: `${answer}, ${wrong.size} of ${all.length} in ${format}`, isRight };
    },
  };
}

/** Some of the answers are none. */
export const ANSWERS: readonly Variant[] = [
  wrongAnswers('texts of errors', (_, next) => pick(ERRORS, next)),
  wrongAnswers('texts of the kind of nan', (_, next) => pick(['nan', 'null', 'undefined'], next)),
  wrongAnswers('null', (format) => (format === 'JSON' ? '' : undefined)),
  wrongAnswers('NaN', (format) => (format === 'JSON' ? 'NaN' : undefined)),
];

const HOW = Object.keys(RETYPED);

/** All values of a column have another type, or 20 to 90 % of them. */
export const TYPES: readonly Variant[] = [
  ...HOW.map((how) => retyped(`${how}, all`, how, () => 1)),
  ...HOW.map((how) => retyped(`${how}, some`, how, (next) => 0.2 + 0.7 * next())),
];
