import type { Random } from '../data-quality/detectors/traffic';
import { between, body, type Endpoint, type Fields, member, pick, type Record, rows, size, traffic } from './traffic';
import { places, records, type Variant } from './variant';

type Rename = (name: string) => string;

const camel: Rename = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
const RENAMED: { readonly [how: string]: Rename } = {
  'in capitals': (name) => name.toUpperCase(),
  'in camel case': camel,
  'in Pascal case': (name) => camel(`_${name}`),
  'with hyphens': (name) => name.replaceAll('_', '-'),
  'with a prefix': (name) => `x_${name}`,
  'with a suffix': (name) => `${name}_v2`,
  'with a space behind': (name) => `${name} `,
};

/** Records whose fields were rewritten, column by column. */
function rewritten(endpoint: Endpoint, next: Random, rewrite: (fields: Fields) => Fields): Record[] {
  return rows(endpoint, size(next), next).map((row) => {
    const fields: Fields = endpoint.columns.map(({ name }, index) => [name, row[index]]);
    return { answer: body(rewrite(fields.slice(0, 1)), 'JSON'), request: body(rewrite(fields.slice(1)), 'JSON') };
  });
}

/** Some of the columns, one at least. */
function someColumns({ columns }: Endpoint, next: Random): ReadonlySet<string> {
  const chosen = places(between(1, columns.length, next), columns.length, next);
  return new Set(columns.flatMap(({ name }, index) => (chosen.has(index) ? [name] : [])));
}

/** A deterministic variant: every column that it takes away is named. */
function lost(name: string, rewrite: (affected: ReadonlySet<string>) => (fields: Fields) => Fields): Variant {
  return {
    name,
    power: 1,
    window(endpoint, next) {
      const affected = someColumns(endpoint, next);
      const drawn = `${[...affected]}`;
      const isRight = ({ violations, status }: { violations: readonly string[]; status: string }) =>
        status === 'CompletedWithViolations' &&
        [...affected].every((one) => violations.includes(`${one} missing_column_check`));
      return { traffic: traffic(rewritten(endpoint, next, rewrite(affected))), drawn, isRight };
    },
  };
}

const renamed = (how: string) =>
  lost(
    `renamed ${how}`,
    (affected) => (fields) => fields.map(([name, cell]) => [affected.has(name) ? RENAMED[how](name) : name, cell]),
  );

const wrapped = lost('wrapped below another key', (affected) => (fields) => {
  const inner = fields.filter(([name]) => affected.has(name));
  const outer = fields.filter(([name]) => !affected.has(name));
  return inner.length === 0 ? outer : [...outer, ['features', `{${inner.map(member).join(',')}}`]];
});

const dropped = lost(
  'dropped in all records',
  (affected) => (fields) => fields.filter(([name]) => !affected.has(name)),
);

/** What may stand for a value that is not there. */
const NOTHING: { readonly [how: string]: (fields: Fields, name: string) => Fields } = {
  'no key': (fields, name) => fields.filter(([other]) => other !== name),
  null: (fields, name) => fields.map(([other, cell]) => [other, other === name ? '' : cell]),
  NaN: (fields, name) => fields.map(([other, cell]) => [other, other === name ? 'NaN' : cell]),
};

const droppedInSome = (how: string): Variant => ({
  name: `${how} in 20 to 90 % of the records`,
  power: 0.99,
  window(endpoint, next) {
    const { name } = pick(endpoint.columns, next);
    const share = 0.2 + 0.7 * next();
    const all = rewritten(endpoint, next, (fields) => fields);
    const gone = places(Math.ceil(share * all.length), all.length, next);
    const lacking = rewritten(endpoint, next, (fields) => NOTHING[how](fields, name));
    const mixed = all.map((one, at) => (gone.has(at) ? lacking[at % lacking.length] : one));
    const isRight = ({ violations }: { violations: readonly string[] }) =>
      violations.includes(`${name} completeness_check`);
    return { traffic: traffic(mixed), drawn: `${name} ${share}`, isRight };
  },
});

/** A column is called otherwise, or lacks. */
export const KEYS: readonly Variant[] = [
  ...Object.keys(RENAMED).map(renamed),
  wrapped,
  dropped,
  ...Object.keys(NOTHING).map(droppedInSome),
];

/** Columns that the baseline lacks, in some of the records. */
interface Unknown {
  readonly name: string;
  /** in how many of so many records */
  readonly count: (rows: number, next: Random) => number;
  /** those of one of these records */
  readonly added: (next: Random) => (at: number) => Fields;
  readonly isFound: boolean;
}

function unknown({ name, count, added, isFound }: Unknown): Variant {
  return {
    name,
    power: 1,
    window(endpoint, next) {
      const all = rows(endpoint, size(next), next);
      const chosen = places(count(all.length, next), all.length, next);
      const extra = added(next);
      const written = records(endpoint, all, 'JSON').map((one, at) => {
        if (!chosen.has(at)) return one;
        const usual = endpoint.columns.slice(1).map(({ name }, index): Fields[number] => [name, all[at][index + 1]]);
        return { ...one, request: body([...usual, ...extra(at)], 'JSON') };
      });
      const isRight = ({ violations }: { violations: readonly string[] }) =>
        violations.includes('Unknown columns extra_column_check') === isFound;
      return { traffic: traffic(written), drawn: `${chosen.size} of ${all.length}`, isRight };
    },
  };
}

/** One to three columns, the same in all of the records. */
const same = (next: Random) => {
  const fields = Array.from({ length: between(1, 3, next) }, (_, index): Fields[number] => [
    `extra_${index}`,
    pick(['1', 'x', 'true'], next),
  ]);
  return () => fields;
};

/** A column of its own in each record. */
const another = () => (at: number) => [[`extra_${at}`, '1'] as const];

const above = (percent: number, all: number, next: Random) => between(Math.floor((all * percent) / 100) + 1, all, next);

/** Columns that the baseline lacks. */
export const UNKNOWN: readonly Variant[] = [
  {
    name: 'in more than 1 % of the records',
    added: same,
    isFound: true,
    count: (all: number, next: Random) => above(1, all, next),
  },
  {
    name: 'another one in each of more than 1 % of the records',
    added: another,
    isFound: true,
    count: (all: number, next: Random) => above(1, all, next),
  },
  {
    name: 'in 1 % of the records or fewer',
    added: same,
    isFound: false,
    count: (all: number) => Math.floor(all / 100),
  },
  {
    name: 'another one in each of 1 % of the records or fewer',
    added: another,
    isFound: false,
    count: (all: number) => Math.floor(all / 100),
  },
].map(unknown);
