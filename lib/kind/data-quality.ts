import type { ContainerViolation } from './container-violation';
import type { KindSheet, SkippedCheck } from './kind-sheet';

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-violations.html */
const COLUMNS = ['missing_column_check', 'extra_column_check'];
const FORM = [...COLUMNS, 'data_type_check', 'completeness_check', 'categorical_values_check'];

/** The container compares no feature of another type, and makes no check beside that of the columns where their number differs. */
function skipped(violation: ContainerViolation): SkippedCheck | undefined {
  const { feature_name: feature = '', constraint_check_type: check = '' } = violation;
  if (COLUMNS.includes(check)) {
    return {
      feature: '',
      check: 'all',
      reason: 'Model Monitor makes no other check where the number of columns differs',
    };
  }
  if (check !== 'data_type_check') return undefined;
  return {
    feature,
    check: 'baseline_drift_check',
    reason: 'Model Monitor compares no feature whose values have another type',
  };
}

/** What a model receives and returns, against a dataset. */
export const DATA_QUALITY: KindSheet<'DataQuality'> = {
  kind: 'DataQuality',
  prop: 'dataQuality',
  aspect: 'data quality',
  engines: ['serverless', 'model-monitor'],
  readsLabels: false,
  asksModel: false,
  baseline: {
    hasStatistics: true,
    constraintsFile: 'constraints.json',
    constraintsContent: 'Features',
    needsDecimals: false,
    mirrorsCapture: true,
    overrides: {
      takes: (prop) => prop !== 'metricThresholds',
      allowed: 'anything but metricThresholds for a monitor of data quality',
    },
  },
  report: {
    // https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-statistics.html
    measured: { file: 'statistics.json', countsRecords: true, sections: ['features'], listsNone: true },
    subjectOf: ({ feature_name }) => feature_name,
    concernOf: (check) => (FORM.includes(check) ? 'Form' : 'Drift'),
    isWithoutChance: (check) => [...COLUMNS, 'data_type_check'].includes(check),
    skippedBy: skipped,
  },
};
