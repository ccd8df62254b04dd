import * as fc from 'fast-check';
import { FieldBatch } from '../../../lib/analysis/batch/field-batch';
import { CsvParser } from '../../../lib/analysis/reading/csv';
import { CsvBytes } from '../../../lib/analysis/reading/csv-bytes';
import { holds } from '../property';

interface Limits {
  readonly limit: number;
  readonly delimiter?: string;
}
type Event = readonly [line: number, what: string[] | string];

/** What the bytes give; every second row comes as fields of the batch. */
const batch = new FieldBatch();

function fromBytes(bytes: Uint8Array, cut: number, { limit, delimiter }: Limits): Event[] {
  const events: Event[] = [];
  const reader = new CsvBytes(
    batch,
    {
      accept(width, line) {
        if (events.length % 2 === 0) return false;
        events.push([line, batch.texts(batch.size, batch.size + width)]);
        return true;
      },
      row: (fields, line) => events.push([line, [...fields]]),
      problem: (problem, line) => events.push([line, problem]),
    },
    { maximumRecordBytes: limit, delimiter },
  );
  for (let at = 0; at < bytes.length; at += cut) reader.push(bytes.subarray(at, at + cut));
  reader.end();
  return events;
}

function fromText(bytes: Uint8Array, { limit, delimiter }: Limits): Event[] {
  const events: Event[] = [];
  const parser = new CsvParser(
    {
      row: (fields, line) => events.push([line, [...fields]]),
      problem: (problem, line) => events.push([line, problem]),
    },
    { maximumRecordBytes: limit, delimiter },
  );
  parser.push(new TextDecoder().decode(bytes));
  parser.end();
  return events;
}

test('bytes are read as their text is, however they are cut and whatever they are', () => {
  const text = fc
    .string({ unit: fc.constantFrom(...'a1",;|\t\n\r é'), maxLength: 80, size: 'max' })
    .map((each) => Buffer.from(each));
  const bytes = fc.oneof(text, fc.uint8Array({ maxLength: 40 }));
  const limit = fc.constantFrom(5, 20, 1e9);
  const delimiter = fc.constantFrom(undefined, ',', ';', '\t', '|');
  holds(
    fc.property(bytes, fc.constantFrom(1, 3, 1000), fc.record({ limit, delimiter }), (each, cut, limits) => {
      expect(fromBytes(each, cut, limits)).toEqual(fromText(each, limits));
    }),
    4000,
  );
});

test('records across the pieces that are read at a time are whole, one larger than a piece too', () => {
  const large = `"${'x'.repeat(600_000)}",2`;
  const rows = Array.from({ length: 60_000 }, (_, index) => (index === 40_000 ? large : `${index},"y\n${index}"`));
  const bytes = Buffer.from(rows.join('\r\n'));
  expect(fromBytes(bytes, 65_536, { limit: 1e9 })).toEqual(fromText(bytes, { limit: 1e9 }));
});
