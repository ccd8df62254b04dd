import { deepStrictEqual, ok } from 'node:assert';
import * as fc from 'fast-check';
import {
  checkDataQuality,
  createProfiler,
  decodeProfile,
  encodeProfile,
  mergeProfiles,
  type PartialProfile,
  type ProfileInput,
  type Statistics,
  statistics,
  suggestConstraints,
  unreadable,
} from '../../lib/analysis';
import { FieldBatch } from '../../lib/analysis/batch/field-batch';
import { Profile } from '../../lib/analysis/profile/profile';
import type { TableProfile } from '../../lib/analysis/profile/table-profile';
import { type CapturedRecord, readCapturedRecord } from '../../lib/analysis/reading/capture-record';
import { CsvParser } from '../../lib/analysis/reading/csv';
import { CsvBytes } from '../../lib/analysis/reading/csv-bytes';
import type { DefectReason } from '../../lib/analysis/reading/defects';
import type { FlatFields } from '../../lib/analysis/reading/flat-json';
import { tooLongDetail } from '../../lib/analysis/reading/record-size';
import { TextLines } from '../../lib/analysis/reading/text-lines';
import { TimeWindow } from '../../lib/analysis/reading/time-window';
import { binaryFile, type CutFile, captureFile, chunksOf, csvFile, jsonFile, layoutFile, rows } from './inputs';

/** Something that holds for every input. */
export interface Property<T = unknown> {
  readonly name: string;
  readonly input: fc.Arbitrary<T>;
  /** throws when it does not hold */
  check(input: T): void;
}

const define = <T>(property: Property<T>) => property as Property;

function profileOf(files: readonly (readonly Uint8Array[])[], input: ProfileInput): PartialProfile {
  const profiler = createProfiler(input);
  for (const [index, chunks] of files.entries()) {
    const file = profiler.file(`file-${index + 1}`);
    for (const chunk of chunks) file.push(chunk);
    file.end();
  }
  return profiler.finish();
}

const whole = (file: CutFile) => [Buffer.concat(chunksOf(file))];

const header = fc.boolean();
const limit = fc.constantFrom(1, 7, 30, 8 * 1024 * 1024);

/** The same profile, wherever the bytes are cut; and nobody throws on the way to a report. */
function isReadAlike(file: CutFile, input: ProfileInput): PartialProfile {
  const profile = profileOf([chunksOf(file)], input);
  deepStrictEqual(encodeProfile(profile), encodeProfile(profileOf([whole(file)], input)));
  JSON.stringify([statistics(profile), unreadable(profile)]);
  return profile;
}

const readsCsvAnywhere = define({
  name: 'a CSV file is read alike wherever its bytes are cut',
  input: fc.record({ file: fc.oneof(csvFile, binaryFile), header, limit }),
  check({ file, header, limit }) {
    isReadAlike(file, { kind: 'dataset', format: { csv: { header } }, maximumRecordBytes: limit });
  },
});

type Event = readonly unknown[];

const csvOfBytes = define({
  name: 'bytes of CSV are split as the same text is',
  input: fc.record({ file: fc.oneof(csvFile, binaryFile), limit }),
  check({ file, limit }) {
    const record = (events: Event[]) => ({
      row: (fields: readonly string[], line: number) => void events.push([line, ...fields]),
      problem: (...problem: unknown[]) => void events.push(problem),
      accept: () => false,
    });
    const [fromBytes, fromText]: [Event[], Event[]] = [[], []];
    const bytes = new CsvBytes(new FieldBatch(), record(fromBytes), { maximumRecordBytes: limit });
    for (const chunk of chunksOf(file)) bytes.push(chunk);
    bytes.end();
    const text = new CsvParser(record(fromText), { maximumRecordBytes: limit });
    text.push(new TextDecoder('utf-8').decode(Buffer.concat(chunksOf(file))));
    text.end();
    deepStrictEqual(fromBytes, fromText);
  },
});

const readsJsonAnywhere = define({
  name: 'a JSON dataset is read alike wherever its bytes are cut',
  input: fc.record({ file: fc.oneof(jsonFile, binaryFile), lines: fc.boolean(), limit }),
  check({ file, lines, limit }) {
    isReadAlike(file, { kind: 'dataset', format: { json: { lines } }, maximumRecordBytes: limit });
  },
});

const readsCaptureAnywhere = define({
  name: 'captured records are read alike wherever their bytes are cut, and none gets lost',
  input: fc.record({
    file: fc.oneof({ weight: 5, arbitrary: captureFile }, { weight: 1, arbitrary: binaryFile }),
    limit,
  }),
  check({ file, limit }) {
    const profile = isReadAlike(file, { kind: 'capture', window: WINDOW, maximumRecordBytes: limit });
    const { recordCount, unreadableCount, outsideWindow } = unreadable(profile);
    const text = new TextDecoder('utf-8').decode(whole(file)[0]);
    const lines = text.split('\n').filter((line) => line.trim() !== '').length;
    ok(recordCount + unreadableCount + outsideWindow >= lines, `${lines} lines, ${recordCount} records`);
  },
});

const WINDOW = { start: '2024-05-01T10:00:00Z', end: '2024-05-01T11:00:00Z' };

/** Captured records without anything that makes it fast: line by line, each as text. */
function capturedAsText(file: CutFile, maximumRecordBytes: number): PartialProfile {
  const profile = new Profile();
  profile.fileCount = 1;
  let isEmpty = true;
  const place = (line: number) => ({ fileIndex: 0, file: 'file-1', line });
  const defect = (line: number, reason: DefectReason, detail: string) =>
    profile.defects.add({ ...place(line), reason, detail });
  const take = (record: CapturedRecord, line: number) => {
    if ('problem' in record) return defect(line, record.problem.reason, record.problem.detail);
    if ('outsideWindow' in record) profile.outsideWindow += 1;
    if ('csv' in record) for (const fields of record.csv) takeRow(fields, line, record.answers);
    if ('json' in record) for (const fields of record.json) takeFields(fields, line, record.answers);
  };
  const takeRow = (fields: string[], line: number, answers = 0) =>
    addTo(profile.table('width', [], fields.length), line, (table) => {
      table.addRow(fields);
      table.addAnswers(answers);
    });
  const takeFields = (fields: FlatFields, line: number, answers?: ReadonlySet<string>) =>
    addTo(profile.table('named', [], 0), line, (table) => {
      table.addFields(fields);
      if (answers !== undefined) table.addAnswerNames(answers);
    });
  const addTo = (table: TableProfile, line: number, add: (table: TableProfile) => void) => {
    add(table);
    table.addPlace(place(line));
  };
  const lines = new TextLines(
    {
      line(text, line) {
        if (text.trim() === '') return;
        isEmpty = false;
        const window = new TimeWindow(Date.parse(WINDOW.start), Date.parse(WINDOW.end));
        take(readCapturedRecord(text, { window }), line);
      },
      tooLong(line, bytes) {
        isEmpty = false;
        defect(line, 'record-too-long', tooLongDetail(bytes, maximumRecordBytes));
      },
    },
    maximumRecordBytes,
  );
  lines.push(new TextDecoder('utf-8').decode(whole(file)[0]));
  lines.end();
  if (isEmpty) defect(1, 'empty-file', 'the file has no records');
  return profile;
}

const capturedBytes = define({
  name: 'captured records are read from bytes as they are from text',
  input: fc.record({
    file: fc.oneof({ weight: 4, arbitrary: layoutFile }, { weight: 1, arbitrary: captureFile }),
    limit,
  }),
  check({ file, limit }) {
    const input = { kind: 'capture', window: WINDOW, maximumRecordBytes: limit } as const;
    deepStrictEqual(
      JSON.parse(encodeProfile(isReadAlike(file, input))),
      JSON.parse(encodeProfile(capturedAsText(file, limit))),
    );
  },
});

const csvText = (table: readonly (readonly string[])[]) =>
  Buffer.from([['a', 'b'], ...table].map((row) => row.join(',')).join('\n'));
const dataset = { kind: 'dataset' } as const;
const tableProfile = (...tables: (readonly (readonly string[])[])[]) =>
  profileOf(
    tables.map((table) => [csvText(table)]),
    dataset,
  );

/** What does not depend on the order of values: sums, means and deviations come apart, lists sorted. */
function orderless(file: Statistics): { exact: unknown; rounded: number[] } {
  const rounded: number[] = [];
  const exact = JSON.parse(JSON.stringify(file), (key, each) => {
    if (ROUNDED.includes(key)) return rounded.push(each);
    if (key === 'sketch') return each.data.flat().sort((a: number, b: number) => a - b);
    return key === 'buckets' && each[0]?.value !== undefined ? each.map(JSON.stringify).sort() : each;
  });
  return { exact, rounded };
}

const ROUNDED = ['sum', 'mean', 'std_dev'];

function areAlike(a: Statistics, b: Statistics): void {
  const [one, other] = [orderless(a), orderless(b)];
  deepStrictEqual(one.exact, other.exact);
  for (const [index, number] of one.rounded.entries()) {
    const difference = Math.abs(number - other.rounded[index]);
    ok(difference <= 1e-6 * (1 + Math.abs(number)), `${number} and ${other.rounded[index]}`);
  }
}

/** Sums of large numbers that cancel out have no digits in common. */
const moderate = rows.map((table) => table.filter((row) => row.every((each) => !(Math.abs(Number(each)) > 1e6))));

const merges = define({
  name: 'parts that are merged equal the whole',
  input: fc.record({
    parts: fc.array(moderate, { minLength: 1, maxLength: 4 }),
    generation: fc.constantFrom('deequ-1.0', 'deequ-2.0'),
  }),
  check({ parts, generation }) {
    const options = { generation } as { generation: 'deequ-1.0' | 'deequ-2.0' };
    const merged = mergeProfiles(parts.map((part) => tableProfile(part)));
    areAlike(statistics(merged, options), statistics(tableProfile(parts.flat()), options));
    deepStrictEqual(unreadable(merged).recordCount, parts.flat().length);
  },
});

const ignoresOrder = define({
  name: 'the order of rows changes nothing but sketches and last digits',
  input: fc.record({ table: moderate, by: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }) }),
  check({ table, by }) {
    const mixed = table.map((row, index) => [by[index], row] as const).sort(([a], [b]) => a - b);
    const other = tableProfile(mixed.map(([, row]) => row));
    areAlike(statistics(other), statistics(tableProfile(table)));
  },
});

const survivesAsText = define({
  name: 'a profile survives as text, and merges as before',
  input: fc.record({ first: rows, second: rows, file: fc.oneof(csvFile, binaryFile) }),
  check({ first, second, file }) {
    const parts = [tableProfile(first), tableProfile(second), profileOf([chunksOf(file)], dataset)];
    const restored = parts.map((part) => decodeProfile(encodeProfile(part)));
    deepStrictEqual(restored.map(encodeProfile), parts.map(encodeProfile));
    deepStrictEqual(encodeProfile(mergeProfiles(restored)), encodeProfile(mergeProfiles(parts)));
  },
});

const keepsItsBaseline = define({
  name: 'a dataset does not violate its own baseline but for mixed types, and any other can be checked',
  input: fc.record({ table: rows, run: fc.oneof(csvFile, binaryFile) }),
  check({ table, run }) {
    const profile = tableProfile(table);
    const baselineStatistics = statistics(profile);
    const baselineConstraints = suggestConstraints(baselineStatistics);
    const baseline = { baselineStatistics, baselineConstraints };
    // a column of mixed types has one of them, and Model Monitor wants every value to have it
    const own = checkDataQuality({ ...baseline, profile }).violations;
    deepStrictEqual(
      own.filter((violation) => violation.constraint_check_type !== 'data_type_check'),
      [],
    );
    const { distances } = checkDataQuality({ ...baseline, profile: profileOf([chunksOf(run)], dataset) });
    for (const { distance } of distances) ok(distance >= 0 && distance <= 1, `a distance of ${distance}`);
  },
});

/** Everything that `npm test` and `npm run fuzz` hold. */
export const properties: readonly Property[] = [
  readsCsvAnywhere,
  csvOfBytes,
  readsJsonAnywhere,
  readsCaptureAnywhere,
  capturedBytes,
  merges,
  ignoresOrder,
  survivesAsText,
  keepsItsBaseline,
];
