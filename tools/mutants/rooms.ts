/** Pure decisions, and the tests that have to notice when one of them is decided otherwise. */
export interface Room {
  /** Files whose code is changed. */
  readonly decisions: readonly string[];
  /** Files of tests, all of which run for what is decided when a file is loaded. */
  readonly tests: readonly string[];
}

/** Every file of pure decisions, by the folder that it decides for; one run of the mutation tool each. */
export const ROOMS: { readonly [name: string]: Room } = {
  outcome: {
    decisions: [
      'lib/outcome/confirmation.ts',
      'lib/outcome/report-disposition.ts',
      'lib/outcome/report-owner.ts',
      'lib/outcome/outcome-id.ts',
      'lib/outcome/outcome-claim.ts',
      'lib/outcome/run-times.ts',
      'lib/outcome/clock-time.ts',
      'lib/outcome/execution-report.ts',
      'lib/outcome/reported-violation.ts',
      'lib/outcome/container-wording.ts',
      'lib/outcome/incident/incidents.ts',
      'lib/outcome/exception/exceptions.ts',
    ],
    tests: [
      'test/outcome/confirmation.test.ts',
      'test/outcome/report-disposition.test.ts',
      'test/outcome/report-owner.test.ts',
      'test/outcome/outcome-claim.test.ts',
      'test/outcome/run-times.test.ts',
      'test/outcome/clock-time.test.ts',
      'test/outcome/execution-report.test.ts',
      'test/outcome/reported-violation.test.ts',
      'test/outcome/container-wording.test.ts',
      'test/outcome/incident/incidents.test.ts',
      'test/outcome/exception/exceptions.test.ts',
    ],
  },
  training: {
    decisions: ['lib/training/handler/metric-issues.ts', 'lib/training/handler/work-issues.ts'],
    tests: ['test/training/metric-issues.test.ts', 'test/training/work-issues.test.ts'],
  },
  triage: {
    decisions: ['lib/triage/exception-change.ts', 'lib/triage/override-code.ts', 'lib/triage/past-windows.ts'],
    tests: [
      'test/triage/exception-change.test.ts',
      'test/triage/override-code.test.ts',
      'test/triage/past-windows.test.ts',
    ],
  },
  variants: {
    decisions: ['lib/engine/serverless/handler/variants-conclusion.ts', 'lib/outcome/label-coverage.ts'],
    tests: ['test/engine/serverless/variants-conclusion.test.ts', 'test/outcome/label-coverage.test.ts'],
  },
  labels: {
    decisions: ['lib/analysis/labels/label-join.ts', 'lib/analysis/model-quality/merged-quality.ts'],
    tests: ['test/analysis/model-quality/merger.test.ts', 'test/analysis/model-quality/dataset.test.ts'],
  },
  ranges: {
    decisions: [
      'lib/analysis/labels/ranged-part.ts',
      'lib/analysis/labels/ranged-records.ts',
      'lib/analysis/labels/parts-meeting.ts',
    ],
    tests: ['test/analysis/labels/parts-meeting.test.ts', 'test/analysis/labels/single-rows.test.ts'],
  },
  requests: {
    decisions: [
      'lib/analysis/labels/request-sizes.ts',
      'lib/analysis/labels/written-record.ts',
      'lib/analysis/labels/forgetting.ts',
    ],
    tests: [
      'test/analysis/labels/request-sizes.test.ts',
      'test/analysis/labels/written-record.test.ts',
      'test/analysis/labels/forgetting.test.ts',
    ],
  },
  units: {
    decisions: [
      'lib/analysis/labels/request-unit.ts',
      'lib/analysis/model-quality/row-groups.ts',
      'lib/analysis/model-quality/unit-groups.ts',
    ],
    tests: ['test/analysis/labels/request-unit.test.ts', 'test/analysis/model-quality/unit-groups.test.ts'],
  },
  skewed: {
    decisions: ['lib/analysis/numbers/skewed.ts'],
    tests: ['test/analysis/numbers/skewed.test.ts'],
  },
  sequential: {
    decisions: [
      'lib/analysis/sequential/outcome.ts',
      'lib/analysis/sequential/sequential-test.ts',
      'lib/analysis/sequential/boundaries.ts',
      'lib/analysis/sequential/counted-difference.ts',
      'lib/analysis/sequential/grouped-difference.ts',
      'lib/analysis/sequential/grouped-window.ts',
      'lib/analysis/sequential/timed-difference.ts',
      'lib/analysis/sequential/weighed-difference.ts',
    ],
    tests: [
      'test/analysis/sequential/outcome.test.ts',
      'test/analysis/sequential/sequential-test.test.ts',
      'test/analysis/sequential/boundaries.test.ts',
      'test/analysis/sequential/differences.test.ts',
    ],
  },
  'own-calls': {
    decisions: [
      'lib/analysis/reading/lines-left-out.ts',
      'lib/analysis/reading/own-calls.ts',
      'lib/engine/serverless/own-calls.ts',
      'lib/engine/serverless/handler/own-call-check.ts',
    ],
    tests: [
      'test/analysis/reading/lines-left-out.test.ts',
      'test/analysis/reading/own-calls.test.ts',
      'test/handlers/own-call-check.test.ts',
    ],
  },
  asking: {
    decisions: [
      'lib/engine/serverless/handler/affordable-sample.ts',
      'lib/analysis/attribution/requests-per-row.ts',
      'lib/analysis/attribution/row-sample.ts',
      'lib/analysis/attribution/model-requests.ts',
      'lib/analysis/attribution/model-scores.ts',
    ],
    tests: [
      'test/handlers/affordable-sample.test.ts',
      'test/analysis/attribution/sample.test.ts',
      'test/analysis/attribution/row-sample.test.ts',
      'test/analysis/attribution/asking.test.ts',
    ],
  },
  decay: {
    decisions: [
      'lib/analysis/model-quality/decay/decay.ts',
      'lib/analysis/model-quality/decay/falling-trend.ts',
      'lib/analysis/model-quality/decay/window-quality.ts',
      'lib/outcome/quality/remembered-windows.ts',
    ],
    tests: [
      'test/analysis/model-quality/decay/decay.test.ts',
      'test/analysis/model-quality/decay/falling-trend.test.ts',
      'test/outcome/quality/remembered-windows.test.ts',
    ],
  },
  signals: {
    decisions: ['lib/kind/kind-signals.ts'],
    tests: ['test/kind/kind-signals.test.ts'],
  },
  baking: {
    decisions: ['lib/endpoint/handler/told-baking.ts', 'lib/runtime/request-time.ts'],
    tests: ['test/handlers/told-baking.test.ts', 'test/runtime/request-time.test.ts'],
  },
  tables: {
    decisions: ['lib/analysis/reading/table-record.ts'],
    tests: ['test/analysis/reading/table-record.test.ts'],
  },
  tests: {
    decisions: [
      'lib/variant-test/handler/test-progress.ts',
      'lib/variant-test/handler/same-requests.ts',
      'lib/variant-test/handler/test-course.ts',
    ],
    tests: [
      'test/variant-test/test-progress.test.ts',
      'test/variant-test/same-requests.test.ts',
      'test/variant-test/test-course.test.ts',
    ],
  },
  rollouts: {
    decisions: ['lib/endpoint/handler/rollout-fulfilment.ts', 'lib/endpoint/rollout-waits.ts'],
    tests: ['test/handlers/rollout.test.ts', 'test/endpoint/rollout-waits.test.ts'],
  },
  unseen: {
    decisions: ['lib/outcome/unseen/time-without-data.ts', 'lib/outcome/unseen/data-place.ts'],
    tests: ['test/outcome/unseen/time-without-data.test.ts'],
  },
  bias: {
    decisions: ['lib/analysis/bias/judgement.ts', 'lib/analysis/bias/violations.ts'],
    tests: ['test/analysis/bias/judgement.test.ts', 'test/analysis/bias/violations.test.ts'],
  },
  reconciler: {
    decisions: [
      'lib/engine/reconciler/container-files.ts',
      'lib/engine/reconciler/due-runs.ts',
      'lib/engine/reconciler/place-sharing.ts',
      'lib/engine/reconciler/turns.ts',
    ],
    tests: [
      'test/engine/reconciler/container-files.test.ts',
      'test/engine/reconciler/due-runs.test.ts',
      'test/engine/reconciler/place-sharing.test.ts',
      'test/engine/reconciler/turns.test.ts',
    ],
  },
  retraining: {
    decisions: ['lib/retraining/gate-decision.ts'],
    tests: ['test/retraining/gate-decision.test.ts'],
  },
  notification: {
    decisions: ['lib/notification/plain-text.ts', 'lib/notification/violation-sentence.ts'],
    tests: ['test/notification/plain-text.test.ts', 'test/notification/violation-sentence.test.ts'],
  },
  messages: {
    decisions: [
      'lib/notification/headline.ts',
      'lib/notification/incident-rows.ts',
      'lib/notification/comparison-sentence.ts',
      'lib/notification/decision-message.ts',
      'lib/notification/subject-text.ts',
    ],
    tests: [
      'test/notification/headline.test.ts',
      'test/notification/incident-rows.test.ts',
      'test/notification/comparison-sentence.test.ts',
      'test/notification/decision-message.test.ts',
    ],
  },
  planning: {
    decisions: [
      'lib/engine/serverless/plan-items.ts',
      'lib/engine/serverless/captured-keys.ts',
      'lib/engine/serverless/request-window.ts',
      'lib/engine/serverless/look-back.ts',
      'lib/engine/serverless/transform-lists.ts',
      'lib/engine/serverless/objects-not-read.ts',
      'lib/engine/serverless/variant-folders.ts',
      'lib/engine/serverless/object-sample.ts',
    ],
    tests: [
      'test/engine/serverless/plan-items.test.ts',
      'test/engine/serverless/captured-keys.test.ts',
      'test/engine/serverless/request-window.test.ts',
      'test/engine/serverless/look-back.test.ts',
      'test/engine/serverless/transform-lists.test.ts',
      'test/engine/serverless/variant-folders.test.ts',
      'test/engine/serverless/object-sample.test.ts',
    ],
  },
  templates: {
    decisions: ['lib/monitor/template-places.ts'],
    tests: ['test/monitor/content-template.test.ts'],
  },
  overrides: {
    decisions: ['lib/analysis/overrides.ts'],
    tests: ['test/analysis/overrides.test.ts'],
  },
  checks: {
    decisions: [
      'lib/analysis/data-quality/data-quality.ts',
      'lib/analysis/data-quality/baseline-drift.ts',
      'lib/analysis/data-quality/constraints.ts',
      'lib/analysis/data-quality/window-check.ts',
      'lib/analysis/data-quality/baseline-notes.ts',
    ],
    tests: [
      'test/analysis/data-quality/data-quality.test.ts',
      'test/analysis/data-quality/check-boundaries.test.ts',
      'test/analysis/data-quality/constraints.test.ts',
      'test/analysis/data-quality/window-check.test.ts',
      'test/analysis/data-quality/meaning-check.test.ts',
      'test/analysis/data-quality/baseline-notes.test.ts',
    ],
  },
  text: {
    decisions: ['lib/analysis/data-quality/text/numbers-among-text.ts'],
    tests: ['test/analysis/data-quality/text/numbers-among-text.test.ts'],
  },
  rows: {
    decisions: ['lib/analysis/profile/padded-rows.ts', 'lib/analysis/reading/header-rows.ts'],
    tests: ['test/analysis/data-quality/short-rows.test.ts', 'test/analysis/reading/header-rows.test.ts'],
  },
  answers: {
    decisions: ['lib/analysis/data-quality/form/answers.ts'],
    tests: ['test/analysis/data-quality/form/answers.test.ts'],
  },
  drain: {
    decisions: [
      'lib/engine/model-monitor/schedule/drain/handler/other-drains.ts',
      'lib/engine/model-monitor/schedule/drain/handler/drain-name.ts',
    ],
    tests: ['test/handlers/drain.test.ts'],
  },
  files: {
    decisions: [
      'lib/analysis/validation/constraints-problem.ts',
      'lib/analysis/validation/clarify-files.ts',
      'lib/analysis/validation/quality-constraints-file.ts',
      'lib/analysis/validation/overrides.ts',
    ],
    tests: ['test/analysis/validation/constraints-problem.test.ts', 'test/analysis/validation/overrides.test.ts'],
  },
  drift: {
    decisions: [
      'lib/analysis/data-quality/detectors/detect-drift.ts',
      'lib/analysis/data-quality/detectors/comparison-settings.ts',
      'lib/analysis/data-quality/detectors/feature-pair.ts',
      'lib/analysis/numbers/holm.ts',
    ],
    tests: [
      'test/analysis/data-quality/detectors/detect-drift.test.ts',
      'test/analysis/data-quality/detectors/comparison-settings.test.ts',
      'test/analysis/data-quality/detectors/feature-pair.test.ts',
      'test/analysis/data-quality/detectors/holm.test.ts',
    ],
  },
  baseline: {
    decisions: ['lib/baseline/handler/baseline-fulfilment.ts'],
    tests: [
      'test/handlers/baseline.test.ts',
      'test/handlers/baseline-of-job.test.ts',
      'test/handlers/baseline-of-model-package.test.ts',
    ],
  },
};
