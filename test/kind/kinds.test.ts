import { namedSubject } from '../../lib/kind/container-violation';
import { KIND_SERVICES } from '../../lib/kind/kind-services';
import { KIND_WORDS } from '../../lib/kind/kind-words';
import { KINDS } from '../../lib/kind/kinds';
import { MonitorKind } from '../../lib/kind/monitor-kind';

const SHEETS = Object.entries(KINDS);

test('every kind of monitor has a sheet, under its own name', () => {
  expect(SHEETS.map(([name, { kind }]) => [name, kind])).toEqual(
    Object.values(MonitorKind).map((kind) => [kind, kind]),
  );
});

test.each(SHEETS)('the prop of %s is its name, with a small letter first', (name, { prop }) => {
  expect(prop).toBe(name[0].toLowerCase() + name.slice(1));
});

test('no two kinds share a namespace of metrics, or the same words', () => {
  const sheets = Object.values(KINDS);
  const namespaces = Object.values(KIND_SERVICES).map(({ metricsNamespace }) => metricsNamespace);
  for (const values of [namespaces, sheets.map(({ aspect }) => aspect)]) {
    expect(new Set(values).size).toBe(sheets.length);
  }
});

test.each(Object.entries(KIND_WORDS))('what %s advises fits into a message', (_, { advice }) => {
  expect(advice.filter((line) => line.length > 130)).toEqual([]);
});

test.each([
  ['DataQuality', { feature_name: 'tenure', description: 'drifted' }, 'tenure'],
  ['ModelQuality', { metric_name: 'auc' }, 'auc'],
  ['ModelBias', { facet: 'Sex', facet_value: '0', metric_name: 'CDDPL' }, 'Sex=0 (CDDPL)'],
  ['ModelBias', { facet: 'Sex' }, 'Sex= ()'],
  ['ModelExplainability', { label: 'label0', metric_name: 'shap' }, 'label0'],
] as const)('a violation of %s, %j, is about %j', (kind, violation, subject) => {
  expect(KINDS[kind].report.subjectOf(violation)).toBe(subject);
});

test.each(SHEETS)('a violation of %s that does not say what it is about has no subject', (_, { report }) => {
  expect(report.subjectOf({})).toBeUndefined();
});

test.each([
  [{ feature_name: 'tenure' }, 'tenure'],
  [{ metric_name: 'auc' }, 'auc'],
  [{ facet: 'Sex', facet_value: '0', metric_name: 'CDDPL' }, 'Sex=0 (CDDPL)'],
  [{ label: 'label0', metric_name: 'shap' }, 'label0'],
  [{}, ''],
])('what an image of the user writes is about what it names: %j', (violation, subject) => {
  expect(namedSubject(violation)).toBe(subject);
});
