import fc from 'fast-check';
import type { ReportedRun } from '../../lib/report';
import { renderRunReport } from '../../lib/report';
import { nastyText, SEED } from '../fixtures/nasty-text';
import { tagsOf } from './page-text';
import { aged, distracted, unfair, wide } from './run-fixtures';
import { UNPRINTABLE, withTexts } from './strange-texts';

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
