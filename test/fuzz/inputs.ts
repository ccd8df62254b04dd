import * as fc from 'fast-check';
import { TEXT_BYTES } from '../../lib/analysis/batch/field-memory';

/** Bytes of a file, and where it is cut into chunks. */
export interface CutFile {
  readonly text: string;
  /** replaces the text where a test needs bytes that are no UTF-8 */
  readonly bytes?: Uint8Array;
  /** odd ones are counted from the end */
  readonly cuts: readonly number[];
  /** how far before the end of a reader's piece the text begins, behind one long line; absent for most */
  readonly before?: number;
}

/** The file's chunks: every byte is in one of them, some may be empty. */
export function chunksOf({ text, bytes = Buffer.from(text), cuts, before }: CutFile): Uint8Array[] {
  const line = before === undefined ? '' : `${'x'.repeat(TEXT_BYTES - before)}\n`;
  const all = Buffer.concat([Buffer.from(line), bytes]);
  const place = (cut: number) => (cut % 2 === 0 ? Math.min(cut, all.length) : Math.max(0, all.length - cut));
  const at = [0, ...cuts.map(place).sort((a, b) => a - b), all.length];
  return at.slice(1).map((to, index) => all.subarray(at[index], to));
}

const place = {
  cuts: fc.array(fc.nat(300), { maxLength: 4 }),
  before: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(140) }),
};

const unit = (characters: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), maxLength, size: 'max' });

/** Values that decide types, and those that break readers. */
export const value = fc.oneof(
  fc.integer({ min: -5, max: 5 }).map(String),
  fc.double({ min: -9, max: 9, noNaN: true }).map((number) => number.toFixed(2)),
  fc.double().map(String),
  fc.constantFrom(
    '',
    'red',
    'green',
    'true',
    'false',
    '1e3',
    '.5',
    '-',
    '- 5',
    ' 7',
    '1e999',
    '-1E-999',
    'NaN',
    'NullValue',
    '0',
    '-0',
  ),
  fc.constantFrom('__proto__', 'constructor', 'a'.repeat(40), 'é€😀', '\u0000', '99999999999999999999'),
);

/** Rows of two values, the first of which is there: a row of nothing is a blank line. */
export const rows = fc.array(
  fc.tuple(value, value).filter(([first]) => first !== '' && first.trim() === first),
  { maxLength: 40, size: 'max' },
);

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Some fields in quotes, although none needs them. */
const csvRow = fc
  .tuple(value, value, fc.boolean())
  .map(([a, b, quotes]) => (quotes ? `${quoted(a)},${quoted(b)}` : `${a},${b}`));

/** CSV as it may come, and what is hardly CSV. */
export const csvFile: fc.Arbitrary<CutFile> = fc.record({
  text: fc.oneof(
    unit('a1,"\n\r .-é€\t', 120),
    fc
      .tuple(fc.array(fc.oneof(csvRow, unit('a1,"\n\r é', 20)), { maxLength: 12 }), fc.constantFrom('\n', '\r\n', '\r'))
      .map(([lines, lineBreak]) => ['a,b', ...lines].join(lineBreak)),
    fc.array(csvRow, { maxLength: 12 }).map((lines) => `\ufeff${['a,b', ...lines].join('\n')}\n`),
  ),
  ...place,
});

/** Any bytes, mostly those that mean something. */
export const binaryFile: fc.Arbitrary<CutFile> = fc
  .array(
    fc.oneof(
      fc.constantFrom(44, 34, 10, 13, 49, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0xff, 0xef, 0xbb, 0xbf),
      fc.nat(255),
    ),
    {
      maxLength: 120,
      size: 'max',
    },
  )
  .chain((bytes) => fc.record({ text: fc.constant(''), bytes: fc.constant(Uint8Array.from(bytes)), ...place }));

const key = fc.constantFrom('a', 'b', 'c d', '', '__proto__', 'a.b', 'é');
const flat = fc.dictionary(
  key,
  fc.oneof(value, fc.integer(), fc.boolean(), fc.constant(null), fc.dictionary(key, value, { maxKeys: 2 })),
  {
    maxKeys: 3,
  },
);

/** JSON documents, whole, cut off, and what is hardly JSON. */
export const jsonText = fc.oneof(
  unit('{}[]",:\\ \n1ae-€', 100),
  fc.array(flat, { maxLength: 5 }).map((records) => JSON.stringify(records)),
  fc.array(flat, { maxLength: 5 }).map((records) => records.map((record) => JSON.stringify(record)).join('\n')),
  fc
    .tuple(fc.array(flat, { maxLength: 5 }), fc.nat(200))
    .map(([records, end]) => JSON.stringify(records, null, 1).slice(0, end)),
  fc.json({ maxDepth: 4 }),
);

export const jsonFile: fc.Arbitrary<CutFile> = fc.record({ text: jsonText, ...place });

const time = fc.constantFrom(
  '2024-05-01T10:30:00Z',
  '2024-05-01T11:30:00.123456789+01:00',
  '2024-05-01T23:00:00Z',
  '{%s}',
  '',
  7,
  null,
);
const csvData = fc.oneof(
  csvRow,
  fc.array(csvRow, { maxLength: 3 }).map((lines) => lines.join('\n')),
  unit('a1,"\n\r', 20),
);
const side = fc.oneof(
  fc.record({ data: csvData, encoding: fc.constant('CSV') }),
  fc.record({
    data: fc.oneof(
      flat.map((record) => JSON.stringify(record)),
      jsonText,
    ),
    encoding: fc.constant('JSON'),
  }),
  fc.record(
    { data: fc.anything(), encoding: fc.constantFrom('CSV', 'JSON', 'BASE64', 'XML', 3, undefined) },
    { requiredKeys: [] },
  ),
  fc.constantFrom(undefined, null, 'text', []),
);
const record = fc
  .record({
    captureData: fc.oneof(
      { weight: 9, arbitrary: fc.record({ endpointInput: side, endpointOutput: side }) },
      { weight: 1, arbitrary: fc.anything() },
    ),
    eventMetadata: fc.oneof(
      { weight: 9, arbitrary: fc.record({ inferenceTime: time }) },
      { weight: 1, arbitrary: fc.anything() },
    ),
  })
  .map((each) => JSON.stringify(each, (_, item) => (typeof item === 'bigint' ? String(item) : item)));

/** Captured records: as an endpoint writes them, and what might lie beside. */
export const captureFile: fc.Arbitrary<CutFile> = fc.record({
  text: fc
    .array(
      fc.oneof(
        { weight: 8, arbitrary: record },
        { weight: 1, arbitrary: jsonText },
        { weight: 1, arbitrary: fc.string() },
      ),
      { maxLength: 6 },
    )
    .map((lines) => lines.join('\n')),
  ...place,
});

/** What an endpoint writes again and again in one layout: only the strings between change. */
const LAYOUTS: readonly ((strings: Strings) => string)[] = [
  ({ output, input, time, id }) =>
    `{"captureData":{"endpointInput":{"observedContentType":"text/csv","mode":"INPUT","data":${input},"encoding":"CSV"},"endpointOutput":{"data":${output},"encoding":"CSV"}},"eventMetadata":{"eventId":${id},"inferenceTime":${time}},"eventVersion":"0"}`,
  ({ output, input, time, id }) =>
    `{ "eventMetadata": { "inferenceTime": ${time}, "eventId": ${id} }, "captureData": { "endpointOutput": { "encoding": "CSV", "data": ${output} }, "endpointInput": { "encoding": "CSV", "data": ${input} } } }`,
  ({ input, time }) =>
    `{"captureData":{"endpointInput":{"data":${input},"encoding":"CSV"}},"eventMetadata":{"inferenceTime":${time}}}`,
];

interface Strings {
  readonly output: string;
  readonly input: string;
  readonly time: string;
  readonly id: string;
}

const digits = fc.array(fc.oneof(fc.integer({ min: -9, max: 99 }).map(String), fc.constantFrom('', ' ', '1.5', 'x')), {
  minLength: 1,
  maxLength: 3,
});
const plainData = digits.map((fields) => fields.join(','));
const layoutData = fc
  .oneof(
    { weight: 6, arbitrary: plainData },
    { weight: 1, arbitrary: plainData.map((row) => `${row}\n`) },
    { weight: 1, arbitrary: csvData },
  )
  .map((data) => JSON.stringify(data));
const layoutTime = fc.oneof(
  fc
    .tuple(fc.nat(99), fc.nat(99))
    .map(([minute, second]) => `2024-05-01T10:${String(minute).padStart(2, '0')}:${String(second).padStart(2, '0')}Z`),
  fc.constantFrom(
    '2024-05-01T09:59:59Z',
    '2024-05-01T11:00:00Z',
    '2024-05-01T24:00:00Z',
    '2024-05-01T24:00:01Z',
    '2024-13-01T10:00:00Z',
    '{%s}',
  ),
);

const layoutLine = fc
  .record({
    layout: fc.constantFrom(0, 0, 0, 1, 2),
    output: layoutData,
    input: layoutData,
    time: layoutTime.map((text) => JSON.stringify(text)),
    id: fc.oneof(fc.uuid(), fc.string()).map((text) => JSON.stringify(text)),
    end: fc.constantFrom('', '', '', '\r', ' ', '\n'),
    damage: fc.oneof(
      { weight: 9, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.tuple(fc.nat(250), unit('",{}\\:1 é', 2)) },
    ),
  })
  .map(({ layout, end, damage, ...strings }) => {
    const line = LAYOUTS[layout](strings);
    return damage ? line.slice(0, damage[0]) + damage[1] + line.slice(damage[0] + 1) + end : line + end;
  });

/** Captured records of few layouts, some damaged. */
export const layoutFile: fc.Arbitrary<CutFile> = fc.record({
  text: fc.array(layoutLine, { maxLength: 8 }).map((lines) => lines.join('\n')),
  ...place,
});
