import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { KINDS } from '../../lib/kind/kinds';
import type { MonitorKind } from '../../lib/kind/monitor-kind';
import {
  type Combination,
  ENGINE_NAMES,
  PARTITIONS,
  type PartitionName,
  refusalOf,
} from '../../tools/support/attempts';
import { cellOf } from '../../tools/support/cell';
import { INPUTS, type InputName } from '../../tools/support/inputs';
import { supportPage } from '../../tools/support/page';
import { ROOT, readText } from './source-files';

const PAGE = readText('docs/support.md');

/** The input that partitions are asked about. */
const PLAIN: InputName = 'elsewhere';

test('the page is current; `npm run support -- --write` writes it', () => {
  expect(PAGE).toBe(supportPage());
});

test('every test that the page names is there', () => {
  const named = [...PAGE.matchAll(/\]\(\.\.\/(test\/[^)]+)\)/g)].map(([, file]) => file);
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test('every cell says one of four words, and names the test of what is tested or refused', () => {
  const rows = PAGE.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
  const cells = rows.map((line) => line.slice(2, -2).split(' | ')).filter(([first]) => !HEADERS.includes(first));
  const known =
    /^(?:tested: .*\]\(\.\.\/test\/.+\.test\.ts\)|refused with \[`\w+`\].*: .*\]\(\.\.\/test\/|documented: .*\]\[\w+\]|unknown\b)/;
  const others = cells.flatMap(([, ...said]) => said).filter((cell) => !known.test(cell));
  expect(others).toEqual([]);
});

/** First cells of rows that say something of columns, or of words. */
const HEADERS = ['word', 'tested', 'refused', 'documented', 'unknown', 'what is watched', 'what', 'partition'];

test('an engine refuses the kinds that it has no analysis of, and no other on an endpoint', () => {
  const kinds = Object.keys(KINDS) as MonitorKind[];
  const taken = ENGINE_NAMES.flatMap((engine) =>
    kinds.filter((kind) => refusalOf({ engine, kind, input: 'instances', partition: 'aws' }) === undefined),
  );
  expect(taken).toEqual(ENGINE_NAMES.flatMap((engine) => kinds.filter((kind) => KINDS[kind].engines.includes(engine))));
});

test.each(ENGINE_NAMES)('%s refuses no pair of input and partition that it takes apart from each other', (engine) => {
  const unexpected = combinationsOn(engine).filter((one) => {
    const expected = refusalOf({ ...one, partition: 'aws' }) ?? refusalOf({ ...one, input: PLAIN });
    return (refusalOf(one) === undefined) !== (expected === undefined);
  });
  expect(unexpected).toEqual([]);
});

/** Each kind with each input, and each input in each partition: of another kind there. */
function combinationsOn(engine: Combination['engine']): Combination[] {
  const elsewhere = (Object.keys(PARTITIONS) as PartitionName[]).filter((partition) => partition !== 'aws');
  return (Object.keys(KINDS) as MonitorKind[]).flatMap((kind, nth) =>
    (Object.keys(INPUTS) as InputName[]).map((input, index) => {
      return { engine, kind, input, partition: elsewhere[(nth + index) % elsewhere.length] };
    }),
  );
}

describe('a cell', () => {
  test('says that something is refused, with what refuses it once, and where that is tested', () => {
    expect(cellOf(['Code', 'Code'], { tests: { test: 'a.test.ts' } })).toBe(
      'refused with [`Code`](errors.md#code): [test](../test/a.test.ts)',
    );
  });

  test('of what is refused without a test is a mistake', () => {
    expect(() => cellOf(['Code'], { source: ['it works', 'capture'] })).toThrow('UntestedRefusal');
  });

  test('of what is not refused names its tests, else a source, else nothing', () => {
    const evidence = { tests: { test: 'a.test.ts' }, source: ['it works', 'capture'] as const, note: 'at night' };
    expect(cellOf([], evidence)).toBe('tested: [test](../test/a.test.ts); at night');
    expect(cellOf([], { source: evidence.source })).toBe('documented: [it works][capture]');
    expect(cellOf([], {})).toBe('unknown');
  });
});
