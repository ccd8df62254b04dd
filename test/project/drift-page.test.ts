import { REMEMBERED_WINDOWS } from '../../lib/analysis';
import { MODEL_DECAY_CHECK } from '../../lib/analysis/model-quality/decay/decay';
import { CONCEPT_DRIFT_CHECK } from '../../lib/analysis/model-quality/estimation/concept-drift';
import { DEFAULT_FALSE_ALARM_RATE } from '../../lib/analysis/model-quality/judgement';
import { MIN_JUDGED_ROWS } from '../../lib/analysis/model-quality/least-rows';
import { signalsOf } from '../../lib/kind/kind-signals';
import { KINDS } from '../../lib/kind/kinds';
import { MonitorKind } from '../../lib/kind/monitor-kind';
import { ModelDecay } from '../../lib/monitor/model-decay';
import { DEFAULT_ALERT } from '../../lib/outcome/confirmation';
import { WATCHED_WINDOWS } from '../../lib/outcome/quality/watched-windows';
import { RetrainingSignal } from '../../lib/retraining/retraining-signal';
import { readText } from './source-files';

// docs/drift.md says of each word of drift how it is found, and what of that is a figure of the code.

const PAGE = readText('docs/drift.md');
const sections = new Map(PAGE.split('\n## ').map((section) => [section.slice(0, section.indexOf('\n')), section]));
const rows = PAGE.split('\n').filter((line) => line.startsWith('| ['));
const cells = rows.map((row) => row.split('|').map((cell) => cell.trim().replace(/`/g, '')));

test('each word has a section, with its default, its false alarms, its power and its limits', () => {
  expect(cells.map(([, word]) => word.slice(1, word.indexOf(']')))).toEqual([
    ...['data drift', 'prediction drift', 'concept drift', 'model decay'],
  ]);
  for (const [, word] of cells) {
    const name = word.slice(1, word.indexOf(']'));
    const section = sections.get(name[0].toUpperCase() + name.slice(1)) ?? '';
    expect(section).toContain('**Not seen:**');
    expect(section).toMatch(/\*\*For nothing(:|,)/);
    expect(section).toMatch(/[Ff]ound:\*\*/);
  }
});

test('the checks, monitors and signals of the table are those of the code', () => {
  const monitors: { readonly [name: string]: MonitorKind } = {
    DataQualityMonitor: MonitorKind.DATA_QUALITY,
    ModelQualityMonitor: MonitorKind.MODEL_QUALITY,
  };
  for (const [, , , monitor, check, signal] of cells) {
    const monitorKind = monitors[monitor];
    const concerns = [KINDS[monitorKind].report.concernOf(check)];
    expect(signalsOf({ monitorKind, concerns, violations: [{ check }] })).toEqual([signal]);
  }
  expect(cells.map((row) => row[4]).slice(2)).toEqual([CONCEPT_DRIFT_CHECK, MODEL_DECAY_CHECK]);
});

test('its figures are those of the code', () => {
  const decay = sections.get('Model decay') ?? '';
  expect(decay).toContain(`over the last ${WATCHED_WINDOWS} windows, beside up to ${REMEMBERED_WINDOWS}`);
  expect(decay).toContain(`ModelDecay.overWindows(${WATCHED_WINDOWS})`);
  expect(decay).toContain('5 to 21 windows');
  for (const windows of [4, 22]) expect(() => ModelDecay.overWindows(windows)).toThrow();
  for (const windows of [5, 21]) expect(() => ModelDecay.overWindows(windows)).not.toThrow();
  for (const name of ['Model decay', 'Concept drift'])
    expect(sections.get(name)).toContain(`at least ${MIN_JUDGED_ROWS} rows with a label`);
  expect([DEFAULT_FALSE_ALARM_RATE, DEFAULT_ALERT.windows, DEFAULT_ALERT.lastWindows]).toEqual([0.001, 2, 3]);
  expect(sections.get('Data drift')).toContain('one window in a thousand');
  expect(PAGE).toContain('in two of the last three windows');
});

test('every signal that it names is one', () => {
  const named = [...PAGE.matchAll(/RetrainingSignal\.(\w+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((name) => !Object.hasOwn(RetrainingSignal, name))).toEqual([]);
});
