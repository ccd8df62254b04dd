import { SIGNAL_CONCERNS, signalsOf } from '../../lib/kind/kind-signals';
import { KINDS } from '../../lib/kind/kinds';
import { RetrainingSignal } from '../../lib/retraining/retraining-signal';

const violation = (check: string, confirmed = true) => ({ check, confirmed });

test('every signal can be asked for, and no other', () => {
  expect(Object.keys(SIGNAL_CONCERNS).sort()).toEqual(Object.values(RetrainingSignal).sort());
});

test.each([
  ['DataQuality', ['Drift'], ['baseline_drift_check'], ['DataDrift']],
  ['DataQuality', ['Drift', 'Form'], ['completeness_check'], ['DataDrift', 'DataForm']],
  ['ModelQuality', ['Quality'], ['concept_drift_check'], ['ConceptDrift']],
  ['ModelQuality', ['Quality'], ['model_decay_check', 'concept_drift_check'], ['ConceptDrift', 'ModelDecay']],
  ['ModelQuality', ['Quality'], ['LessThanThreshold', 'model_decay_check'], ['ModelDecay', 'QualityLoss']],
  ['ModelQuality', ['Quality'], [], ['QualityLoss']],
  ['ModelBias', ['Drift'], ['bias_drift_check'], ['BiasDrift']],
  ['ModelExplainability', ['Drift'], ['feature_attribution_drift_check'], ['AttributionDrift']],
  ['DataQuality', [], [], []],
] as const)('violations of %s about %j, of %j, are a sign of %j', (monitorKind, concerns, checks, signals) => {
  expect(signalsOf({ monitorKind, concerns, violations: checks.map((check) => violation(check)) })).toEqual(signals);
});

test('what is not confirmed is a sign of nothing', () => {
  const violations = [violation('LessThanThreshold'), violation('concept_drift_check', false)];
  expect(signalsOf({ monitorKind: 'ModelQuality', concerns: ['Quality'], violations })).toEqual(['QualityLoss']);
});

test('a report of an earlier version, which says nothing of concerns, is known by its checks', () => {
  const violations = [{ check: 'concept_drift_check' }];
  expect(signalsOf({ monitorKind: 'ModelQuality', violations })).toEqual(['ConceptDrift']);
});

test.each(Object.values(KINDS))('each concern of $kind has a signal of that concern', ({ kind, report }) => {
  for (const check of ['baseline_drift_check', 'completeness_check', 'LessThanThreshold', 'any'])
    for (const signal of signalsOf({ monitorKind: kind, concerns: [report.concernOf(check)] }))
      expect(SIGNAL_CONCERNS[signal]).toBe(report.concernOf(check));
});

test('a concern that a kind does not have is a sign of nothing', () => {
  expect(signalsOf({ monitorKind: 'DataQuality', concerns: ['Quality'] })).toEqual([]);
});

test('a check that says more leaves concerns that are not its own as they are', () => {
  const violations = [violation('concept_drift_check')];
  const found = signalsOf({ monitorKind: 'DataQuality', concerns: ['Drift'], violations });
  expect(found).toEqual(['ConceptDrift', 'DataDrift']);
});
