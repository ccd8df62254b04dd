import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  anchorOf,
  headings,
  links,
  propsWithoutDefault,
  publicFiles,
  undocumentedExports,
  undocumentedMembers,
} from './documentation';
import { errorCodes } from './error-codes';
import { filesBelow, parsed, ROOT, readText, type SourceFile, sourceFiles } from './source-files';

const LIB = sourceFiles('lib');
const API = publicFiles(LIB.find((file) => file.path === 'lib/index.ts') as SourceFile);
const PUBLIC = LIB.filter((file) => API.includes(file.path));

test('every exported name of lib/ has a doc comment', () => {
  expect(LIB.flatMap(undocumentedExports)).toEqual([]);
});

test('every member of the public API has a doc comment', () => {
  expect(PUBLIC).toHaveLength(API.length);
  expect(undocumentedMembers(PUBLIC)).toEqual([]);
});

test('every optional prop of the public API says what happens without it', () => {
  expect(PUBLIC.flatMap(propsWithoutDefault)).toEqual([]);
});

test('every error code has a section in docs/errors.md, and every section a code', () => {
  expect(headings(readText('docs/errors.md'), 3).sort()).toEqual(errorCodes(LIB));
});

test('every alarm has a section in docs/runbook.md, and every section an alarm', () => {
  const asked = /(?:\brunbookOf\(\w+|'runbook'), [^)]*?'(\w+)'(?: : '(\w+)')?\)/g;
  const named = LIB.flatMap((file) => [...file.text.matchAll(asked)].flatMap(([, ...names]) => names.filter(Boolean)));
  expect(headings(readText('docs/runbook.md'), 2).sort()).toEqual([...new Set(named)].sort());
});

test('alarms are made in the five places whose runbook sections are checked, and nowhere else, and take actions of any kind', () => {
  const makers = /new ((?:cloudwatch\.|Monitoring|Shared)Alarm)\(/g;
  const made = LIB.flatMap(({ path, text }) => [...text.matchAll(makers)].map(([, type]) => `${path}: ${type}`));
  expect([...new Set(made)]).toEqual([
    'lib/alarm/monitor-alarms.ts: MonitoringAlarm',
    'lib/alarm/shared-alarm.ts: MonitoringAlarm',
    'lib/alarm/stack-alarms.ts: SharedAlarm',
    'lib/endpoint/capture-disk-alarm.ts: MonitoringAlarm',
    'lib/endpoint/operations-alarm.ts: MonitoringAlarm',
    'lib/model-monitoring.ts: MonitoringAlarm',
  ]);
});

const PAGES = [
  ...fs.readdirSync(ROOT).filter((file) => file.endsWith('.md')),
  ...filesBelow('docs').filter((file) => file.endsWith('.md') && file !== 'docs/API.md'),
  ...filesBelow('examples').filter((file) => file.endsWith('.md')),
];

test.each(PAGES)('the links of %s lead somewhere', (page) => {
  const local = links(readText(page)).filter((target) => !/^[a-z]+:/.test(target));
  expect(local.filter((target) => !leadsSomewhere(page, target))).toEqual([]);
});

function leadsSomewhere(page: string, target: string): boolean {
  const [file, anchor] = target.split('#');
  const found = file === '' ? page : path.join(path.dirname(page), file);
  if (!fs.existsSync(path.join(ROOT, found))) return false;
  if (anchor === undefined) return true;
  return [1, 2, 3, 4].some((level) => headings(readText(found), level).map(anchorOf).includes(anchor));
}

test('fails for exports, members and optional props without words', () => {
  const file = parsed('lib/a.ts', 'export const a = 1;\n/** B. */\nexport interface B {\n  readonly c?: string;\n}');
  expect(undocumentedExports(file)).toEqual(['lib/a.ts:1: a']);
  expect(undocumentedMembers([file])).toEqual(['lib/a.ts:4: c']);
  expect(propsWithoutDefault(file)).toEqual(['lib/a.ts:4: c']);
});

test('finds the codes that are handed to any function that takes one', () => {
  const declarations = 'function problem(code: string, what: string) {} class Lost { constructor(code: string) {} }';
  const calls = "problem('WrongValue', ''); throw new Lost(a ? 'GoneA' : 'GoneB'); other('Nothing'); f(`AllGone: $`);";
  expect(errorCodes([parsed('lib/a.ts', declarations), parsed('lib/b.ts', calls)])).toEqual([
    'AllGone',
    'GoneA',
    'GoneB',
    'WrongValue',
  ]);
});

test('finds a link whose target or anchor is missing', () => {
  expect(links('[a](b.md) `[c](d.md)`\n```\n[e](f.md)\n```\n')).toEqual(['b.md']);
  expect(leadsSomewhere('docs/errors.md', 'nowhere.md')).toBe(false);
  expect(leadsSomewhere('docs/errors.md', '#nothing-of-the-kind')).toBe(false);
});
