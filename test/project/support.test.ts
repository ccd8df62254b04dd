import type { EngineName } from '../../lib/kind/kind-sheet';
import { KINDS } from '../../lib/kind/kinds';
import { readText } from './source-files';

const PAGE = readText('docs/support.md');

/** How the page writes the names of engines. */
const WRITTEN: Readonly<Record<EngineName, string>> = {
  serverless: '`serverless()`',
  'model-monitor': '`modelMonitor()`',
};

const [HEADER, ...ROWS] = tableBelow('Kinds and inputs');

test('has a row for every kind, and an endpoint and transform jobs for every engine', () => {
  expect(ROWS.map(([kind]) => kind)).toEqual(Object.keys(KINDS).map((kind) => `\`${kind}\``));
  const inputs = Object.values(WRITTEN).flatMap((engine) => [`${engine}, endpoint`, `${engine}, batch transform`]);
  expect(HEADER).toEqual(['kind', ...inputs]);
});

test.each(
  Object.values(KINDS).flatMap((sheet) =>
    (['serverless', 'model-monitor'] as const).map((engine) => ({ ...sheet, engine })),
  ),
)('says whether $engine analyses $kind, as the sheet of the kind does', ({ kind, engine, engines }) => {
  expect(wordOf(kind, `${WRITTEN[engine]}, endpoint`)).toBe(engines.includes(engine) ? 'tested' : 'refused');
  if (!engines.includes(engine)) expect(wordOf(kind, `${WRITTEN[engine]}, batch transform`)).toBe('refused');
});

test.each(['Kinds and inputs', 'Formats', 'Kinds of endpoint', 'Partitions'])(
  'every cell of %s says one of four words, and names the test of what is tested or refused',
  (heading) => {
    const [, ...rows] = tableBelow(heading);
    const cells = rows.flatMap(([, ...said]) => said);
    expect(cells).not.toEqual([]);
    const known = /^(?:(?:tested|refused)\b.*\]\(\.\.\/test\/.+\.test\.ts\)|documented\b.*\]\[\w+\]|unknown\b)/;
    expect(cells.filter((cell) => !known.test(cell))).toEqual([]);
  },
);

function wordOf(kind: string, column: string): string | undefined {
  const row = ROWS.find(([name]) => name === `\`${kind}\``);
  return row?.[HEADER.indexOf(column)].match(/^\w+/)?.[0];
}

/** The cells of the first table of a section, its header first. */
function tableBelow(heading: string): string[][] {
  const section = PAGE.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|') && !/^[|-]+$/.test(line));
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}
