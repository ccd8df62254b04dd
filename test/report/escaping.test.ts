import fc from 'fast-check';
import type { ReportedRun } from '../../lib/report';
import { renderRunReport } from '../../lib/report';
import { nastyText, SEED } from '../fixtures/nasty-text';
import { tagsOf } from './page-text';
import { aged, distracted, unfair, wide } from './run-fixtures';

/** The run with another text in every place where a stranger's may stand: the same shape, so that the page has the same tags. */
function withTexts(run: ReportedRun, textOf: (text: string) => string): ReportedRun {
  const renamed = new Map<string, string>();
  const other = (text: string) => {
    const known = renamed.get(text) ?? textOf(text);
    renamed.set(text, known);
    return known;
  };
  return replaced(run, other) as ReportedRun;
}

/** Members whose text comes from data, from clients, or from containers. */
const TEXTS = new Set([
  'feature',
  'name',
  'description',
  'reason',
  'value',
  'file',
  'error',
  'failureReason',
  'endpointName',
  'value_or_threshold',
  'method',
  'executionId',
  'by',
]);
/** Members whose own members are called as data say. */
const NAMED_BY_DATA = new Set(['global_shap_values', 'facets']);

function replaced(value: unknown, textOf: (text: string) => string, key = ''): unknown {
  if (typeof value === 'string') return TEXTS.has(key) ? textOf(value) : value;
  if (Array.isArray(value))
    return value.map((each) => replaced(each, textOf, key === 'leftOut' || key === 'read' ? 'name' : key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      NAMED_BY_DATA.has(key) ? textOf(name) : name,
      replaced(member, textOf, name),
    ]),
  );
}

/** Everything but what a page has by itself: line breaks of its own template. */
const UNPRINTABLE = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/u;

/** Checks one page of texts, each unlike the other; returns how many there were. */
function checkPage(run: ReportedRun, texts: readonly string[]): number {
  let used = 0;
  const page = renderRunReport(withTexts(run, () => `${used}${texts[used++ % texts.length]}`));
  const plain = renderRunReport(withTexts(run, (text) => `${text}x`));
  expect(tagsOf(page).join()).toBe(tagsOf(plain).join());
  expect(/<[a-z][^>]{0,200}\s(?:src|href|on\w+)=/i.exec(page)?.[0]).toBeUndefined();
  expect(UNPRINTABLE.exec(page)?.[0]).toBeUndefined();
  return used;
}

/** All kinds, and of data quality so much that a few pages have all texts. */
function runs(): ReportedRun[] {
  const run = wide(600);
  const notEvaluated = run.report.distances.map(({ feature }) => ({
    feature,
    check: 'known_values_check',
    reason: `${feature} has none`,
  }));
  const outcome = { ...run.report.outcome, failureReason: 'reason', dataName: 'data' };
  const violations = run.report.violated.map(({ feature }) => ({
    feature_name: feature,
    constraint_check_type: 'baseline_drift_check',
    description: `${feature} has moved`,
  }));
  const accepted = run.report.violated.slice(-30).map(({ feature, check }) => ({
    ...{ feature, check, kind: 'Accepted' as const, id: 'i', until: '2026-03-11T00:00:00.000Z' },
    ...{ by: `by ${feature}`, reason: `why ${feature}` },
  }));
  const report = { ...run.report, outcome, notEvaluated, accepted };
  return [{ ...run, report, violations }, aged(), unfair(), distracted()];
}

test(`no name, value or reason becomes a tag, a link or a control character: 10,000 texts, seed ${SEED}`, () => {
  let used = 0;
  const given = runs();
  fc.assert(
    fc.property(fc.array(nastyText, { minLength: 500, maxLength: 500 }), (texts) => {
      for (const run of given) used += checkPage({ ...run, naming: 'values' }, texts);
    }),
    { seed: SEED, numRuns: 8, endOnFailure: true },
  );
  expect(used).toBeGreaterThan(10_000);
});
