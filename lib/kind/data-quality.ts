import { counted } from './counted';
import type { KindSheet } from './kind-sheet';

/** What a model receives and returns, against a dataset. */
export const DATA_QUALITY: KindSheet<'DataQuality'> = {
  kind: 'DataQuality',
  prop: 'dataQuality',
  aspect: 'data quality',
  engines: ['serverless', 'model-monitor'],
  readsLabels: false,
  captured: { sides: [], reason: 'it compares the columns that are captured' },
  baseline: {
    hasStatistics: true,
    constraintsFile: 'constraints.json',
    needsDecimals: false,
    mirrorsCapture: true,
    overrides: {
      takes: (prop) => prop !== 'metricThresholds',
      allowed: 'anything but metricThresholds for a monitor of data quality',
    },
  },
  report: {
    hasStatistics: true,
    subjectOf: ({ feature_name }) => feature_name,
    headline: (count, watched) => `${counted(count, 'violation')} in data quality of ${watched}`,
    advice: [
      'look at the features above in constraint_violations.json and statistics.json of the report.',
      'If the data has rightly changed, make a new baseline or override its constraints; if not, look for the change at its source,',
      'or retrain the model on newer data.',
    ],
  },
  service: {
    container: 'analyzer',
    metricsNamespace: 'data-metrics',
    driftCheckBaselines: {
      member: 'ModelDataQuality',
      statistics: 'Statistics',
      constraints: ['Constraints'],
      path: 'ModelDataQuality (Statistics and Constraints)',
    },
  },
};
