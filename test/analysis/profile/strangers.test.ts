import {
  decodeProfile,
  type ExpectedColumns,
  encodeProfile,
  mergeProfiles,
  type PartialProfile,
  unreadable,
} from '../../../lib/analysis';
import { captured, profileOf } from '../dataset';

const NAMES = ['score', 'age'];
const reading = (columns: ExpectedColumns | undefined) => ({ kind: 'capture', columns }) as const;
const expected = (mustFit = true): ExpectedColumns => ({ names: NAMES, mustFit });
const json = (values: object) => captured({ input: JSON.stringify(values), encoding: 'JSON' });
const junk = (prefix: string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 1]));
const table = (profile: PartialProfile) => [...profile.tables.values()][0];
const present = (profile: PartialProfile, name: string) => {
  const { names, columns } = table(profile);
  return columns[names.indexOf(name)]?.present;
};
const wide = (width: number) => captured({ input: Array(width).fill('1').join(',') });

describe('with the columns of a baseline', () => {
  const first = json(junk('k', 8190));
  const rows = Array.from({ length: 50 }, (_, index) =>
    json({ score: 0.5, age: index, [`j${index}`]: 1, [`l${index}`]: null }),
  );

  test('columns of other names are bounded, whoever comes first, and take no room from its own', () => {
    const profile = profileOf([[first, ...rows].join('\n')], reading(expected()));
    expect(unreadable(profile)).toMatchObject({ recordCount: 51, unreadableCount: 0 });
    expect([present(profile, 'score'), present(profile, 'age')]).toEqual([50, 50]);
    const { columns, strangers, strangeRows, leftOut, mostValues } = table(profile);
    expect(columns).toHaveLength(2 + 128);
    expect([...strangers]).toEqual(Object.keys(junk('k', 128)));
    expect({ strangeRows, leftOut, mostValues }).toEqual({
      strangeRows: 51,
      leftOut: 8190 - 128 + 50,
      mostValues: 8190,
    });
  });

  test('nor from the widest baseline, and no record is refused for what others sent', () => {
    const names = Object.keys(junk('own', 8192));
    const own = json(Object.fromEntries(names.map((name) => [name, 1])));
    const lines = [json(junk('k', 8190)), json(junk('m', 8190)), own];
    const profile = profileOf([lines.join('\n')], reading({ names, mustFit: true }));
    expect(unreadable(profile)).toMatchObject({ recordCount: 3, unreadableCount: 0 });
    expect(names.filter((name) => present(profile, name) !== 1)).toEqual([]);
  });

  test('however many rows have another width, those that fit are the window’s', () => {
    const profile = profileOf([[wide(3), wide(3), wide(2)].join('\n')], reading(undefined));
    expect(unreadable(profile, { columnNames: NAMES, mustFit: true })).toMatchObject({
      recordCount: 1,
      misfitCount: 2,
    });
    expect(unreadable(profile)).toMatchObject({ recordCount: 2 });
  });

  test('they are as bounded in what is merged', () => {
    const parts = [[first], rows, [json({ ...junk('m', 100), age: 1 })]].map((lines) =>
      profileOf([lines.join('\n')], reading(expected())),
    );
    const merged = mergeProfiles(parts.map((part) => decodeProfile(encodeProfile(part))));
    expect([present(merged, 'score'), present(merged, 'age')]).toEqual([50, 51]);
    const { columns, strangers, strangeRows, leftOut } = table(merged);
    expect([columns.length, strangers.size]).toEqual([130, 128]);
    expect({ strangeRows, leftOut }).toEqual({ strangeRows: 52, leftOut: 8190 - 128 + 50 + 100 });
    expect(encodeProfile(decodeProfile(encodeProfile(merged)))).toBe(encodeProfile(merged));
  });

  test('rows of another width are counted with their places, and not profiled', () => {
    const lines = [wide(2), wide(3), wide(2), wide(8000), wide(1)];
    const profile = profileOf([lines.join('\n')], reading(expected()));
    expect(profile.tables.size).toBe(1);
    expect(unreadable(profile, { columnNames: NAMES, mustFit: true })).toMatchObject({
      recordCount: 2,
      misfitCount: 3,
      byReason: { 'wrong-width': 3 },
      samples: [
        { line: 2, reason: 'wrong-width', detail: '3 columns instead of 2' },
        { line: 4, detail: '8000 columns instead of 2' },
        { line: 5, detail: '1 columns instead of 2' },
      ],
    });
  });

  test('rows of another width are profiled where the container takes them', () => {
    const profile = profileOf([[wide(2), wide(1)].join('\n')], reading(expected(false)));
    expect([...profile.tables.keys()]).toEqual(['width 2', 'width 1']);
  });
});

test('a body of more rows than are read of one is given up', () => {
  const body = (rows: number) => captured({ input: '1\n'.repeat(rows) });
  const reasons = unreadable(profileOf([`${body(500_000)}\n${body(500_001)}`], reading(undefined)));
  expect(reasons).toMatchObject({ recordCount: 500_000, byReason: { 'too-many-rows': 1 } });
});

describe('lists and objects of a body', () => {
  const drop = [{ drop: ['list'] }] as const;
  const body = (count: number) => `{"list":[${Array(count).fill('{}')}],"score":1}`;
  const counts = (...inputs: string[]) => {
    const lines = inputs.map((input) => captured({ input, encoding: 'JSON' }));
    return unreadable(profileOf([lines.join('\n')], { ...reading(expected()), transformations: drop }));
  };

  test('are read up to a bound, the body itself and its list included, and given up beyond', () => {
    expect(counts(body(499_998))).toMatchObject({ recordCount: 1, unreadableCount: 0 });
    const beyond = counts(body(499_999), body(1));
    expect(beyond).toMatchObject({ recordCount: 1, byReason: { 'too-many-lists': 1 } });
    expect(beyond.samples[0].detail).toContain('it has more than 500000 lists and objects');
  });

  test('are counted together where it has many lines', () => {
    const half = body(249_998);
    expect(counts(`${half}\n${half}`)).toMatchObject({ recordCount: 2, unreadableCount: 0 });
    expect(counts(`${half}\n${half}\n{"list":[]}`).byReason).toEqual({ 'too-many-lists': 1 });
  });

  test('are counted of a body whose rows stand at a path', () => {
    const request = { path: { keys: ['rows'], itemKeys: [] } };
    const read = (input: string) =>
      unreadable(
        profileOf([captured({ input, encoding: 'JSON' })], { ...reading(undefined), recordFormat: { request } }),
      );
    const beside = (count: number) => `{"rows":[[1,2]],"beside":[${Array(count).fill('{}')}]}`;
    expect(read(beside(499_996)).recordCount).toBe(1);
    expect(read(beside(499_997)).byReason).toEqual({ 'too-many-lists': 1 });
    expect(read(`${beside(249_996)}\n${beside(249_996)}`).recordCount).toBe(2);
    expect(read(`${beside(249_996)}\n${beside(249_997)}`).byReason).toEqual({ 'too-many-lists': 1 });
  });
});

test('a body of more JSON Lines than are read of one is given up', () => {
  const body = (rows: number) => captured({ input: '{}\n'.repeat(rows), encoding: 'JSON' });
  const reasons = unreadable(profileOf([`${body(500_000)}\n${body(500_001)}`], reading(expected())));
  expect(reasons).toMatchObject({ recordCount: 500_000, byReason: { 'too-many-rows': 1 } });
});

describe('without them', () => {
  test('columns of all tables are bounded, the table with fewest rows makes room', () => {
    const widths = [8192, 8192, ...Array.from({ length: 16 }, (_, index) => 8177 + index)];
    const profile = profileOf([widths.map(wide).join('\n')], reading(undefined));
    const columns = [...profile.tables.values()].reduce((sum, { columns: { length } }) => sum + length, 0);
    expect(columns).toBeLessThanOrEqual(2 * 8192);
    expect(unreadable(profile)).toMatchObject({ recordCount: 3, byReason: { 'wrong-width': 15 } });
  });

  test('what is merged has no more columns than one part may have', () => {
    const parts = ['a', 'b'].map((prefix) => profileOf([json(junk(prefix, 5000))], reading(undefined)));
    const merged = mergeProfiles(parts);
    expect(table(merged).columns).toHaveLength(8192);
    expect(table(merged).leftOut).toBe(10_000 - 8192);
  });
});
