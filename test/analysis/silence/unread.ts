import type { Random } from '../data-quality/detectors/traffic';
import type { Told } from './monitor';
import {
  type Body,
  between,
  body,
  type Endpoint,
  FORMATS,
  type Format,
  line,
  pick,
  type Record,
  rows,
  size,
} from './traffic';
import { places, records, type Variant } from './variant';

type Spoiled = (text: string, next: Random) => string;

/** The line of a record that cannot be read. */
type Spoil = (record: Record, next: Random, endpoint: Endpoint) => string | Buffer;

const request =
  (change: (body: Body, next: Random, endpoint: Endpoint) => Partial<Body>): Spoil =>
  (record, next, endpoint) =>
    line({ ...record, request: { ...record.request, ...change(record.request, next, endpoint) } });
const text = (change: Spoiled) => request((body, next) => ({ text: change(body.text, next) }));

const cut: Spoiled = (whole, next) => whole.slice(0, between(1, whole.length - 1, next));
const base64: Spoil = request(({ text: whole }) => ({
  text: Buffer.from(whole).toString('base64'),
  encoding: 'BASE64',
}));
/** Bytes of a text that is no ASCII, as another encoding writes it. */
const latin1: Spoil = ({ answer, request: { text: whole, encoding } }) => {
  const strange =
    encoding === 'JSON' ? whole.replace('{', '{"caf\u00e9":1,') : `caf\u00e9${whole.replace(/^[^,]*/, '')}`;
  return Buffer.from(line({ answer, request: { text: strange, encoding } }), 'latin1');
};

const ANY: { readonly [how: string]: Spoil } = {
  'line cut off': (record, next) => cut(line(record), next),
  'line of UTF-16': (record) => Buffer.from(line(record), 'utf16le'),
  'bytes of Latin-1': latin1,
  'body in base64': base64,
  'encoding unknown': request(() => ({ encoding: 'XML' })),
  'body empty': text(() => ''),
  'no time': (record) => line(record).replace(/"inferenceTime":"[^"]*"/, '"inferenceTime":""'),
  'line of an error page': () => '<html><body>502</body></html>',
};

const names = (columns: Endpoint['columns']): Body =>
  body(
    columns.map(({ name }) => [name, name]),
    'JSON',
  );

/** The names of the columns where their values should be, in both bodies. */
const header =
  (write: (name: string) => string = (name) => name): Spoil =>
  (_, __, { columns }) => {
    const [answer, ...request] = columns.map(({ name }) => write(name));
    return line({
      answer: { text: answer, encoding: 'CSV' },
      request: { text: request.join(','), encoding: 'CSV' },
    });
  };

const JSON_ONLY: { readonly [how: string]: Spoil } = {
  'body cut off': text(cut),
  'body with a key twice': text((whole) => whole.replace('{', '{"a":1,"a":2,')),
  'body a list': text((whole) => `[${whole},${whole}]`),
  'body an error page': text(() => '<html><body>502</body></html>'),
  'values in a list': text((whole) => whole.replace('{', '{"b":[1,2],')),
  'names for values': (_, __, { columns: [answer, ...rest] }) =>
    line({ answer: names([answer]), request: names(rest) }),
  'body of CSV': request((_, next, { columns }) => ({
    text: columns
      .slice(1)
      .map(({ value }) => value(next))
      .join(','),
    encoding: 'CSV',
  })),
};

const CSV_ONLY: { readonly [how: string]: Spoil } = {
  'fields cut off': text((whole) => whole.slice(0, whole.lastIndexOf(','))),
  'one field more': text((whole) => `${whole},1`),
  semicolons: text((whole) => whole.replaceAll(',', ';')),
  tabs: text((whole) => whole.replaceAll(',', '\t')),
  pipes: text((whole) => whole.replaceAll(',', '|')),
  'header above the request': request(({ text: whole }, _, { columns }) => ({
    text: `${columns
      .slice(1)
      .map(({ name }) => name)
      .join(',')}\n${whole}`,
  })),
  'header in both bodies': header(),
  'header in capitals': header((name) => name.toUpperCase()),
  'header in quotes': header((name) => `"${name}"`),
  'header with spaces': header((name) => ` ${name} `),
  'quote not closed': text((whole) => `"${whole}`),
  'body of JSON': request(() => ({ text: '{"message":"busy"}', encoding: 'JSON' })),
};

/** More than 1 % of the records cannot be read: the run is less than whole, and counts all of them. */
function unread(how: string, spoil: Spoil, formats: readonly Format[]): Variant {
  return {
    name: how,
    power: 1,
    window(endpoint, next) {
      const format = pick(formats, next);
      const all = records(endpoint, rows(endpoint, size(next), next), format);
      const least = Math.floor(all.length / 100) + 1;
      const count = next() < 0.5 ? between(least, Math.ceil(all.length / 10), next) : between(least, all.length, next);
      const spoiled = places(count, all.length, next);
      const lines = all.map((one, at) => (spoiled.has(at) ? spoil(one, next, endpoint) : line(one)));
      const isRight = ({ health, unreadable }: Told) =>
        health >= 1 &&
        unreadable.recordCount + unreadable.unreadableCount === all.length &&
        unreadable.unreadableCount >= Math.min(count, all.length - count);
      const traffic = Buffer.concat(lines.flatMap((each) => [Buffer.from(each), Buffer.from('\n')]));
      return { traffic, drawn: `${count} of ${all.length} in ${format}`, isRight };
    },
  };
}

const variants = (spoils: { readonly [how: string]: Spoil }, formats: readonly Format[]) =>
  Object.entries(spoils).map(([how, spoil]) => unread(how, spoil, formats));

/** Records that cannot be read. */
export const UNREAD: readonly Variant[] = [
  ...variants(ANY, FORMATS),
  ...variants(JSON_ONLY, ['JSON']),
  ...variants(CSV_ONLY, ['CSV']),
];
